// The page of a form: asks, keeps what is answered, and sends it.
import { block, el, say } from "./dom.js";
import { Draft, resumed } from "./drafts.js";
import * as engine from "./instance.js";
import { prepare } from "./markdown.js";
import { fetched, keepPage } from "./offline.js";
import { showQueue } from "./queue.js";
import * as store from "./store.js";
import { summarise } from "./summary.js";
import { Children } from "./tree.js";
import { word } from "./words.js";

const page = block("page");
const edited = block("edited"); // { report, xml, files: [{ name, url }] } when a report is corrected
const [place, top, notice, send, kept] = ["form", "summary", "notice", "send", "kept"].map((id) => document.getElementById(id));
const id = store.draftId(page.account, page.form, page.target);
const line = { id, account: page.account, form: page.form, version: page.version, title: page.title, target: page.target, edits: edited?.report ?? "" };
const queue = showQueue(document.getElementById("queue"), page);

class Filling {
  constructor(root, known, tooLong) {
    Object.assign(this, { root, page, tooLong, strict: false, count: 0, isWaiting: false, isPressed: false, files: 0 });
    this.known = known;
    this.tree = new Children(root, this, 2, place);
    this.draft = new Draft(line, () => this.read(), kept);
    this.waitForRelease();
  }

  read() {
    return { ...engine.written(this.root), files: engine.filesOf(this.root, this.known) };
  }

  /** A number that no other file of this form has. */
  number() {
    return `${Date.now().toString(36)}${this.count++}`;
  }

  /** Something was answered. */
  changed() {
    this.draft.touch();
    if (this.isWaiting) return;
    this.isWaiting = true;
    queueMicrotask(() => this.isPressed || this.refresh());
  }

  /** While a button is held down nothing may move: it would slip away from under the finger before it is let go. */
  waitForRelease() {
    window.addEventListener("pointerdown", () => (this.isPressed = true), true);
    const release = () => setTimeout(() => {
      this.isPressed = false;
      if (this.isWaiting) this.refresh();
    });
    for (const event of ["pointerup", "pointercancel"]) window.addEventListener(event, release, true);
  }

  /** A photograph is being made smaller: what is sent waits for it. */
  working(change) {
    this.files += change;
    send.disabled = this.files > 0;
  }

  refresh() {
    this.isWaiting = false;
    this.tree.update();
  }

  async send() {
    this.strict = true;
    this.refresh();
    const wrong = this.tree.questions().filter((each) => each.wrong());
    summarise(top, wrong);
    if (wrong.length) return;
    const answers = this.read();
    if (line.edits && !answers.deprecated) {
      say(notice, word("cannot_correct"));
      return;
    }
    send.disabled = true;
    await this.draft.stop();
    await store.replace({ ...line, ...answers, id: answers.instance, state: "unsent", saved: new Date().toISOString() }, id);
    await queue.draw();
    document.addEventListener("told", ({ detail }) => detail.line.id === answers.instance && done(detail.outcome));
    await queue.send();
  }
}

/** What became of the form that was on this page. */
function done(outcome) {
  if (outcome.state === "signed-out") return;
  const { answer } = outcome;
  const texts = { received: word("received", { code: answer?.code }), unsent: word("will_be_sent"), refused: word("refused") };
  const findings = (answer?.findings ?? []).map((each) => el("li", {}, `${each.sentence} ${each.remedy}`));
  const title = el("h2", { tabindex: -1 }, texts[outcome.state]);
  document.getElementById("filling").hidden = true;
  document.getElementById("done").replaceChildren(
    title,
    answer?.known ? el("p", {}, word("known_already")) : "",
    findings.length ? el("p", {}, word("findings")) : "",
    findings.length ? el("ul", {}, ...findings) : "",
    el("p", {}, el("a", { href: page.again }, word("another")), " · ", el("a", { href: page.list }, word("all_forms"))),
  );
  title.focus();
}

async function restart() {
  await filling?.draft.stop();
  await store.remove(id);
  location.reload();
}

/** The instance to fill in: the draft if there is one, else the report that is corrected, else a new one. */
async function opened(form, draft) {
  if (draft) {
    try {
      const root = await engine.resume(form, page, draft);
      notice.append(resumed(draft, restart));
      return root;
    } catch {
      notice.append(el("p", {}, word("draft_unreadable")));
    }
  }
  return edited ? engine.correct(form, page, edited) : engine.begin(form, page);
}

let filling = null;

async function start() {
  // A draft goes on in the version in which it was begun.
  const draft = await store.get(id).catch(() => null);
  line.version = draft?.version ?? page.version;
  const response = await fetched(page.definition.replace("{version}", encodeURIComponent(line.version)));
  if (!response.ok) throw new Error(String(response.status));
  const definition = await response.text();
  await prepare(definition);
  const tooLong = new Set(); // names of lists that the server kept to itself
  const form = await engine.load(definition, async (name) => {
    const list = await fetched(page.attachment.replace("{name}", encodeURIComponent(name)));
    if (Number(list.headers.get("X-Kambila-Left-Out"))) tooLong.add(name);
    return list;
  });
  const root = await opened(form, draft);
  engine.speak(root, document.documentElement.lang);
  filling = new Filling(root, new Set(edited?.files.map((each) => each.name)), tooLong);
  filling.refresh();
  document.getElementById("loading").hidden = true;
  document.getElementById("filling").hidden = false;
  document.getElementById("answers").addEventListener("submit", (event) => {
    event.preventDefault();
    filling.send();
  });
  document.documentElement.dataset.ready = "true";
  performance.mark("first-question");
  keepPage(page);
}

start().catch((error) => {
  console.error(error);
  document.getElementById("loading").hidden = true;
  document.getElementById("failed").hidden = false;
});
