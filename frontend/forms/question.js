// One question: its words, its control, and what is wrong with the answer.
import { choices, rank } from "./choices.js";
import { el, mark, say } from "./dom.js";
import { upload } from "./files.js";
import { place } from "./place.js";
import { formatted } from "./text.js";
import { written } from "./written.js";
import { range, trigger } from "./simple.js";
import { word } from "./words.js";

const PLACES = new Set(["geopoint", "geotrace", "geoshape"]);
let count = 0;

/** The control of a node: { field, input, update(), problem() }; `grouped` where it is several elements under a legend,
 * then `marked()` gives them. `problem` says what the engine is not told because it cannot be read. */
function controlOf(node, id, form) {
  if (node.nodeType === "select") return choices(node, id, form);
  if (node.nodeType === "rank") return rank(node, id, form);
  if (node.nodeType === "upload") return upload(node, id, form);
  if (node.nodeType === "trigger") return trigger(node, id, form);
  if (node.nodeType === "range") return range(node, id, form);
  if (PLACES.has(node.valueType)) return place(node, id, form);
  return written(node, id, form);
}

/** What is shown of a node that asks something: { element, id, title(), update(), wrong(), focus() }. */
export function question(node, form) {
  const id = `q${++count}`;
  const control = controlOf(node, id, form);
  const text = el("span", {});
  const star = el("span", { class: "quiet" });
  const words = control.grouped ? el("legend", {}, text, star) : el("label", { for: id }, text, star);
  const hint = el("p", { id: `${id}-hint`, class: "hint" });
  const error = el("p", { id: `${id}-error`, class: "wrong" });
  const element = el(control.grouped ? "fieldset" : "div", { class: "question", id: `${id}-question` }, words, hint, error,
    control.field);
  let touched = false;
  element.addEventListener("change", () => {
    touched = true;
    form.changed();
  });

  /** What is wrong with the answer as it stands; empty when nothing is. */
  function wrong() {
    if (!node.currentState.relevant) return "";
    const violation = node.validationState.violation;
    return control.problem?.() || (violation ? violation.message?.asString || word(violation.condition) : "");
  }

  function update() {
    const state = node.currentState;
    element.hidden = !state.relevant;
    if (!state.relevant) return;
    formatted(text, state.label);
    say(star, state.required ? ` (${word("must")})` : "");
    formatted(hint, state.hint);
    hint.hidden = !state.hint;
    const shown = touched || form.strict ? wrong() : "";
    say(error, shown);
    error.hidden = !shown;
    const described = [state.hint && hint.id, shown && error.id, control.describedBy].filter(Boolean).join(" ");
    control.update();
    for (const target of control.marked?.() ?? [control.input]) mark(target, "aria-invalid", shown ? "true" : null);
    mark(control.grouped ? element : control.input, "aria-describedby", described);
    if (!control.grouped) mark(control.input, "aria-required", state.required ? "true" : null);
  }

  const focus = () => element.querySelector("input, select, textarea, button")?.focus();
  return { element, update, wrong, focus, id: element.id, title: () => text.textContent };
}

/** A note: words, and a value where it has one. */
export function note(node) {
  const text = el("p", {});
  const value = el("p", {});
  const element = el("div", { class: "question note" }, text, value);
  function update() {
    element.hidden = !node.currentState.relevant;
    formatted(text, node.currentState.noteText);
    say(value, node.currentState.instanceValue ?? "");
    value.hidden = !value.textContent;
  }
  return { element, update };
}
