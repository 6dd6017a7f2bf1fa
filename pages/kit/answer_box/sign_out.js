// The button to sign out. This device may be shared: what it keeps of the person goes, but not before it was sent or
// they have said that it may.

import { dropAll, findDrafts } from "./drafts.js";
import { el, sheet } from "./dom.js";
import { flushAll } from "./saver.js";

const PAUSE = 1500; // ms that texts on their way get to arrive

export default function ({ data, parentElement: root, setTriggerValue }) {
  if (root.querySelector(".box")) return;
  root.adoptedStyleSheets = [sheet];
  const leave = () => {
    dropAll(data.me);
    setTriggerValue("out", true);
  };
  const button = el("button", { type: "button", onclick: () => ask(data.me, frame, button, leave) }, "Sign out on all devices");
  const frame = el("div", { class: "box" }, button);
  root.append(frame);
}

async function ask(me, frame, button, leave) {
  frame.querySelector(".waiting")?.remove();
  flushAll();
  if (findDrafts(me).length) await new Promise((go) => setTimeout(go, PAUSE));
  const left = findDrafts(me).length;
  if (!left) return leave();
  const words = `${left === 1 ? "One text" : `${left} texts`} on this device could not be saved yet, and would be lost.`;
  const stay = el("button", { type: "button", onclick: () => frame.querySelector(".waiting").remove() }, "Stay");
  const go = el("button", { type: "button", onclick: leave }, "Sign out and lose them");
  frame.append(el("div", { class: "waiting", role: "alert" }, el("p", {}, words), el("div", { class: "inline" }, stay, go)));
}
