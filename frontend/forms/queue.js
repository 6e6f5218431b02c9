// What is not sent yet, as people see it: on the list of forms and above every form.
import { button, el, say } from "./dom.js";
import { keepSending, sendAll } from "./sending.js";
import * as store from "./store.js";
import { moment, word } from "./words.js";

/** Show the queue of an account in `place`, and send it. `page` is { account, send, fill }: addresses with {form}. */
export function showQueue(place, page) {
  const address = (form) => page.send.replace("{form}", encodeURIComponent(form));
  const heading = el("h2", { id: "queue-title" });
  const list = el("ul", { class: "queue", "aria-labelledby": "queue-title" });
  const box = el("section", { class: "box", hidden: true }, heading, list);
  const status = el("p", { class: "quiet", role: "status" });
  place.append(status, box);

  async function draw() {
    const lines = (await store.of(page.account)).filter((line) => line.state !== "draft");
    box.hidden = !lines.length;
    say(heading, word("queue", { count: lines.length }));
    list.replaceChildren(...lines.map((line) => row(line, page, draw, send)));
  }

  function told(line, outcome) {
    const code = outcome.answer?.code;
    if (outcome.state === "received") say(status, word("sent", { title: line.title, code }));
    if (outcome.state === "signed-out") say(status, word("signed_out"));
    if (outcome.state === "unsent") say(status, word("no_line"));
    if (outcome.state === "refused") say(status, outcome.problem.sentence);
    document.dispatchEvent(new CustomEvent("told", { detail: { line, outcome } }));
    draw();
  }

  const send = (only) => sendAll(page.account, address, told, only);
  draw();
  keepSending(page.account, address, told);
  return { draw, send };
}

function row(line, page, draw, send) {
  const refused = line.state === "refused";
  const said = refused ? `${line.problem.sentence} ${line.problem.remedy}` : word("waits", { time: moment(line.saved) });
  const name = { "aria-label": `${word("send_now")}: ${line.title}` };
  return el(
    "li",
    {},
    el("p", {}, el("strong", {}, line.title), el("br"), said),
    el(
      "p",
      { class: "buttons" },
      refused ? button(word("open_again"), () => reopen(line, page)) : button(word("send_now"), () => send(line.id), name),
      button(word("discard"), async () => {
        if (window.confirm(word("discard_sure", { title: line.title }))) {
          await store.remove(line.id);
          draw();
        }
      }, { "aria-label": `${word("discard")}: ${line.title}` }),
    ),
  );
}

/** Make a refused line a draft again, and open its form. */
async function reopen(line, page) {
  const draft = { ...line, id: store.draftId(line.account, line.form, line.target), state: "draft", problem: null };
  await store.replace(draft, line.id);
  location.assign(page.fill.replace("{form}", encodeURIComponent(line.form)) + (line.target ? `?${line.target}` : ""));
}
