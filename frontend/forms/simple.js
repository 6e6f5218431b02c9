// A box to tick, and a scale.
import { button, el, say } from "./dom.js";
import { word } from "./words.js";

/** A question that is answered by ticking one box. */
export function trigger(node, id, form) {
  const box = el("input", { id: `${id}-box`, type: "checkbox" });
  box.addEventListener("input", () => {
    node.setValue(box.checked);
    form.changed();
  });
  const field = el("label", { class: "choice", for: box.id }, box, " ", word("confirmed"));
  return { field, grouped: true, marked: () => [box], update: () => (box.checked = Boolean(node.currentState.value)) };
}

/** A scale: nothing is answered until it is moved. */
export function range(node, id, form) {
  const { start, end, step } = boundsOf(node);
  const [low, high] = [Math.min(start, end), Math.max(start, end)];
  const scale = el("input", { id, type: "range", min: low, max: high, step });
  const said = el("output", { for: id });
  const clear = button(word("clear"), () => answer(null));
  const field = el("div", { class: "scale" }, el("span", { class: "quiet" }, String(low)), scale, el("span", { class: "quiet" }, String(high)), said, clear);
  const answer = (value) => {
    node.setValue(value);
    form.changed();
  };
  scale.addEventListener("input", () => answer(Number(scale.value)));
  function update() {
    const value = node.currentState.instanceValue;
    if (value !== "") scale.value = value;
    say(said, value === "" ? word("not_answered") : value);
    clear.hidden = value === "";
    scale.disabled = node.currentState.readonly;
  }
  return { field, input: scale, update };
}

function boundsOf(node) {
  const { start, end, step } = node.definition.bounds;
  return { start: Number(start), end: Number(end), step: Number(step) };
}
