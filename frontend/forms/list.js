// The list of forms: what is not sent yet stands above it.
import { block } from "./dom.js";
import { showDrafts } from "./drafts.js";
import { showQueue } from "./queue.js";

const page = block("page");
const place = document.getElementById("queue");
showQueue(place, page);
showDrafts(place, page);
