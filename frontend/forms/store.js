// Answers that are not sent yet, in IndexedDB: drafts, and finished forms in the queue. Each belongs to one account.
//
// A line is { id, account, form, version, title, target, edits, state, saved, instance, xml, files, files_kept, problem }:
// state is "draft", "unsent" or "refused"; files are [{ name, blob }]; problem is what the server said of a refused one.
const NAME = "kambila-forms";
const LINES = "lines";

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(LINES, { keyPath: "id" }).createIndex("account", "account");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Do something with the store; resolves with the last request's result once the transaction is durable. */
async function within(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(LINES, mode, { durability: "strict" });
      const request = act(transaction.objectStore(LINES));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const get = (id) => within("readonly", (lines) => lines.get(id));
export const put = (line) => within("readwrite", (lines) => lines.put(line));
export const remove = (id) => within("readwrite", (lines) => lines.delete(id));

/** Put one line and remove another, both or neither. */
export const replace = (line, old) =>
  within("readwrite", (lines) => {
    lines.delete(old);
    return lines.put(line);
  });

/** Every line of an account, the oldest first. */
export async function of(account) {
  const found = await within("readonly", (lines) => lines.index("account").getAll(account));
  return found.sort((one, other) => (one.saved < other.saved ? -1 : 1));
}

/** Forget what an account has kept here. */
export async function wipe(account) {
  const lines = await of(account);
  return within("readwrite", (store) => lines.map((line) => store.delete(line.id)).at(-1));
}

/** The id of the draft of a form: one for each account, form, and record or report that it is about. */
export const draftId = (account, form, target) => JSON.stringify([account, form, target]);
