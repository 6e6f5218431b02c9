// Our own words: Django's gettext writes them into a data block of the page.
import { block } from "./dom.js";

const words = block("words") ?? {};

/** The sentence of a key, with its places ({name}) filled. */
export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** A moment as people write it in the language of the page. */
export function moment(iso) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  return format.format(new Date(iso));
}
