// The map of a drawing: over what every map has lie the neighbours that catch a point, what is drawn, and what is proposed.
import { DRAWN, drawn } from "./drawn.js";
import { ringsOf } from "./snap.js";
import { MapView, empty } from "./view.js";

const NEIGHBOURS_FROM = 10; // zoom
const MOST = 500; // neighbours of a kind
const line = (id, paint) => ({ id, type: "line", source: id, paint });
const feature = (geometry) => ({ type: "Feature", properties: {}, geometry });
const LAYERS = [
  line("near", { "line-color": "#1d2126", "line-width": 1 }),
  line("behind", { "line-color": "#5a6068", "line-width": 2, "line-dasharray": [3, 2] }),
  ...DRAWN,
  line("proposed", { "line-color": "#1f5fa8", "line-width": 2, "line-dasharray": [2, 2] }),
];

export class Canvas {
  constructor(element, page, behind) {
    Object.assign(this, { page, rings: [] });
    const data = { near: empty, behind: behind ? feature(behind) : empty, drawn: empty, proposed: empty };
    this.view = new MapView(element, page.map, { data, layers: LAYERS });
    this.view.busy = true;
    this.map = this.view.map;
    this.map.on("moveend", () => this.fetchNear());
    this.map.on("load", () => this.fetchNear());
  }

  project = (place) => this.map.project(place);

  /** The polygons around, as far as the reader is given them; whoever drags is caught by their edges. */
  async fetchNear() {
    if (!this.page.hasArea || this.map.getZoom() < NEIGHBOURS_FROM) return;
    const box = this.map.getBounds().toArray().flat().join(",");
    const asked = this.page.kinds.map(async (kind) => {
      const answer = await fetch(`${this.page.near.replace("KIND", kind)}?f=json&limit=${MOST}&bbox=${box}`);
      const features = answer.ok ? (await answer.json()).features : [];
      return features.filter((each) => each.id !== this.page.own && each.geometry?.type?.endsWith("Polygon"));
    });
    const found = (await Promise.all(asked.map((each) => each.catch(() => [])))).flat();
    this.rings = ringsOf(found);
    this.map.getSource("near")?.setData({ type: "FeatureCollection", features: found });
    this.view.element.dataset.near = String(found.length);
  }

  /** Draw points [longitude, latitude, begins] (null: cannot be read), with the numbers of those that are wrong. */
  draw(points, wrong = [], proposed = null) {
    this.map.getSource("drawn")?.setData(drawn(points, this.page, wrong));
    this.map.getSource("proposed")?.setData(proposed ? feature(proposed) : empty);
  }
}
