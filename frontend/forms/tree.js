// The form as the engine has it, drawn: groups, repeats, questions. After each change what is shown is compared with the
// engine's state and mended where they differ; nothing else holds state.
import { button, el, say } from "./dom.js";
import { note, question } from "./question.js";
import { formatted } from "./text.js";
import { word } from "./words.js";

/** The view of a node: { element, update(), questions() }; null for what is never shown. */
function viewOf(node, form, depth) {
  if (node.nodeType === "group") return group(node, form, depth);
  if (node.nodeType.startsWith("repeat-range")) return repeat(node, form, depth);
  if (node.nodeType === "model-value") return null;
  if (node.nodeType === "note") return { ...note(node), questions: () => [] };
  const view = question(node, form);
  return { ...view, questions: () => (node.currentState.relevant ? [view] : []) };
}

/** The children of a node, kept in step with the engine. */
export class Children {
  constructor(node, form, depth, element) {
    Object.assign(this, { node, form, depth, element, views: new Map() });
  }

  update() {
    const nodes = this.node.currentState.children;
    const kept = new Map();
    for (const each of nodes) {
      const known = this.views.has(each.nodeId) ? this.views.get(each.nodeId) : viewOf(each, this.form, this.depth);
      kept.set(each.nodeId, known);
      if (known && !this.views.has(each.nodeId)) this.element.append(known.element);
    }
    for (const [id, view] of this.views) if (!kept.has(id)) view?.element.remove();
    this.views = kept;
    for (const view of kept.values()) view?.update();
  }

  questions() {
    return [...this.views.values()].flatMap((view) => view?.questions() ?? []);
  }
}

const titled = (depth) => el(`h${Math.min(depth, 6)}`);

function group(node, form, depth) {
  const title = titled(depth);
  const element = el("section", { class: "group" }, title);
  const children = new Children(node, form, node.currentState.label ? depth + 1 : depth, element);
  function update() {
    element.hidden = !node.currentState.relevant;
    if (element.hidden) return;
    formatted(title, node.currentState.label);
    title.hidden = !node.currentState.label;
    children.update();
    element.hidden = !shows(node);
  }
  return { element, update, questions: () => (node.currentState.relevant ? children.questions() : []) };
}

/** Whether there is anything to see in a group: one that only computes is not shown. */
const shows = (node) =>
  node.currentState.hasRelevantBodyNodes ?? node.currentState.children.some((each) => each.nodeType !== "model-value" && each.currentState.relevant);

function repeat(node, form, depth) {
  const title = titled(depth);
  const rows = el("div", {});
  const isOurs = node.nodeType === "repeat-range:uncontrolled";
  const add = button(word("add"), () => insert());
  const element = el("section", { class: "group repeat" }, title, rows, isOurs ? add : null);
  let views = new Map();

  function insert() {
    node.addInstances(node.currentState.children.length - 1);
    form.changed();
    form.refresh();
    [...views.values()].at(-1)?.focus();
  }
  function take(instance) {
    node.removeInstances(node.currentState.children.indexOf(instance));
    form.changed();
    form.refresh();
    add.focus();
  }
  function update() {
    element.hidden = !node.currentState.relevant;
    if (element.hidden) return;
    const label = node.currentState.label?.asString || word("rows");
    say(title, label);
    say(add, word("add_to", { title: label }));
    const kept = new Map();
    node.currentState.children.forEach((each) => {
      const known = views.get(each.nodeId) ?? row(each, form, depth + 1, isOurs && (() => take(each)));
      kept.set(each.nodeId, known);
      if (!views.has(each.nodeId)) rows.append(known.element);
    });
    for (const [id, view] of views) if (!kept.has(id)) view.element.remove();
    views = kept;
    [...views.values()].forEach((view, index) => view.update(label, index + 1));
  }
  return { element, update, questions: () => (node.currentState.relevant ? [...views.values()].flatMap((view) => view.questions()) : []) };
}

function row(node, form, depth, take) {
  const title = titled(depth);
  title.tabIndex = -1;
  const body = el("div", {});
  const remove = take ? button(word("remove"), take, { class: "plain" }) : null;
  const element = el("section", { class: "row" }, el("div", { class: "row-title" }, title, remove), body);
  const children = new Children(node, form, depth + 1, body);
  function update(label, number) {
    say(title, `${number}. ${label}`);
    remove?.setAttribute("aria-label", `${word("remove")}: ${number}. ${label}`);
    children.update();
  }
  return { element, update, questions: () => children.questions(), focus: () => title.focus() };
}
