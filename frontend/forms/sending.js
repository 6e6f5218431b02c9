// The queue: what was finished and not received yet. Sent when it is finished, when the line comes back, and now and then.
import * as store from "./store.js";

const RETRY = 30_000; // milliseconds
const RECEIVED = "received";
const TRANSPORT = new Set([408, 425, 429, 500, 502, 503, 504, 507]); // the same submission may go through later
let busy = Promise.resolve();

/** Send one line. Resolves with { state: "received", answer }, "unsent", "signed-out" or { state: "refused", problem }. */
async function send(line, address) {
  const data = new FormData();
  data.append("xml_submission_file", new Blob([line.xml], { type: "text/xml" }), "submission.xml");
  for (const { name, blob } of line.files) data.append(name, blob, name);
  if (line.edits) data.append("edits", line.edits);
  let response;
  try {
    response = await fetch(address(line.form), {
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" },
      redirect: "error",
    });
  } catch {
    return { state: "unsent" };
  }
  if (response.status === 401) return { state: "signed-out" };
  if (TRANSPORT.has(response.status)) return { state: "unsent" };
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return { state: RECEIVED, answer };
  return answer ? { state: "refused", problem: answer } : { state: "unsent" };
}

/** Send what waits, one after the other; `told` hears of each line what became of it. */
export function sendAll(account, address, told = () => {}, only = null) {
  busy = busy.then(async () => {
    for (const line of await store.of(account)) {
      if (line.state !== "unsent" || (only && line.id !== only)) continue;
      const outcome = await send(line, address);
      if (outcome.state === RECEIVED) await store.remove(line.id);
      if (outcome.state === "refused") await store.put({ ...line, state: "refused", problem: outcome.problem });
      told(line, outcome);
      if (outcome.state === "unsent" || outcome.state === "signed-out") break;
    }
  });
  return busy;
}

/** Keep trying for as long as the page is open. */
export function keepSending(account, address, told) {
  const again = () => navigator.onLine && sendAll(account, address, told);
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  setInterval(again, RETRY);
  return again();
}

function cookie(name) {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
