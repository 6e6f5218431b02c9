// What is needed to open forms without a line: their pages, definitions, lists, and the files of the bundle. The worker
// (worker.js) gives it back. It is kept in one cache, called after the account and the bundle; no other is left beside it.
import { el } from "./dom.js";
import { word } from "./words.js";

const isPossible = "serviceWorker" in navigator && "caches" in window; // not on pages without HTTPS
const FILES = "/bundle/";
const answers = new Map();
let keeping = Promise.resolve();
let isLeaving = false;
document.addEventListener("leaving", ({ detail }) => {
  isLeaving = true;
  detail.push(keeping);
});

/** Fetch what the page of a form needs, and hold the answer until the page is kept. */
export async function fetched(url) {
  const response = await fetch(url);
  if (response.ok && !response.redirected) answers.set(addressOf(url), response.clone());
  return response;
}

/** Keep this page with what it has fetched and will fetch, for as long as it is open. */
export function keepPage(page) {
  if (!isPossible || page.target) return; // what is known of a record or stands in a report is not kept
  navigator.serviceWorker.register(page.worker).catch(() => {}); // a browser may forbid it: then forms open with a line only
  const beside = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((each) => each.href);
  keep(page, [addressOf(location.pathname), ...beside, ...answers.keys()]);
  const isFile = ({ name }) => name.startsWith(location.origin) && name.includes(FILES);
  const watch = new PerformanceObserver((list) => keep(page, list.getEntries().filter(isFile).map(({ name }) => name)));
  watch.observe({ type: "resource", buffered: true });
}

const addressOf = (path) => new URL(path, location.href).href;

function keep(page, urls) {
  keeping = keeping.then(() => put(page, urls)).catch(() => {}); // a full disk, a lost line: the next visit tries again
}

async function put(page, urls) {
  if (isLeaving) return;
  const cache = await caches.open(nameOf(page));
  for (const name of await caches.keys()) if (name !== nameOf(page)) await caches.delete(name);
  const known = new Set((await cache.keys()).map((request) => request.url));
  for (const url of new Set(urls)) {
    if (isLeaving) return;
    if (known.has(url)) continue; // the worker has renewed it
    const response = answers.get(url) ?? (await fetch(url, { redirect: "error" }));
    if (response.ok) await cache.put(url, response);
  }
}

const nameOf = (page) => JSON.stringify([page.account, page.bundle]);

/** Say beside each form of the list whether it opens without a line. */
export async function markKept(page, links) {
  if (!isPossible || !(await caches.has(nameOf(page)))) return;
  const cache = await caches.open(nameOf(page));
  for (const link of links) {
    if (await cache.match(link.href, { ignoreVary: true })) link.after(el("span", { class: "quiet" }, word("opens_offline")));
  }
}
