// Everything that was ever said to a question, loaded when somebody opens it: who, when, what changed, and a way back.

import { clock, el, pieceNode, say } from "./dom.js";

/** The fold with the history of a box; `restore` puts an older version into the box, as an edit like any other. */
export function historyOf(box) {
  const summary = el("summary", {}, "History");
  const list = el("div", { class: "items" });
  const more = el("button", { type: "button", class: "quiet", hidden: true, onclick: () => load(false) }, "Show older versions");
  const says = el("p", { class: "small", "aria-live": "polite" });
  const node = el("details", { class: "history" }, summary, list, says, more);
  let below = 0;
  let shown = -1;
  const load = async (afresh) => {
    say(says, "Loading…");
    const reply = await fetchHistory(box.data, afresh ? 0 : below);
    say(says, reply ? "" : "The history cannot be loaded now. Close this and open it again in a moment.");
    if (!reply) return;
    const items = reply.steps.map((step, place) => stepNode(box, step, afresh && place === 0));
    const aside = (reply.aside ?? []).map(asideNode);
    if (afresh) list.replaceChildren(...aside, ...items);
    else list.append(...items);
    if (afresh && !items.length) say(says, "Nothing was ever said here.");
    below = reply.below;
    more.hidden = !below;
  };
  const follow = (revision) => {
    say(summary, revision ? `History (${revision} ${revision === 1 ? "version" : "versions"})` : "History");
    if (node.open && shown !== revision) load(true);
    shown = node.open ? revision : -1;
  };
  node.addEventListener("toggle", () => follow(box.saver.server.revision));
  return { node, follow };
}

async function fetchHistory({ plan, question, token }, below) {
  try {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ plan, question, token, below });
    const response = await fetch("/api/history", { method: "POST", headers, body, signal: AbortSignal.timeout(10000) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function stepNode(box, step, isNow) {
  const saves = step.saves > 1 ? ` · ${step.saves} saves` : "";
  const heading = el("p", { class: "heading" }, `${step.by}, ${clock(step.at)}`, el("span", { class: "small" }, ` · ${step.stage}${saves}${isNow ? " · stands now" : ""}`));
  const words = el("div", { class: "text", dir: "auto", tabindex: "0", role: "region", "aria-label": `Version of ${step.by}, ${clock(step.at)}` }, ...step.pieces.map(pieceNode));
  if (!step.pieces.length) words.append("(no words)");
  const also = step.also.map((line) => el("p", { class: "small" }, line));
  const restore = el("button", { type: "button", onclick: () => box.restore(step) }, "Restore this");
  return el("div", { class: "step" }, heading, words, ...also, isNow || box.data.closed ? null : el("div", { class: "inline" }, restore));
}

function asideNode({ by, at, field, text }) {
  const heading = el("p", { class: "heading" }, `${by}, ${clock(at)}`, el("span", { class: "small" }, ` · set aside for a colleague's ${field}`));
  const words = el("div", { class: "text", dir: "auto", tabindex: "0", role: "region", "aria-label": `Set aside by ${by}, ${clock(at)}` }, text);
  return el("div", { class: "step" }, heading, words);
}
