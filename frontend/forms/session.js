// On every page of somebody who has signed in: before signing out, what is kept in this browser is wiped, and only after
// a warning if something in it has not been sent. What others kept to open forms without a line is wiped at once.
import * as store from "./store.js";

const form = document.querySelector("form[data-account]");

/** Delete what is kept to open forms without a line, but for one account (see offline.js). */
async function forget(exceptOf = null) {
  const own = JSON.stringify([exceptOf]).slice(0, -1);
  const names = window.caches ? await window.caches.keys() : [];
  await Promise.all(names.filter((name) => !name.startsWith(own)).map((name) => window.caches.delete(name)));
}

async function leave(event) {
  event.preventDefault();
  let lines = [];
  await asked("keep-now");
  try {
    lines = await store.of(form.dataset.account);
  } catch {
    // A browser that keeps nothing (a private window) has nothing to lose.
  }
  if (lines.length && !(await isSure(lines.length))) return;
  await asked("leaving");
  if (lines.length) await store.wipe(form.dataset.account);
  await forget();
  const worker = await navigator.serviceWorker?.getRegistration(form.dataset.forms);
  await worker?.unregister();
  form.submit();
}

/** Tell the page, and wait for what it still has to do. */
function asked(event) {
  const detail = [];
  document.dispatchEvent(new CustomEvent(event, { detail }));
  return Promise.all(detail);
}

/** Ask in a dialog of the page; the words are in the form's data. */
function isSure(count) {
  const { warning, stay, lose, list } = form.dataset;
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  text.id = "unsent-warning";
  text.textContent = warning.replace("{count}", count);
  const answers = document.createElement("form");
  answers.method = "dialog";
  const link = document.createElement("a");
  link.href = form.dataset.forms;
  link.textContent = list;
  const [no, yes] = [stay, lose].map((words, value) => {
    const button = document.createElement("button");
    button.value = value ? "lose" : "stay";
    button.className = value ? "second" : "";
    button.textContent = words;
    return button;
  });
  answers.append(no, " ", yes);
  const way = document.createElement("p");
  way.append(link);
  dialog.append(text, way, answers);
  dialog.setAttribute("aria-labelledby", text.id);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "lose");
    });
  });
}

form?.addEventListener("submit", leave);
if (form) forget(form.dataset.account);
