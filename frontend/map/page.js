// Every element of a page with [data-map] becomes a map when it comes near the window; until then, and where a browser
// draws none, it shows the drawing of the server. The block that it names says what is on it.
import { block } from "../forms/dom.js";
import { takeAlong } from "./leading.js";

async function show(element) {
  const name = element.dataset.map;
  const { MapView } = await import("./view.js");
  const drawing = [...element.childNodes];
  element.replaceChildren();
  try {
    new MapView(element, block(name));
  } catch {
    return element.replaceChildren(...drawing); // no WebGL
  }
  const tools = document.querySelector(`[data-tools="${name}"]`);
  takeAlong(element.view, document.querySelectorAll(`[data-leads="${name}"]`), tools?.querySelector("input[type=date]"));
  if (!tools) return undefined;
  const { equip } = await import("./tools.js");
  return equip(element.view, tools);
}

const near = new IntersectionObserver((seen) => {
  for (const { target } of seen.filter((each) => each.isIntersecting)) {
    near.unobserve(target);
    show(target);
  }
}, { rootMargin: "200px" });
for (const element of document.querySelectorAll("[data-map]")) near.observe(element);
