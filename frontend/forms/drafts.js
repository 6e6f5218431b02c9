// Drafts: what is being filled in, kept as one types.
import { button, el, say } from "./dom.js";
import * as store from "./store.js";
import { moment, word } from "./words.js";

const PAUSE = 300; // milliseconds after the last key

/** Keeps the draft of one form. `read` gives { xml, files, instance } of the answers as they stand. */
export class Draft {
  constructor(line, read, status) {
    Object.assign(this, { line, read, status, timer: 0, stopped: false, writing: Promise.resolve() });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush());
    window.addEventListener("pagehide", () => this.flush());
    // Before somebody signs out: first what was typed a moment ago is kept, so that it is warned of; then nothing is.
    document.addEventListener("keep-now", ({ detail }) => detail.push(this.flush()));
    document.addEventListener("leaving", ({ detail }) => detail.push(this.stop()));
  }

  /** Something was answered: keep it in a moment. */
  touch() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  flush() {
    return this.timer ? this.save() : this.writing;
  }

  save() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.stopped) return this.writing;
    const saved = new Date().toISOString();
    const line = { ...this.line, ...this.read(), state: "draft", saved };
    this.writing = this.writing
      .then(() => (this.stopped ? null : store.put(line)))
      .then(() => say(this.status, word("kept", { time: moment(saved) })))
      .catch(() => say(this.status, word("not_kept")));
    return this.writing;
  }

  /** Write no more: the answers went into the queue, or were thrown away. */
  async stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.writing;
  }
}

/** The drafts of an account, as a list of links. */
export async function showDrafts(place, page) {
  const drafts = (await store.of(page.account)).filter((line) => line.state === "draft");
  if (!drafts.length) return;
  const rows = drafts.map((line) => {
    const way = page.fill.replace("{form}", encodeURIComponent(line.form)) + (line.target ? `?${line.target}` : "");
    return el("li", {}, el("a", { href: way }, line.title), ` – ${word("begun", { time: moment(line.saved) })}`);
  });
  place.append(el("section", { class: "box" }, el("h2", { id: "drafts-title" }, word("drafts")),
    el("ul", { "aria-labelledby": "drafts-title" }, ...rows)));
}

/** What stands above a form that goes on from a draft. */
export function resumed(line, restart) {
  return el("div", { class: "box", role: "status" }, el("p", {}, word("resumed", { time: moment(line.saved) })),
    button(word("restart"), () => window.confirm(word("restart_sure")) && restart()));
}
