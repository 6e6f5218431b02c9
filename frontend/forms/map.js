// The map of a question: points are set by click, or by keyboard with the cross in the middle and a button, beside what is
// known nearby. Loaded when it is opened.
import { DRAWN, drawn } from "../map/drawn.js";
import { MapView, empty } from "../map/view.js";
import { button, el } from "./dom.js";
import { word } from "./words.js";

const PATIENCE = 10_000; // milliseconds

/** The map in an element, told what the account may see nearby. `set` is called with the points whenever they change. */
export async function opened(element, type, page, set) {
  const [nearby, basemap] = await Promise.all([fetched(page.nearby), fetched(page.map.basemap)]);
  // Without a line the page is all that tells the map; the outlines are given whole, so that they are kept with it.
  return new Drawing(element, type, { ...(nearby ?? page.map), basemap: basemap ?? empty }, Boolean(nearby), set);
}

async function fetched(address) {
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

class Drawing {
  constructor(element, type, told, isWhole, set) {
    Object.assign(this, { isPoint: type === "geopoint", hasArea: type === "geoshape", set, points: [] });
    element.append(el("p", { class: "hint" }, word(this.isPoint ? "map_point" : "map_points")));
    this.view = new MapView(element, told, { data: { drawn: empty }, layers: DRAWN });
    this.view.busy = true;
    this.map = this.view.map;
    this.view.frame.after(
      el("p", { class: "buttons" },
        button(word(this.isPoint ? "set_at_cross" : "add_at_cross"), () => this.add(this.map.getCenter())),
        button(word(this.isPoint ? "remove_point" : "remove_last"), () => this.change(this.points.slice(0, -1)))),
    );
    this.view.status.after(el("p", { class: "hint" }, word(isWhole ? "nearby" : "ground_alone")));
    this.map.getCanvas().style.cursor = "crosshair";
    this.map.on("click", ({ lngLat }) => this.add(lngLat));
    this.map.on("style.load", () => this.draw());
  }

  /** Show points that were typed; `go` moves the map to them. */
  show(points, go = false) {
    this.points = points;
    this.draw();
    if (!go || !points.length) return;
    const [xs, ys] = [points.map((each) => each.longitude), points.map((each) => each.latitude)];
    this.view.fit([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
  }

  add(place) {
    const there = this.view.found(this.map.project(place)).map((each) => this.view.said(each));
    const { lat: latitude, lng: longitude } = place.wrap();
    this.change(this.isPoint ? [{ latitude, longitude }] : [...this.points, { latitude, longitude }]);
    if (there.length) this.view.say(`${this.view.status.textContent}. ${word("lies_there", { what: there.map(({ code, what }) => `${code} (${what})`).join("; ") })}`);
  }

  change(points) {
    this.points = points;
    this.set(points);
    this.view.say(word("points_set", { count: points.length }));
  }

  draw() {
    const places = this.points.map(({ latitude, longitude }) => [longitude, latitude]);
    this.map.getSource("drawn")?.setData(drawn(places, this));
  }
}
