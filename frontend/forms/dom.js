// Elements with attributes and children, without a template language.

/** An element. Attributes whose value is null or false are left out; `on` holds listeners; children may be text. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((each) => each !== null && each !== undefined));
  return element;
}

/** Set an attribute, or take it away when the value is empty. */
export function mark(element, name, value) {
  if (value === null || value === false || value === undefined || value === "") element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Set the text of an element, only when it is another. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A button that sends nothing. */
export const button = (text, click, attributes = {}) =>
  el("button", { type: "button", class: "second", ...attributes, on: { click } }, text);

/** The data block of the page with this id; null where there is none. */
export function block(id) {
  const element = document.getElementById(id);
  return element && JSON.parse(element.textContent);
}
