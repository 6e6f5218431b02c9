// What the large map has besides: measuring, and the slider of days.
import { Days } from "./days.js";
import { Measure } from "./measure.js";

export function equip(view, tools) {
  const part = (name) => tools.querySelector(name);
  tools.hidden = false;
  new Measure(view, part(".buttons"));
  const days = new Days(view, { range: part("input[type=range]"), date: part("input[type=date]"), output: part("output") });
  if (view.map.loaded()) days.show(days.today);
  else view.map.on("load", () => days.show(days.today));
}
