// Forms without a line: what a form page has kept is given back when it cannot be fetched. Nothing is kept from here but
// a newer copy of what was kept already, so what is kept is decided by the page, which knows whose it is (offline.js).
const LONGEST = 14 * 24 * 3600_000; // milliseconds without having reached the server: as long as a session lasts
const LIST = new URL("./", self.registration.scope).href;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(self.location.origin)) event.respondWith(answer(event));
});

async function answer(event) {
  const { request } = event;
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    const kept = (await found(request.url)) ?? (request.mode === "navigate" && (await found(LIST)));
    if (kept) return kept;
    throw error;
  }
  if (response.ok && !response.redirected) event.waitUntil(renew(request.url, response.clone()));
  return response;
}

/** What is kept under an address, unless it came so long ago that the server would ask for the password by now. */
async function found(address) {
  for (const name of await caches.keys()) {
    const kept = await keptIn(name, address);
    if (kept && Date.now() - Date.parse(kept.headers.get("Date")) < LONGEST) return kept;
    if (kept) await (await caches.open(name)).delete(address, { ignoreVary: true });
  }
  return undefined;
}

async function renew(address, response) {
  for (const name of await caches.keys()) {
    if (await keptIn(name, address)) await (await caches.open(name)).put(address, response.clone());
  }
}

// To open a cache that the page has thrown away meanwhile would bring it back, so it is only looked into.
const keptIn = (name, address) => caches.match(address, { cacheName: name, ignoreVary: true });
