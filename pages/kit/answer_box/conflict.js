// Two people changed the same thing: both versions side by side, and the person decides. Nothing is thrown away before.

import { NAMES } from "./answer.js";
import { clock, el } from "./dom.js";

/** The panel for one field; `inWords` says a raw value as people read it. */
export function conflictPanel(saver, field, inWords) {
  const { by, at, answer } = saver.server;
  const [mine, theirs] = [saver.mine[field], answer[field]];
  const them = by === saver.data.me ? "You, in another window" : by || "A colleague";
  const mixed = merge(field, mine, theirs);
  const choose = (words, raw) => el("button", { type: "button", onclick: () => saver.resolve(field, raw) }, words);
  return el(
    "div",
    { class: "conflict", role: "group", "aria-label": `Two versions of the ${NAMES[field]}` },
    el("p", {}, `${them} changed the ${NAMES[field]} at ${clock(at)} while you did. Choose; nothing is lost until you do.`),
    el("div", { class: "versions" }, version("Yours", inWords(field, mine)), version(`${them}, ${clock(at)}`, inWords(field, theirs))),
    el("div", { class: "inline" }, choose("Keep mine", mine), choose("Use theirs", theirs), mixed === null ? null : choose("Edit a merge", mixed)),
  );
}

function version(heading, text) {
  return el("div", { class: "version" }, el("p", { class: "heading", "aria-hidden": "true" }, heading), el("div", { class: "text", dir: "auto", tabindex: "0", role: "region", "aria-label": heading }, text || "(empty)"));
}

/** Both versions in one, to be edited; null where two cannot stand in one field. */
function merge(field, mine, theirs) {
  if (typeof mine === "string" && typeof theirs === "string" && mine && theirs && field !== "owner") return `${mine}\n\n${theirs}`;
  if (field === "evidence") return [...(theirs ?? []), ...(mine ?? [])];
  return null;
}
