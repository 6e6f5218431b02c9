// The engine's side: a form is loaded, and begun, gone on with, or opened to be corrected.
import { loadForm } from "@getodk/xforms-engine";

const SUBMISSION = "xml_submission_file";

/** The form of a definition (XML). `attachment(name)` gives the response for a file that the form names. */
export async function load(definition, attachment) {
  const form = await loadForm(definition, {
    fetchFormAttachment: (url) => attachment(decodeURIComponent(url.pathname.split("/").pop())),
    missingResourceBehavior: "BLANK",
  });
  if (form.status === "failure") throw form.error;
  return form;
}

/** What the engine is told of the person who fills in, and how it names files. */
const configured = (page) => ({
  preloadProperties: { deviceID: "browser", username: page.account },
  instanceAttachments: { fileNameFactory: () => null },
});

/** Begin anew. */
export const begin = (form, page) => form.createInstance(configured(page)).root;

/** Go on with what was kept: { xml, files }. */
export async function resume(form, page, { xml, files }) {
  const data = new FormData();
  data.set(SUBMISSION, new File([xml], SUBMISSION, { type: "text/xml" }));
  for (const { name, blob } of files) data.set(name, new File([blob], name, { type: blob.type }));
  return (await form.restoreInstance({ data: [data] }, configured(page))).root;
}

/** Correct a report: its submission, with the files that lie on the server. */
export async function correct(form, page, { xml, files }) {
  const attachments = new Map(files.map(({ name, url }) => [name, () => fetch(url)]));
  const input = { inputType: "FORM_INSTANCE_INPUT_RESOLVABLE", resolveInstance: () => xml, attachments };
  return (await form.editInstance(input, configured(page))).root;
}

/** Speak the language of the page, where the form does. */
export function speak(root, language) {
  const found = root.languages.find((each) => each.locale?.language === language || tag(each.language) === language);
  if (found && found !== root.currentState.activeLanguage) root.setLanguage(found);
}

/** "Français (fr)" is fr. */
const tag = (name) => /\((\w+)[-\w]*\)\s*$/.exec(name)?.[1] ?? name;

/** The answers as they stand: { xml, instance, deprecated }. */
export function written(root) {
  const xml = root.instanceState.instanceXML;
  const found = (name) => new RegExp(`<(?:\\w+:)?${name}>([^<]+)<`).exec(xml)?.[1] ?? "";
  return { xml, instance: found("instanceID"), deprecated: found("deprecatedID") };
}

/** The files that were added in this browser; those that lie on the server already are named in `known`. */
export function filesOf(node, known) {
  const found = [];
  const walk = (each) => {
    const file = each.nodeType === "upload" && each.currentState.relevant ? each.currentState.value : null;
    if (file && !known.has(each.currentState.instanceValue)) found.push({ name: each.currentState.instanceValue, blob: file });
    for (const child of each.currentState.children ?? []) walk(child);
  };
  walk(node);
  return found;
}
