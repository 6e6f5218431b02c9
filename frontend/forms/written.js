// Questions that are answered by writing: texts, numbers, days, months, years and times.
import { el } from "./dom.js";
import { word } from "./words.js";

const text = { type: "text", read: (said) => said };
const TYPES = {
  int: { type: "text", inputmode: "numeric", pattern: /^-?\d{1,10}$/, wrong: "whole_number", read: (said) => said.replace(/\s/g, "") },
  decimal: { type: "text", inputmode: "decimal", pattern: /^-?\d+(\.\d+)?$/, wrong: "number", read: decimal },
  date: { type: "date", read: (said) => said },
  month: { type: "month", pattern: /^\d{4}-(0[1-9]|1[0-2])$/, wrong: "month", read: (said) => said, write: (said) => said.slice(0, 7), state: (said) => `${said}-01` },
  year: { type: "text", inputmode: "numeric", pattern: /^\d{4}$/, wrong: "year", read: (said) => said, write: (said) => said.slice(0, 4), state: (said) => `${said}-01-01` },
  time: { type: "time", read: (said) => said, write: (said) => said.slice(0, 5), state: (said) => `${said}:00.000${offset(new Date())}` },
  dateTime: { type: "datetime-local", read: (said) => said, write: local, state: moment },
};

/** A decimal as people write it: with a point or a comma, with spaces between thousands. */
function decimal(said) {
  return said.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
}

/** "+01:00": how far the clock of this browser is from UTC at a moment. */
function offset(at) {
  const minutes = -at.getTimezoneOffset();
  const two = (number) => String(number).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

function moment(said) {
  return `${said}:00.000${offset(new Date(said))}`;
}

/** A stored moment as the field for it wants it: in the time of this browser, to the minute. */
function local(said) {
  const at = new Date(said);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function ruleOf(node) {
  const looks = node.appearances ?? {};
  if (node.valueType === "date") return looks.year ? TYPES.year : looks["month-year"] ? TYPES.month : TYPES.date;
  const inputmode = looks.numbers ? "numeric" : looks.url ? "url" : null;
  return TYPES[node.valueType] ?? { ...text, inputmode };
}

/** A field in which one writes. */
export function written(node, id, form) {
  const rule = ruleOf(node);
  const looks = node.appearances ?? {};
  const rows = node.valueType === "string" && (looks.multiline || node.nodeOptions?.rows) ? node.nodeOptions?.rows || 4 : 0;
  const field = rows
    ? el("textarea", { id, rows })
    : el("input", { id, type: rule.type, inputmode: rule.inputmode, autocomplete: "off", class: `of-${node.valueType}` });
  let own = null; // what this field last told the engine, so that a value is not rewritten while one types

  const isWrong = () => Boolean(field.value && rule.pattern && !rule.pattern.test(rule.read(field.value)));
  field.addEventListener("input", () => {
    const said = rule.read(field.value.trim());
    own = field.value;
    node.setValue(said && !isWrong() ? (rule.state?.(said) ?? said) : null);
    form.changed();
  });

  function update() {
    const stored = node.currentState.instanceValue;
    const shown = stored && rule.write ? rule.write(stored) : stored;
    if (field !== document.activeElement && !isWrong() && (own === null || rule.read(field.value.trim()) !== shown)) field.value = shown;
    field.readOnly = node.currentState.readonly;
  }
  const problem = () => (isWrong() ? word(rule.wrong) : field.validity.badInput ? word("unreadable") : "");
  return { field, input: field, update, problem };
}
