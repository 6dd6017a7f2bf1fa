// Where text waits that this device has and the server does not: a short list with links, or nothing at all.

import { CHANGED, findDrafts } from "./drafts.js";
import { el, sheet } from "./dom.js";
import { onScreen } from "./saver.js";

const PAUSE = 1000; // ms; what is being typed right now must not flicker up here

export default function ({ data, parentElement: root }) {
  root.adoptedStyleSheets = [sheet];
  let timer = null;
  let listed = "";
  const draw = () => {
    const waiting = findDrafts(data.me).filter(({ plan, question }) => !onScreen(data.me, plan, question));
    const found = [...new Map(waiting.map((each) => [`${each.plan} ${each.question}`, each.draft])).values()];
    if (JSON.stringify(found.map(({ href }) => href)) === listed) return;
    listed = JSON.stringify(found.map(({ href }) => href));
    root.querySelector(".box")?.remove();
    if (found.length) root.append(banner(found));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE);
  };
  for (const [where, what] of [[window, CHANGED], [window, "storage"]]) where.addEventListener(what, soon);
  soon();
  return () => {
    clearTimeout(timer);
    for (const [where, what] of [[window, CHANGED], [window, "storage"]]) where.removeEventListener(what, soon);
  };
}

function banner(found) {
  const items = found.map(({ href, label }) => el("li", {}, href?.startsWith("/") ? el("a", { href }, label || "A question") : label));
  return el("div", { class: "box" }, el("div", { class: "waiting", role: "status" }, el("strong", {}, "Unsaved text is waiting on this device at:"), el("ul", {}, ...items)));
}
