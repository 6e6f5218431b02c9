// Every element of a page with [data-map] becomes a map; the block that it names says what is on it.
import { block } from "../forms/dom.js";
import { Days } from "./days.js";
import { takeAlong } from "./leading.js";
import { Measure } from "./measure.js";
import { MapView } from "./view.js";

for (const element of document.querySelectorAll("[data-map]")) {
  const view = new MapView(element, block(element.dataset.map));
  element.view = view;
  const tools = document.querySelector(`[data-tools="${element.dataset.map}"]`);
  const day = tools?.querySelector("input[type=date]");
  takeAlong(view, document.querySelectorAll(`[data-leads="${element.dataset.map}"]`), day);
  if (!tools) continue;
  tools.hidden = false;
  new Measure(view, tools.querySelector(".buttons"));
  const part = (name) => tools.querySelector(name);
  const days = new Days(view, { range: part("input[type=range]"), date: part("input[type=date]"), output: part("output") });
  view.map.on("load", () => days.show(days.today));
}
