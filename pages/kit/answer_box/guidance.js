// What stands beside the box: why the question is asked, what a good answer holds, and what is at risk while it is open.

import { el, say } from "./dom.js";

/** `parts` are pairs of a heading and a sentence, or a heading and a list of points. */
export function guidance(parts = []) {
  const risk = el("p");
  const flagged = el("div", { class: "flagged" }, el("p", { class: "heading" }, "⚑ At risk while this is open"), risk);
  const node = el("aside", { class: "guidance", "aria-label": "Guidance" }, ...parts.map(([heading, says]) => part(heading, says)), flagged);
  const drawRisk = (sentence = "") => {
    say(risk, sentence);
    flagged.hidden = sentence === "";
  };
  return { node, drawRisk };
}

function part(heading, says) {
  const body = Array.isArray(says) ? el("ul", {}, ...says.map((point) => el("li", {}, point))) : el("p", {}, says);
  return el("div", {}, el("p", { class: "heading" }, heading), body);
}
