// Drawing: the table of turning points and a map are one and the same thing. The server reads the table after every change
// and answers with the rows, the size, the neighbours and the faults; without it, or without a map, the table works alone.
import { block, button, el, say } from "../forms/dom.js";
import { caught, legAt } from "./snap.js";
import { Table } from "./table.js";

const form = document.getElementById("drawing");
const rows = document.getElementById("rows");
const page = block("page");
const status = document.getElementById("status");
const said = document.getElementById("said");
if (rows) begin();

function begin() {
  const table = new Table(rows);
  let points = page.points;
  let canvas = null;
  let asked = 0;

  /** Let the server read the table. Only the latest answer counts, and none to a table that was written in meanwhile:
   *  who leaves the field asks anew. */
  async function check(button = null) {
    const number = ++asked;
    const [data, sent] = [new FormData(form), table.text()];
    if (button) data.append(button.name, button.value);
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: data });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (number !== asked || table.text() !== sent) return;
      table.replace(told.rows);
      said.innerHTML = told.said;
      points = told.points;
      canvas?.draw(points, told.wrong, told.proposed);
      say(status, told.brief);
      form.dataset.checked = String(number);
    } catch {
      if (number === asked) say(status, page.words.no_line);
    }
  }

  form.addEventListener("change", ({ target }) => {
    if (rows.contains(target) || target.id === "snap") check();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !rows.contains(event.target) || event.target.tagName === "BUTTON") return;
    event.preventDefault();
    check();
  });
  form.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed || !["remove", "check", "repair"].includes(pressed.name)) return;
    event.preventDefault();
    if (pressed.name === "remove") table.clear(pressed.closest("tr"));
    check(pressed.name === "repair" ? pressed : null);
  });

  /** Put a point where the map says, caught by the edge of a neighbour. */
  function put(at, lngLat, index = null) {
    const edge = canvas.rings.length ? caught(at, canvas.rings, canvas.project) : null;
    const place = edge?.place ?? [lngLat.lng, lngLat.lat];
    if (page.isPoint) table.set(place);
    else if (index !== null) table.put(index, place, Boolean(edge));
    else table.add(place, Boolean(edge), legAt(at, points, page.hasArea && points.length > 2, canvas.project));
    return check();
  }

  async function open() {
    const box = document.getElementById("map");
    const element = el("div", { class: "map" });
    box.prepend(element);
    box.hidden = false;
    try {
      const { Canvas } = await import("./canvas.js");
      canvas = new Canvas(element, page, block("behind"));
    } catch {
      box.hidden = true;
      return say(status, page.words.no_map);
    }
    const add = button(page.words.add_at_cross, () => put(canvas.project(canvas.map.getCenter()), canvas.map.getCenter()));
    canvas.view.frame.after(el("p", { class: "buttons" }, add), status);
    canvas.map.on("style.load", () => canvas.draw(points, page.wrong));
    return listen(canvas.map);
  }

  function listen(map) {
    let dragged = null;
    const pick = (event) => {
      const [found] = map.queryRenderedFeatures(event.point, { layers: ["points"] });
      if (!found) return;
      event.preventDefault();
      dragged = { index: found.properties.index, moved: false };
    };
    const move = (event) => {
      const edge = canvas.rings.length ? caught(event.point, canvas.rings, canvas.project) : null;
      if (dragged) {
        const place = edge?.place ?? [event.lngLat.lng, event.lngLat.lat];
        dragged.moved = true;
        canvas.draw(points.map((each, index) => (index === dragged.index ? [...place, each[2]] : each)));
      }
      map.getCanvas().style.cursor = dragged ? "grabbing" : edge ? "cell" : "crosshair";
      if (edge) say(status, page.words.snapped.replace("{code}", edge.code));
    };
    const drop = (event) => {
      const was = dragged;
      dragged = null;
      if (was?.moved) put(event.point, event.lngLat, was.index);
    };
    for (const [down, way, up] of [["mousedown", "mousemove", "mouseup"], ["touchstart", "touchmove", "touchend"]]) {
      map.on(down, pick);
      map.on(way, move);
      map.on(up, drop);
    }
    map.on("click", (event) => {
      if (!map.queryRenderedFeatures(event.point, { layers: ["points"] }).length) put(event.point, event.lngLat);
    });
  }
  open();
}
