// A map on a page: the ground, the kinds that it draws as tiles, danger that is not confirmed, and what a click tells.
// MapView is given an element and what kambila/desk/mapping.py tells; who draws gives it layers of their own to lie over
// these (`over`), with the data of each source, and builds on its `map`.
import { LngLatBounds, Map as MapLibre, NavigationControl, Popup, ScaleControl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import "./view.css";
import { el } from "../forms/dom.js";
import { Readout } from "./readout.js";

const NEAR = 6; // pixels around a click
const MOST = 8; // records of a click
export const empty = { type: "FeatureCollection", features: [] };
const MARK = { "circle-color": "#ffffff", "circle-radius": 7, "circle-stroke-color": "#9c3d10", "circle-stroke-width": 3 };
export const UNCONFIRMED = [
  { id: "unconfirmed-area", type: "line", source: "unconfirmed", filter: ["!=", ["geometry-type"], "Point"],
    paint: { "line-color": "#9c3d10", "line-width": 2.5, "line-dasharray": [1, 1] } },
  { id: "unconfirmed-mark", type: "circle", source: "unconfirmed", filter: ["==", ["geometry-type"], "Point"],
    paint: MARK },
  // From afar an area is too small to be seen: its corners are marked, which lie on each other.
  { id: "unconfirmed-far", type: "circle", source: "unconfirmed", filter: ["!=", ["geometry-type"], "Point"], maxzoom: 13, paint: MARK },
];

export class MapView {
  constructor(element, told, over = { data: {}, layers: [] }) {
    Object.assign(this, { element, told, busy: false }); // busy: clicks are somebody's who measures or draws
    const canvas = el("div", { class: "canvas" });
    this.status = el("p", { class: "quiet", role: "status" });
    this.frame = el("div", { class: "map-frame" }, canvas, el("div", { class: "cross", "aria-hidden": "true" }));
    element.append(this.frame, this.status);
    const kept = told.hash ? location.hash : "";
    this.map = new MapLibre({
      container: canvas,
      style: this.style(over),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxZoom: 19,
      hash: told.hash ?? false,
      locale: { "Map.Title": this.word("map"), "NavigationControl.ZoomIn": this.word("zoom_in"),
        "NavigationControl.ZoomOut": this.word("zoom_out"), "Popup.Close": this.word("close") },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
    if (!kept) this.fit(told.view ?? told.bounds);
    this.readout = told.readout ? new Readout(this) : null;
    this.map.on("click", (event) => this.clicked(event));
    this.map.on("error", () => this.say(this.word("failed")));
    element.view = this;
    this.map.on("load", () => (element.dataset.ready = "true"));
    this.map.on("idle", () => (element.dataset.idle = "true"));
  }

  word(key, values = {}) {
    return (this.told.words[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** Move to [west, south, east, north]; a single place is shown with its surroundings. */
  fit([west, south, east, north]) {
    this.map.fitBounds(new LngLatBounds([west, south], [east, north]), { padding: 40, maxZoom: this.told.nearest ?? 14, animate: false });
  }

  style(over) {
    const { basemap, ground, places, kinds, unconfirmed, own } = this.told;
    const tiles = (template) => ({ type: "vector", tiles: [new URL(template, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}")],
      minzoom: 0, maxzoom: this.told.finest });
    const sources = {
      countries: { type: "geojson", data: basemap },
      unconfirmed: { type: "geojson", data: unconfirmed ?? empty },
      own: { type: "geojson", data: own?.data ?? empty },
    };
    if (places) sources.places = tiles(places.tiles);
    for (const [name, data] of Object.entries(over.data)) sources[name] = { type: "geojson", data };
    for (const each of kinds) sources[each.kind] = tiles(each.tiles);
    return { version: 8, sources, layers: [...ground, ...(places?.layers ?? []), ...kinds.flatMap((each) => each.layers),
      ...(own?.layers ?? []), ...UNCONFIRMED, ...over.layers] };
  }

  /** What lies under a click: a mark of many comes nearer, records are told with a link. */
  clicked({ point, lngLat }) {
    if (this.busy) return;
    const found = this.found(point);
    if (found.length) this.popup(lngLat, found);
    else if (this.under(point).some((each) => each.properties.count > 1)) this.map.easeTo({ center: lngLat, zoom: this.map.getZoom() + 2 });
  }

  /** The records, and the reports that nobody has decided about, that are drawn at a point; each once. */
  found(point) {
    const single = this.under(point).filter(({ properties: { count } }) => count === undefined || count === 1);
    const once = new Map(single.map((each) => [each.properties.id ?? each.properties.url ?? each.properties.code, each]));
    return [...once.values()].slice(0, MOST);
  }

  under({ x, y }) {
    const kinds = this.told.kinds.flatMap(({ kind }) => [kind, `${kind}-days`]);
    const isTold = ({ source, properties }) => kinds.includes(source) || source === "unconfirmed" || (source === "own" && properties.code);
    return this.map.queryRenderedFeatures([[x - NEAR, y - NEAR], [x + NEAR, y + NEAR]]).filter(isTold);
  }

  popup(at, features) {
    this.shown?.remove();
    const list = el("ul", { class: "plain" }, ...features.map((each) => this.line(each)));
    this.shown = new Popup({ maxWidth: "20rem", focusAfterOpen: true }).setLngLat(at).setDOMContent(list).addTo(this.map);
  }

  line(feature) {
    const { url, code, title, what } = this.said(feature);
    const mark = feature.source === "unconfirmed" ? "mark danger" : "quiet";
    return el("li", {}, url ? el("a", { href: url }, code) : code, ` ${title}`, el("br"), el("span", { class: mark }, what));
  }

  /** What is told of a feature: its code and where that leads, its title, and what it is. */
  said({ source, properties }) {
    const { id, url, code, about, date } = properties;
    if (source === "unconfirmed") return { url, code, title: `${about}, ${date}`, what: this.word("unconfirmed") };
    if (source === "own") return { url, code, title: "", what: about };
    const kind = this.told.kinds.find((each) => each.kind === source.replace(/-days$/, ""));
    const values = Object.entries(kind.values).filter(([name]) => properties[name])
      .map(([name, { codes }]) => codes[properties[name]] ?? properties[name]);
    return { url: `/record/${kind.kind}/${id}/`, code: code ?? id.slice(0, 8), title: properties[kind.title_field] ?? "",
      what: [kind.title, ...values].join(", ") };
  }
}
