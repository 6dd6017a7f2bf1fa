// The evidence items of an answer: always open for typing, so that there is no "save" to forget.

import { el, link } from "./dom.js";

const PARTS = [
  ["title", "Title", "text"],
  ["link", "Link", "url"],
  ["on", "Date", "date"],
  ["note", "Note", "text"],
];

/** The list of items as one control; `counted` is told how many there are. */
export function evidence(put, counted) {
  const rows = [];
  const list = el("div", { class: "items" });
  const read = () => rows.map((row) => row.read()).filter((item) => Object.values(item).some((part) => part.trim()));
  const tell = (how) => {
    counted(read().length);
    put(read(), how);
  };
  const grow = () => {
    const row = evidenceRow(tell, () => {
      rows.splice(rows.indexOf(row), 1);
      row.node.remove();
      add.focus();
      tell({ soon: false });
    });
    rows.push(row);
    list.append(row.node);
    return row;
  };
  const add = el("button", { type: "button", class: "quiet", onclick: () => grow().field.focus() }, "Add evidence");
  const show = (raw) => {
    const items = raw ?? [];
    while (rows.length > items.length) rows.pop().node.remove();
    while (rows.length < items.length) grow();
    rows.forEach((row, place) => row.put(items[place]));
    counted(items.length);
  };
  return { node: el("div", {}, list, add), field: add, read, put: show };
}

function evidenceRow(tell, remove) {
  const inputs = Object.fromEntries(PARTS.map(([part, label, type]) => [part, el("input", { type, "aria-label": label, placeholder: label, dir: "auto", autocomplete: "off" })]));
  const open = el("span", { class: "open" });
  const follow = () => open.replaceChildren(inputs.link.value ? link(inputs.link.value, "Open the link") : "");
  for (const input of Object.values(inputs)) {
    input.addEventListener("input", () => {
      follow();
      if (!input.validity.badInput || input.type === "url") tell({ soon: true });
    });
  }
  const button = el("button", { type: "button", class: "quiet", onclick: remove }, "Remove");
  const node = el("div", { class: "item", role: "group", "aria-label": "Evidence item" }, ...Object.values(inputs), open, button);
  const read = () => Object.fromEntries(Object.entries(inputs).map(([part, input]) => [part, input.value]));
  const show = (item) => {
    for (const [part, input] of Object.entries(inputs)) if (input.value !== (item[part] ?? "")) input.value = item[part] ?? "";
    follow();
  };
  return { node, field: inputs.title, read, put: show };
}
