// A map on which points are set: by click, or by keyboard with the cross in the middle and a button. Loaded when opened.
import { Map as MapLibre } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { button, el, say } from "./dom.js";
import { word } from "./words.js";

const FAR = 4.2; // how near the map comes by itself: a country
const NEAR = 14; // a village
const empty = { type: "FeatureCollection", features: [] };
const STYLE = (basemap) => ({
  version: 8,
  sources: { countries: { type: "geojson", data: basemap }, drawn: { type: "geojson", data: empty } },
  layers: [
    { id: "sea", type: "background", paint: { "background-color": "#e4ebee" } },
    { id: "land", type: "fill", source: "countries", paint: { "fill-color": "#fbfaf6" } },
    { id: "borders", type: "line", source: "countries", paint: { "line-color": "#8b857a", "line-width": 1 } },
    { id: "area", type: "fill", source: "drawn", filter: ["==", "$type", "Polygon"], paint: { "fill-color": "#9c3d10", "fill-opacity": 0.18 } },
    { id: "line", type: "line", source: "drawn", filter: ["!=", "$type", "Point"], paint: { "line-color": "#9c3d10", "line-width": 2.5 } },
    { id: "points", type: "circle", source: "drawn", filter: ["==", "$type", "Point"],
      paint: { "circle-radius": 6, "circle-color": "#9c3d10", "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } },
  ],
});

/** The map of one question. `set` is called with the points whenever they change. */
export class Drawing {
  constructor(place, type, page, set) {
    Object.assign(this, { type, set, points: [] });
    const canvas = el("div", { class: "map" });
    const cross = el("div", { class: "cross", "aria-hidden": "true" });
    this.status = el("p", { class: "quiet", role: "status" });
    place.append(
      el("p", { class: "hint" }, word(type === "geopoint" ? "map_point" : "map_points")),
      el("div", { class: "map-frame" }, canvas, cross),
      el("p", { class: "buttons" },
        button(word(type === "geopoint" ? "set_at_cross" : "add_at_cross"), () => this.add(this.map.getCenter())),
        button(word("nearer"), () => this.map.zoomIn()),
        button(word("farther"), () => this.map.zoomOut()),
        button(word(type === "geopoint" ? "remove_point" : "remove_last"), () => this.change(this.points.slice(0, -1)))),
      this.status,
    );
    this.map = new MapLibre({
      container: canvas,
      style: STYLE(page.basemap),
      center: page.centre,
      zoom: FAR,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      locale: { "Map.Title": word("map") },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.on("click", ({ lngLat }) => this.add(lngLat));
    this.map.on("load", () => {
      place.dataset.ready = "true";
      this.draw();
    });
  }

  /** Show points that were typed; `go` moves the map to them. */
  show(points, go = false) {
    this.points = points;
    this.draw();
    if (!go || !points.length) return;
    const [xs, ys] = [points.map((each) => each.longitude), points.map((each) => each.latitude)];
    this.map.fitBounds([[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]],
      { padding: 50, maxZoom: NEAR, animate: false });
  }

  add({ lat, lng }) {
    const point = { latitude: lat, longitude: lng };
    this.change(this.type === "geopoint" ? [point] : [...this.points, point]);
  }

  change(points) {
    this.points = points;
    this.set(points);
    say(this.status, word("points_set", { count: points.length }));
  }

  draw() {
    const places = this.points.map(({ latitude, longitude }) => [longitude, latitude]);
    const feature = (geometry) => ({ type: "Feature", properties: {}, geometry });
    const features = places.map((coordinates) => feature({ type: "Point", coordinates }));
    if (this.type !== "geopoint" && places.length > 1) features.push(feature({ type: "LineString", coordinates: places }));
    if (this.type === "geoshape" && places.length > 2)
      features.push(feature({ type: "Polygon", coordinates: [[...places, places[0]]] }));
    this.map.getSource("drawn")?.setData({ type: "FeatureCollection", features });
  }
}
