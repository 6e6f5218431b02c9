// Where the pointer is, or the middle of the map: in the four notations that people write.
import { el } from "../forms/dom.js";
import { decimal, dms, mgrs, utm } from "./utm.js";

const NAMES = { decimal: "WGS 84", dms: "DMS", utm: "UTM", mgrs: "MGRS" };
const WAYS = { decimal, dms, utm, mgrs };

export class Readout {
  constructor(view) {
    this.title = el("dt", {}, view.word("here"));
    this.values = Object.fromEntries(Object.keys(WAYS).map((name) => [name, el("dd", { class: "code" })]));
    const lines = Object.entries(this.values).map(([name, value]) => el("div", {}, el("dt", {}, NAMES[name]), value));
    view.element.append(el("dl", { class: "readout" }, el("div", { class: "where" }, this.title), ...lines));
    const middle = () => this.show(view.word("here"), view.map.getCenter());
    view.map.on("mousemove", ({ lngLat }) => this.show(view.word("pointer"), lngLat));
    view.map.on("mouseout", middle);
    view.map.on("move", middle);
    middle();
  }

  show(title, place) {
    this.title.textContent = title;
    for (const [name, element] of Object.entries(this.values)) element.textContent = WAYS[name](place.wrap());
  }
}
