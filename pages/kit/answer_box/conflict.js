// Two people changed the same thing: both versions side by side, with what differs marked, and the person decides.
// Nothing is thrown away: a version that is given up goes into the history (`aside.js`).

import { NAMES } from "./answer.js";
import { setAside } from "./aside.js";
import { clock, el } from "./dom.js";
import { differences, merged } from "./words.js";

/**
 * The panel for one field; `inWords` says a raw value as people read it. Of a table it is for one cell, which has a
 * `name` of its own.
 */
export function conflictPanel(saver, field, inWords, { name = NAMES[field], isText = field !== "owner" } = {}) {
  const { by, at, answer } = saver.server;
  const [mine, theirs] = [saver.mine[field], answer[field] ?? null];
  const isCell = !(field in NAMES);
  // Who saved last in a table may have changed another cell.
  const them = by !== saver.data.me ? by || "A colleague" : isCell ? "Somebody else" : "You, in another window";
  const [myWords, theirWords] = [inWords(field, mine), inWords(field, theirs)];
  const giveUp = (raw, setsAside) => {
    if (setsAside && myWords) setAside(saver.data, NAMES[field] ?? "table", NAMES[field] ? myWords : `${name}: ${myWords}`);
    saver.resolve(field, raw);
  };
  const panel = el("div", { class: "conflict", role: "group", "aria-label": `Two versions of the ${name}` });
  const choose = (words, act) => el("button", { type: "button", onclick: act }, words);
  const editor = isText && [mine, theirs].every((raw) => typeof raw === "string" && raw) ? mergeEditor(saver, field, name, (raw) => giveUp(raw, true)) : null;
  const both = field === "evidence" ? choose("Keep both", () => saver.resolve(field, [...(theirs ?? []), ...(mine ?? [])])) : null;
  const pieces = differences(theirWords, myWords);
  panel.append(
    el("p", {}, `${them} changed the ${name} at ${clock(at)} while you did. Choose; both versions stay in the history.`),
    el("div", { class: "versions" }, version("Yours", pieces, "added"), version(`${them}, ${clock(at)}`, pieces, "removed")),
    el("div", { class: "inline" }, choose("Keep mine", () => giveUp(mine, false)), choose("Use theirs", () => giveUp(theirs, true)), editor ? choose("Edit a merge", () => editor.open()) : both),
  );
  if (editor) panel.append(editor.node);
  return panel;
}

function version(heading, pieces, own) {
  const shown = pieces.filter(([change]) => change === "kept" || change === own);
  const words = shown.map(([change, text]) => (change === "kept" ? document.createTextNode(text) : el("ins", {}, text)));
  const text = el("div", { class: "text", dir: "auto", tabindex: "0", role: "region", "aria-label": heading }, ...words);
  if (!words.length) text.append("(empty)");
  return el("div", { class: "version" }, el("p", { class: "heading", "aria-hidden": "true" }, heading), text);
}

/** Both versions drawn together into one, to be edited before it is saved. What is edited survives a newer version. */
function mergeEditor(saver, field, name, save) {
  const area = el("textarea", { rows: 4, dir: "auto", "aria-label": `Merge of both versions of the ${name}` });
  const done = el("button", { type: "button", onclick: () => save(area.value) }, "Save the merge");
  const back = el("button", { type: "button", class: "quiet", onclick: () => close() }, "Close without saving");
  const node = el("div", { class: "merge", hidden: true }, el("p", { class: "small" }, "Where only one of you changed something, that stands. Where both did, both versions stand one after the other."), area, el("div", { class: "inline" }, done, back));
  const open = () => {
    const started = saver.merging[field];
    area.value = started ?? merged(String(saver.shown[field] ?? ""), saver.mine[field], saver.server.answer[field]);
    saver.merge(field, area.value);
    node.hidden = false;
  };
  const close = () => {
    saver.merge(field, undefined);
    node.hidden = true;
  };
  area.addEventListener("input", () => saver.merge(field, area.value));
  if (saver.merging[field] !== undefined) open();
  return { node, open: () => (open(), area.focus()) };
}
