// The slider: the records as they were on a day. Each kind is fetched once with all its states; then the map only filters.
import { UNCONFIRMED, empty } from "./view.js";

const DAY = 86400000;
const number = (iso) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY);
const written = (day) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(day * DAY);
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

export class Days {
  /** `range` and `date` are the inputs of the page; both say the day, as days since 1970 and as a date. */
  constructor(view, { range, date, output }) {
    Object.assign(this, { view, range, date, output, today: number(date.max), state: {} });
    range.min = String(number(date.min));
    range.max = range.value = String(this.today);
    range.addEventListener("input", () => this.show(Number(range.value)));
    date.addEventListener("change", () => date.value && this.show(number(date.value)));
    this.tell(this.today);
  }

  tell(day) {
    this.range.value = String(day);
    this.date.value = iso(day);
    const said = day >= this.today ? this.view.word("today") : written(day);
    this.range.setAttribute("aria-valuetext", said);
    this.output.textContent = said;
  }

  show(day) {
    this.day = Math.min(Math.max(day, Number(this.range.min)), this.today);
    this.tell(this.day);
    const isPast = this.day < this.today;
    for (const each of this.view.told.kinds) {
      if (isPast) this.fetched(each);
      for (const { id } of each.layers) this.visible(id, !isPast);
      this.filter(each);
    }
    for (const { id, filter } of UNCONFIRMED)
      this.view.map.setFilter(id, isPast ? ["all", filter, ["<=", ["get", "from"], iso(this.day)]] : filter);
    this.view.element.dataset.day = iso(this.day);
  }

  visible(id, is) {
    if (this.view.map.getLayer(id)) this.view.map.setLayoutProperty(id, "visibility", is ? "visible" : "none");
  }

  /** Fetch all states of a kind, the first time that they are wanted. */
  async fetched(kind) {
    const { map } = this.view;
    const source = `${kind.kind}-days`;
    if (this.state[kind.kind]) return;
    this.state[kind.kind] = "fetching";
    this.view.say(this.view.word("loading"));
    map.addSource(source, { type: "geojson", data: empty, maxzoom: 14 });
    for (const layer of kind.layers) {
      const { "source-layer": _left, ...rest } = layer;
      map.addLayer({ ...rest, id: `${layer.id}-days`, source }, "unconfirmed-area");
    }
    try {
      const answer = await fetch(kind.days);
      const told = await answer.json();
      if (!answer.ok) throw new Error(String(answer.status));
      map.getSource(source).setData(told);
      this.view.say(told.too_many ? this.view.word("too_many", { title: kind.title }) : "");
      this.state[kind.kind] = "here";
    } catch {
      this.view.say(this.view.word("failed"));
      this.state[kind.kind] = undefined;
    }
    this.filter(kind);
  }

  filter(kind) {
    const isPast = this.day < this.today;
    for (const { id, filter } of kind.layers) {
      const layer = `${id}-days`;
      if (!this.view.map.getLayer(layer)) continue;
      this.visible(layer, isPast);
      if (isPast) this.view.map.setFilter(layer, ["all", filter, ["<=", ["get", "from"], this.day], [">", ["get", "to"], this.day]]);
    }
  }
}
