// What must be mended before a form can be sent: at the top, each line a link to its question.
import { el } from "./dom.js";
import { word } from "./words.js";

/** Show the summary of questions that are wrong, and go to it. */
export function summarise(place, wrong) {
  place.replaceChildren();
  if (!wrong.length) return;
  const lines = wrong.map((each) => {
    const go = (event) => {
      event.preventDefault();
      document.getElementById(each.id)?.scrollIntoView({ block: "center" });
      each.focus();
    };
    const row = document.getElementById(each.id)?.closest(".row")?.querySelector(".row-title > :first-child");
    const title = row ? `${row.textContent} – ${each.title()}` : each.title();
    return el("li", {}, el("a", { href: `#${each.id}`, on: { click: go } }, title), ` – ${each.wrong()}`);
  });
  const title = el("h2", { id: "summary-title", tabindex: -1 }, word("mend", { count: wrong.length }));
  place.append(el("div", { class: "error", "aria-labelledby": "summary-title", role: "group" }, title, el("ul", {}, ...lines)));
  title.focus();
}
