// The map of a drawing: what is drawn, its neighbours, what is wrong, and what is proposed.
import { Map as MapLibre } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { ringsOf } from "./snap.js";

const FAR = 4.2;
const NEAR = 16;
const NEIGHBOURS_FROM = 10; // zoom
const MOST = 500; // neighbours of a kind
const empty = { type: "FeatureCollection", features: [] };
const feature = (geometry, properties = {}) => ({ type: "Feature", properties, geometry });
const COLOURS = { hazardous_area: "#7a4d00", land_release_product: "#0f5c40", clearance: "#0f5c40" };
const line = (id, source, paint, filter = ["!=", "$type", "Point"]) => ({ id, type: "line", source, filter, paint });

const STYLE = (basemap) => ({
  version: 8,
  sources: Object.fromEntries(
    ["countries", "near", "behind", "drawn", "proposed"].map((name) => [name, { type: "geojson", data: name === "countries" ? basemap : empty }]),
  ),
  layers: [
    { id: "sea", type: "background", paint: { "background-color": "#e4ebee" } },
    { id: "land", type: "fill", source: "countries", paint: { "fill-color": "#fbfaf6" } },
    line("borders", "countries", { "line-color": "#8b857a", "line-width": 1 }),
    { id: "near-fill", type: "fill", source: "near", paint: { "fill-color": ["get", "colour"], "fill-opacity": 0.1 } },
    line("near", "near", { "line-color": ["get", "colour"], "line-width": 1.5 }),
    line("behind", "behind", { "line-color": "#5a6068", "line-width": 2, "line-dasharray": [3, 2] }),
    { id: "area", type: "fill", source: "drawn", filter: ["==", "$type", "Polygon"], paint: { "fill-color": "#9c3d10", "fill-opacity": 0.18 } },
    line("line", "drawn", { "line-color": "#9c3d10", "line-width": 2.5 }),
    line("proposed", "proposed", { "line-color": "#1f5fa8", "line-width": 2, "line-dasharray": [2, 2] }),
    { id: "points", type: "circle", source: "drawn", filter: ["==", "$type", "Point"],
      paint: { "circle-radius": ["case", ["get", "wrong"], 9, 6], "circle-color": ["case", ["get", "wrong"], "#8a1c12", "#9c3d10"],
        "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } },
  ],
});

export class Canvas {
  constructor(container, page, behind) {
    Object.assign(this, { page, behind, rings: [] });
    this.map = new MapLibre({
      container, style: STYLE(page.basemap), center: page.centre, zoom: FAR, attributionControl: false,
      dragRotate: false, pitchWithRotate: false, locale: { "Map.Title": page.words.map },
    });
    this.map.touchZoomRotate.disableRotation();
    if (page.frame.length) this.map.fitBounds([page.frame.slice(0, 2), page.frame.slice(2)], { padding: 60, maxZoom: NEAR, animate: false });
    this.map.on("moveend", () => this.fetchNear());
    this.map.on("load", () => {
      if (behind) this.map.getSource("behind").setData(feature(behind));
      this.fetchNear();
    });
  }

  project = (place) => this.map.project(place);

  /** The polygons around, as far as the reader is given them; whoever drags is caught by their edges. */
  async fetchNear() {
    if (!this.page.hasArea || this.map.getZoom() < NEIGHBOURS_FROM) return;
    const box = this.map.getBounds().toArray().flat().join(",");
    const asked = this.page.kinds.map(async (kind) => {
      const answer = await fetch(`${this.page.near.replace("KIND", kind)}?f=json&limit=${MOST}&bbox=${box}`);
      const features = answer.ok ? (await answer.json()).features : [];
      return features.filter((each) => each.id !== this.page.own && each.geometry?.type?.endsWith("Polygon"))
        .map((each) => ({ ...each, properties: { code: each.properties.code, colour: COLOURS[kind] } }));
    });
    const found = (await Promise.all(asked.map((each) => each.catch(() => [])))).flat();
    this.rings = ringsOf(found);
    this.map.getSource("near")?.setData({ type: "FeatureCollection", features: found });
    this.map.getContainer().dataset.near = String(found.length);
  }

  /** Draw points [longitude, latitude, begins] (null: cannot be read), with the numbers of those that are wrong. */
  draw(points, wrong = [], proposed = null) {
    const marks = points.map((each, index) => each && feature({ type: "Point", coordinates: each.slice(0, 2) }, { wrong: wrong.includes(index + 1), index }));
    const shapes = this.page.isPoint ? [] : shapesOf(points.filter(Boolean), this.page.hasArea);
    this.map.getSource("drawn")?.setData({ type: "FeatureCollection", features: [...shapes.map((each) => feature(each)), ...marks.filter(Boolean)] });
    this.map.getSource("proposed")?.setData(proposed ? feature(proposed) : empty);
  }
}

/** Lines and polygons of points, part by part. */
function shapesOf(points, hasArea) {
  const parts = [];
  for (const [longitude, latitude, begins] of points) {
    if (!parts.length || begins === "part") parts.push([[]]);
    else if (begins === "hole") parts.at(-1).push([]);
    parts.at(-1).at(-1).push([longitude, latitude]);
  }
  const closed = (ring) => [...ring, ring[0]];
  return parts.flatMap((rings) => {
    if (hasArea && rings[0].length > 2)
      return [{ type: "Polygon", coordinates: rings.filter((ring) => ring.length > 2).map(closed) }];
    return rings.filter((ring) => ring.length > 1).map((coordinates) => ({ type: "LineString", coordinates }));
  });
}
