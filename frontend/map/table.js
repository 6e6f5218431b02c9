// The table of turning points as the map sees it: what it changes here is what somebody could have typed.
const PLAIN = 7; // decimals of a degree: about a centimetre

const written = (degrees) => {
  const text = String(degrees);
  return text.includes("e") ? degrees.toFixed(12) : text.includes(".") ? text : `${text}.0`;
};

/** As it stands in a field: exact where it lies on somebody's edge, so that the two share it. */
export const shown = ([longitude, latitude], exact = false) =>
  (exact ? [latitude, longitude] : [latitude, longitude].map((each) => Number(each.toFixed(PLAIN)))).map(written).join(", ");

export class Table {
  constructor(body) {
    this.body = body;
  }

  /** Rows that say something, in their order: they are the points that the server numbered. */
  rows() {
    return [...this.body.rows].filter((row) => [...row.querySelectorAll("input")].some((each) => each.value.trim()));
  }

  put(index, place, exact) {
    const row = this.rows()[index];
    for (const field of row.querySelectorAll("input")) field.value = "";
    row.querySelector("[name=position]").value = shown(place, exact);
  }

  /** A point after that of `index`, or at the end. */
  add(place, exact, index = -1) {
    const last = this.body.rows[this.body.rows.length - 1];
    const row = last.cloneNode(true);
    for (const field of row.querySelectorAll("input")) field.value = "";
    row.querySelector("[name=position]").value = shown(place, exact);
    const begins = row.querySelector("[name=begins]");
    if (begins) begins.value = "";
    const rows = this.rows();
    (rows[index] ?? rows.at(-1))?.after(row);
    if (!row.isConnected) this.body.prepend(row);
  }

  /** What an only point is set to. */
  set(place) {
    this.body.querySelector("[name=position]").value = shown(place);
  }

  clear(row) {
    for (const field of row.querySelectorAll("input")) field.value = "";
  }

  /** What stands in it now. */
  text() {
    return [...this.body.querySelectorAll("input, select")].map((each) => each.value).join("\n");
  }

  /** The rows as the server gives them; who was in a field stays in it. */
  replace(html) {
    const active = this.body.contains(document.activeElement) ? document.activeElement : null;
    const at = active && [active.name, [...this.body.rows].indexOf(active.closest("tr")), active.selectionStart, active.selectionEnd];
    this.body.innerHTML = html;
    const field = at && this.body.rows[Math.min(at[1], this.body.rows.length - 1)]?.querySelector(`[name=${at[0]}]`);
    field?.focus();
    if (field?.setSelectionRange && at[2] !== undefined) field.setSelectionRange(at[2], at[3]);
  }
}
