// The list of forms: what is not sent yet stands above it. Without a line it is also shown in place of a page that is not kept.
import { block, el } from "./dom.js";
import { showDrafts } from "./drafts.js";
import { keepPage, markKept } from "./offline.js";
import { showQueue } from "./queue.js";
import { word } from "./words.js";

const page = block("page");
const place = document.getElementById("queue");
const isHere = location.pathname === page.list;
if (!isHere) place.append(el("p", { class: "notice", role: "status" }, word("not_kept_page")));
showQueue(place, page);
showDrafts(place, page);
markKept(page, document.querySelectorAll(".needs a"));
if (isHere) keepPage(page);
