// Where: typed coordinates, the position of this device, or points on a map. One text holds the answer, whichever was used.
import { points, read, shown, stored } from "./coordinates.js";
import { button, el, say } from "./dom.js";
import { word } from "./words.js";

const LEAST = { geopoint: 1, geotrace: 2, geoshape: 3 };
const PATIENCE = 30_000; // milliseconds

/** A position, a line or an area. */
export function place(node, id, form) {
  const isPoint = node.valueType === "geopoint";
  const field = isPoint
    ? el("input", { id, type: "text", autocomplete: "off", class: "position" })
    : el("textarea", { id, rows: 5, class: "position", spellcheck: "false" });
  const help = el("p", { id: `${id}-help`, class: "hint" }, word(isPoint ? "coordinates" : "coordinate_lines"));
  const status = el("p", { class: "quiet", role: "status" });
  const map = el("div", { class: "map map-place", hidden: true });
  const here = button(word(isPoint ? "my_position" : "add_my_position"), locate);
  const open = button(word("open_map"), toggle, { "aria-expanded": "false" });
  const box = el("div", {}, help, field, el("p", { class: "buttons" }, here, open), status, map);
  let drawing = null;
  let own = null;

  const lines = () => field.value.split("\n").map((line) => line.trim()).filter(Boolean);
  field.addEventListener("input", () => {
    own = field.value;
    tell(lines().map(read));
  });

  /** Tell the engine: only an answer that is whole and understood. */
  function tell(found, accuracies = []) {
    const good = found.every(Boolean) && found.length >= LEAST[node.valueType];
    const ring = node.valueType === "geoshape" && good ? [...found, found[0]] : found;
    node.setValue(good ? ring.map((each, index) => stored({ ...each, ...accuracies[index] })).join(";") : null);
    form.changed();
    drawing?.show(found.filter(Boolean));
  }

  /** Points from the map or from the device, in place of what was written. */
  function set(found) {
    field.value = found.map(shown).join("\n");
    own = field.value;
    tell(found);
  }

  function locate() {
    if (!navigator.geolocation) return say(status, word("no_position"));
    say(status, word("locating"));
    const told = ({ coords }) => {
      const { latitude, longitude, altitude, accuracy } = coords;
      const found = { latitude, longitude, altitude, accuracy };
      set(isPoint ? [found] : [...lines().map(read).filter(Boolean), found]);
      say(status, word("located", { metres: Math.round(accuracy) }));
    };
    return navigator.geolocation.getCurrentPosition(told, () => say(status, word("no_position")),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 });
  }

  async function toggle() {
    const closing = !map.hidden;
    map.hidden = closing;
    open.setAttribute("aria-expanded", String(!closing));
    say(open, word(closing ? "open_map" : "close_map"));
    if (closing || drawing) return;
    say(status, word("loading_map"));
    try {
      const { opened } = await import("./map.js");
      drawing = await opened(map, node.valueType, form.page, set);
      drawing.show(lines().map(read).filter(Boolean), true);
      say(status, "");
    } catch {
      map.hidden = true;
      map.replaceChildren();
      say(status, word("no_map"));
    }
  }

  function update() {
    const found = points(node.currentState.instanceValue);
    const isRing = node.valueType === "geoshape" && found.length > 1 && shown(found[0]) === shown(found.at(-1));
    const text = (isRing ? found.slice(0, -1) : found).map(shown).join("\n");
    if (own === null && field !== document.activeElement && text) field.value = text;
    field.readOnly = node.currentState.readonly;
  }
  function problem() {
    const wrong = lines().find((line) => !read(line));
    if (wrong) return word("not_coordinates", { text: wrong });
    const count = lines().length;
    return count && count < LEAST[node.valueType] ? word("too_few_points", { least: LEAST[node.valueType] }) : "";
  }
  return { field: box, input: field, describedBy: help.id, update, problem };
}
