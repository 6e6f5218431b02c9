// Words of a form: the engine reads their Markdown; only plain elements are made of it, never HTML that a form brings.
import { el } from "./dom.js";

const PLAIN = new Set(["strong", "em", "u", "p", "span", "div", "ul", "ol", "li", "br"]);
const shown = new WeakMap();

/** Show a text of the engine (or none) in an element, anew only when it changed. */
export function formatted(element, range) {
  const text = range?.asString ?? "";
  if (shown.get(element) === text) return;
  shown.set(element, text);
  const nodes = range ? range.formatted : [];
  // One paragraph is the usual thing, and a label can hold no paragraph.
  const flat = nodes.length === 1 && nodes[0].elementName === "p" ? nodes[0].children : nodes;
  element.replaceChildren(...(nodes.length ? flat.map(drawn) : [text]));
}

function drawn(node) {
  if (node.role === "child") return document.createTextNode(node.value);
  if (node.role === "line-break") return el("br");
  if (node.role === "html") return document.createTextNode(node.unsafeHtml.replace(/<[^>]*>/g, ""));
  const children = node.children.map(drawn);
  if (node.elementName === "a" && /^(https?:|mailto:)/.test(node.url)) return el("a", { href: node.url, rel: "noreferrer" }, ...children);
  return el(PLAIN.has(node.elementName) ? node.elementName : "span", {}, ...children);
}
