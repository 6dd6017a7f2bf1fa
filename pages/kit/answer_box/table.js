// A table of words, signs and links. Streamlit's own reads every cell as Markdown, which a table of a hundred rows is too slow for.

import { el, sheet } from "./dom.js";
import { travel } from "./travel.js";

const drawn = new WeakMap();

export default function ({ data, parentElement: root }) {
  const given = JSON.stringify(data);
  if (drawn.get(root) === given) return;
  drawn.set(root, given);
  root.adoptedStyleSheets = [sheet];
  const head = el("tr", {}, ...data.columns.map((column) => el("th", { scope: "col" }, column)));
  const rows = data.rows.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, ...words(cell)))));
  const table = el("table", {}, el("caption", { class: "unseen" }, data.caption), el("thead", {}, head), el("tbody", {}, ...rows));
  // What is wider than the screen is scrolled, by keyboard too.
  root.replaceChildren(el("div", { class: "box table", role: "region", "aria-label": data.caption, tabindex: "0" }, table));
}

function words(cell) {
  if (typeof cell === "string") return [cell];
  if (cell.address) return [el("a", { href: cell.address, onclick: travel }, cell.words)];
  return [el("span", { class: "mark" }, el("span", { class: "symbol", "aria-hidden": "true" }, cell.icon), cell.words)];
}
