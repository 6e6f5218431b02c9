// Questions that are answered by choosing: one, several, or an order.
import { button, el, mark } from "./dom.js";
import { word } from "./words.js";

const RADIOS = 12; // more choices than this stand in a list that opens
const LIST = 60; // more than this are found by writing a part of the name
const OFFERED = 50; // of those at once

/** One or several of a list. */
export function choices(node, id, form) {
  if (node.selectType === "select") return several(node, id, form);
  const looks = node.appearances ?? {};
  const count = node.currentState.valueOptions.length;
  if (count > LIST || looks.autocomplete) return searched(node, id, form);
  const isLong = count > RADIOS || looks.minimal;
  return isLong || !count || isFiltered(node) ? listed(node, id, form) : radios(node, id, form);
}

/** A list that depends on other answers may grow while the form is open. */
const isFiltered = (node) => node.definition.bodyElement.itemset?.reference.includes("[");
const optionsOf = (node) => node.currentState.valueOptions.map(({ value, label }) => ({ value, label: label?.asString || value }));
const keyOf = (options) => JSON.stringify(options);

function answer(node, form, value) {
  node.selectValue(value || null);
  form.changed();
}

function radios(node, id, form) {
  const list = el("div", { class: "choices" });
  const clear = button(word("clear"), () => answer(node, form, null), { class: "plain" });
  const field = el("div", {}, list, clear);
  let key = "";
  function update() {
    const options = optionsOf(node);
    if (keyOf(options) !== key) {
      key = keyOf(options);
      list.replaceChildren(...options.map((each, index) => radio(node, id, form, each, index)));
      list.classList.toggle("short", isShort(options));
    }
    const chosen = node.currentState.value[0];
    for (const input of list.querySelectorAll("input")) {
      input.checked = input.value === chosen;
      input.disabled = node.currentState.readonly;
      input.required = node.currentState.required;
    }
    clear.hidden = !chosen || node.currentState.required || node.currentState.readonly;
  }
  return { field, grouped: true, marked: () => list.querySelectorAll("input"), update };
}

/** Yes, no, unknown: a few short words stand side by side. */
const isShort = (options) => options.length <= 4 && options.reduce((sum, { label }) => sum + label.length, 0) <= 30;

function radio(node, id, form, { value, label }, index) {
  const input = el("input", { type: "radio", name: id, id: `${id}-${index}`, value });
  input.addEventListener("input", () => answer(node, form, value));
  return el("label", { class: "choice", for: input.id }, input, " ", label);
}

function listed(node, id, form) {
  const field = el("select", { id });
  field.addEventListener("input", () => answer(node, form, field.value));
  let key = "";
  function update() {
    const options = optionsOf(node);
    if (keyOf(options) !== key) {
      key = keyOf(options);
      field.replaceChildren(el("option", { value: "" }, word("choose")), ...options.map(({ value, label }) => el("option", { value }, label)));
    }
    field.value = node.currentState.value[0] ?? "";
    field.disabled = node.currentState.readonly;
  }
  return { field, input: field, update };
}

/** A long list: one writes a part of the words and chooses from what is found, for the browser shows a list of thousands badly. */
function searched(node, id, form) {
  const input = el("input", { id, type: "text", list: `${id}-list`, autocomplete: "off", class: "search" });
  const list = el("datalist", { id: `${id}-list` });
  const source = /instance\('([^']+)'\)/.exec(node.definition.bodyElement.itemset?.reference ?? "")?.[1];
  const none = el("p", { class: "quiet" }, word(form.tooLong.has(`${source}.csv`) ? "list_too_long" : "empty_list"));
  const field = el("div", {}, input, list, none);
  let options = null;
  let byLabel = new Map();
  let byValue = new Map();
  input.addEventListener("input", () => {
    offer();
    answer(node, form, byLabel.get(input.value.trim()));
  });
  function offer() {
    const parts = plain(input.value).split(" ").filter(Boolean);
    const found = [];
    for (const label of byLabel.keys()) {
      if (parts.every((part) => plain(label).includes(part))) found.push(label);
      if (found.length === OFFERED) break;
    }
    list.replaceChildren(...found.map((label) => el("option", { value: label })));
  }
  function update() {
    if (node.currentState.valueOptions !== options) {
      options = node.currentState.valueOptions;
      byLabel = labelled(optionsOf(node));
      byValue = new Map([...byLabel].map(([label, value]) => [value, label]));
      input.hidden = !options.length;
      none.hidden = !input.hidden;
      offer();
    }
    const chosen = node.currentState.value[0];
    if (input !== document.activeElement && (chosen || byLabel.has(input.value))) input.value = byValue.get(chosen) ?? "";
    input.readOnly = node.currentState.readonly;
  }
  const problem = () => (input.value.trim() && !byLabel.has(input.value.trim()) ? word("not_in_list") : "");
  return { field, input, update, problem };
}

/** Words as they are compared: without capitals and accents. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Label to value; two that are called alike are told apart by their value. */
function labelled(options) {
  const seen = new Map();
  for (const { label } of options) seen.set(label, (seen.get(label) ?? 0) + 1);
  return new Map(options.map(({ label, value }) => [seen.get(label) > 1 ? `${label} (${value})` : label, value]));
}

function several(node, id, form) {
  const field = el("div", { class: "choices" });
  let key = "";
  const boxes = () => [...field.querySelectorAll("input")];
  function update() {
    const options = optionsOf(node);
    if (keyOf(options) !== key) {
      key = keyOf(options);
      field.replaceChildren(...options.map(({ value, label }, index) => {
        const input = el("input", { type: "checkbox", id: `${id}-${index}`, value });
        return el("label", { class: "choice", for: input.id }, input, " ", label);
      }));
    }
    for (const box of boxes()) {
      box.checked = node.isSelected(box.value);
      box.disabled = node.currentState.readonly;
    }
  }
  field.addEventListener("input", () => {
    node.selectValues(boxes().filter((box) => box.checked).map((box) => box.value));
    form.changed();
  });
  return { field, grouped: true, marked: boxes, update };
}

/** An order: each item has a button that moves it up; nothing is answered until one is moved or the order confirmed. */
export function rank(node, id, form) {
  const list = el("ol", { class: "rank" });
  const confirm = button(word("confirm_order"), () => set(order()));
  const field = el("div", {}, list, confirm);
  const order = () => (node.currentState.value.length ? [...node.currentState.value] : optionsOf(node).map((each) => each.value));
  function set(values, moved = null) {
    node.setValues(values);
    form.changed();
    if (moved) queueMicrotask(() => list.querySelector(`[data-value="${CSS.escape(moved)}"] button`)?.focus());
  }
  function update() {
    const labels = new Map(optionsOf(node).map(({ value, label }) => [value, label]));
    const values = order();
    list.replaceChildren(...values.map((value, index) => {
      const up = [...values.slice(0, Math.max(index - 1, 0)), value, ...values.slice(Math.max(index - 1, 0)).filter((each) => each !== value)];
      const move = button(word("move_up"), () => set(up, value), { "aria-label": `${word("move_up")}: ${labels.get(value)}` });
      mark(move, "disabled", index === 0 ? "disabled" : null);
      return el("li", { "data-value": value }, `${labels.get(value)} `, move);
    }));
    confirm.hidden = node.currentState.value.length > 0;
  }
  return { field, grouped: true, marked: () => [], update };
}
