// The Markdown of a form's words. Most forms have none: then a text is one paragraph, and the parser is not fetched.
const MARKS = /[*_#[\]\\~<>&]|`(?!--ODK)|\n\s*\n|(^|\n)\s*([-+]|\d+[.)])\s/;
const OUTPUT = /`(--ODK-OUTPUT-STRING-\d+--)`/; // where an answer stands in a text, as the engine marks it
let parsed = null;

/** Fetch the parser if the words of a definition (XML) need it. */
export async function prepare(definition) {
  const words = new DOMParser().parseFromString(definition, "text/xml").querySelectorAll("value, label, hint");
  if (![...words].some((each) => MARKS.test(each.textContent))) return;
  parsed = (await import("mdast-util-from-markdown")).fromMarkdown;
}

/** The tree (mdast) of a text: what the engine asks for in place of a parser of its own (engine.js). */
export function markdown(text) {
  if (parsed) return parsed(text);
  const parts = text.split(OUTPUT).map((value, index) => ({ type: index % 2 ? "inlineCode" : "text", value }));
  return { type: "root", children: [{ type: "paragraph", children: parts.filter((each) => each.value) }] };
}
