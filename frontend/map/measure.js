// Lengths along points that are clicked, or set at the cross with Enter, and the area within them.
import { button } from "../forms/dom.js";
import { empty } from "./view.js";

const RADIUS = 6371008.8; // metres, of a sphere as large as the earth: good to half a per cent
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Metres from each point to the next. */
export function length(points) {
  let metres = 0;
  for (let i = 1; i < points.length; i++) {
    const [[x1, y1], [x2, y2]] = [points[i - 1], points[i]].map((each) => each.map(radians));
    const half = Math.sin((y2 - y1) / 2) ** 2 + Math.cos(y1) * Math.cos(y2) * Math.sin((x2 - x1) / 2) ** 2;
    metres += 2 * RADIUS * Math.asin(Math.sqrt(half));
  }
  return metres;
}

/** Square metres within points. */
export function area(points) {
  let sum = 0;
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length];
    sum += radians(x2 - x1) * (2 + Math.sin(radians(y1)) + Math.sin(radians(y2)));
  });
  return Math.abs((sum * RADIUS ** 2) / 2);
}

export class Measure {
  constructor(view, place) {
    Object.assign(this, { view, points: [] });
    this.button = button(view.word("measure"), () => this.toggle(), { "aria-pressed": "false" });
    place.append(this.button);
    view.map.on("load", () => {
      view.map.addSource("measure", { type: "geojson", data: empty });
      view.map.addLayer({ id: "measure-area", type: "fill", source: "measure", filter: ["==", ["geometry-type"], "Polygon"],
        paint: { "fill-color": "#1f5fa8", "fill-opacity": 0.12 } });
      view.map.addLayer({ id: "measure-line", type: "line", source: "measure", paint: { "line-color": "#1f5fa8", "line-width": 2 } });
      view.map.addLayer({ id: "measure-points", type: "circle", source: "measure", filter: ["==", ["geometry-type"], "Point"],
        paint: { "circle-color": "#ffffff", "circle-radius": 4, "circle-stroke-color": "#1f5fa8", "circle-stroke-width": 2 } });
    });
    view.map.on("click", ({ lngLat }) => this.add(lngLat));
    view.map.getCanvas().addEventListener("keydown", ({ key }) => key === "Enter" && this.add(view.map.getCenter()));
  }

  toggle() {
    const on = !this.view.busy;
    this.view.busy = on;
    this.button.textContent = this.view.word(on ? "measure_end" : "measure");
    this.button.setAttribute("aria-pressed", String(on));
    this.points = [];
    this.draw();
    this.view.say(on ? this.view.word("measure_hint") : "");
  }

  add({ lng, lat }) {
    if (!this.view.busy) return;
    this.points.push([lng, lat]);
    this.draw();
    const format = (value, digits) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
    const told = [this.view.word("length", { km: format(length(this.points) / 1000, 3) })];
    if (this.points.length > 2) told.push(this.view.word("area", { m2: format(area(this.points), 0) }));
    this.view.say(told.join("; "));
  }

  draw() {
    const feature = (type, coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });
    const features = this.points.map((each) => feature("Point", each));
    if (this.points.length > 1) features.push(feature("LineString", this.points));
    if (this.points.length > 2) features.push(feature("Polygon", [[...this.points, this.points[0]]]));
    this.view.map.getSource("measure")?.setData({ type: "FeatureCollection", features });
  }
}
