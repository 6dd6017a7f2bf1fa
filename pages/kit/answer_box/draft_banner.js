// Where text waits that this device has and the server does not: a short list with links, or nothing at all.

import { CHANGED, findDrafts } from "./drafts.js";
import { el, sheet } from "./dom.js";
import { onScreen } from "./saver.js";
import { isOpenForm } from "./typed.js";

const PAUSE = 1000; // ms; what is being saved right now must not flicker up here
const banners = new Map();

window.addEventListener(CHANGED, () => banners.forEach((banner) => banner.soon()));
window.addEventListener("storage", () => banners.forEach((banner) => banner.soon()));

export default function ({ data, parentElement: root }) {
  if (!banners.has(root)) banners.set(root, new Banner(root));
  const banner = banners.get(root);
  banner.data = data;
  banner.soon();
  const turn = ++banner.turn;
  return () => banner.turn === turn && banners.delete(root);
}

class Banner {
  constructor(root) {
    root.adoptedStyleSheets = [sheet];
    Object.assign(this, { root, data: null, turn: 0, timer: null, listed: "[]" });
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE);
  }

  draw() {
    const { me, plan } = this.data;
    const away = findDrafts(me).filter((each) => !onScreen(me, each.plan, each.question) && !isOpenForm(me, each.plan, each.question));
    const found = new Map(away.map((each) => [`${each.plan} ${each.question}`, each]));
    const waiting = [...found.values()].sort((one, other) => (other.plan === plan) - (one.plan === plan));
    const lines = waiting.map(({ draft }) => [draft.label || "A question", draft.href ?? ""]);
    if (JSON.stringify(lines) === this.listed) return;
    this.listed = JSON.stringify(lines);
    this.root.querySelector(".box")?.remove();
    if (lines.length) this.root.append(listOf(lines));
  }
}

function listOf(lines) {
  const items = lines.map(([label, href]) => el("li", {}, /^\/(?!\/)/.test(href) ? el("a", { href }, label) : label));
  const heading = el("strong", {}, "Unsaved text is waiting on this device at:");
  return el("div", { class: "box" }, el("div", { class: "waiting", role: "status" }, heading, el("ul", {}, ...items)));
}
