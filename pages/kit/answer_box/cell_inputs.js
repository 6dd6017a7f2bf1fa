// The ways to fill in a cell of a table. Each gives its `node`, the `field` that gets the focus, `read()` (what is in it
// now, as it is sent), `put(raw)` (show a stored value), and `follow(names)` where it offers the rows of other tables.
// To add one, write a function here and name it in `INPUTS` at the foot.

import { inWords, unitOf } from "./cells.js";
import { el } from "./dom.js";
import { steps, words } from "./fields.js";
import { checkboxes, offer } from "./lists.js";

const NONE = "Not chosen yet";
const GONE = "A row that is gone";
const MOST_TEXT = 500;
const MOST_WORDS = 5000;

/** The input of a cell. `id` is its name in the box, `put(raw, how)` hears what is put in. */
export function cellInput(column, id, names, put) {
  return INPUTS[column.kind]({ column, id, names, put });
}

function line({ column, id, put }) {
  return labelled(column, id, words(el("input", { type: "text", id, dir: "auto", autocomplete: "off" }), MOST_TEXT, put));
}

/** What a row was made from: kept as an id, shown in words, and for nobody to change. */
function origin({ column, id }) {
  const field = el("output", { id });
  let kept = "";
  const show = (raw) => {
    kept = raw ?? "";
    field.textContent = inWords(column, kept) || "The team";
  };
  show("");
  return labelled(column, id, { node: field, field, read: () => kept, put: show });
}

function paragraphs({ column, id, put }) {
  return labelled(column, id, words(el("textarea", { rows: 2, id, dir: "auto" }), MOST_WORDS, put));
}

function number({ column, id, put }) {
  const field = el("input", { type: "text", inputmode: "decimal", class: "short", id, autocomplete: "off" });
  field.addEventListener("input", () => put(field.value, { soon: true }));
  const unit = unitOf(column);
  const node = el("div", { class: "inline" }, field, unit ? el("span", { "aria-hidden": "true" }, unit) : null);
  return labelled(column, id, { node, field, read: () => field.value, put: (raw) => (field.value = raw ?? "") }, unit && `, in ${unit}`);
}

function day({ column, id, put }) {
  const field = el("input", { type: "date", class: "short", id });
  // A day that is only half typed reads as empty; sending that would wipe the stored one.
  field.addEventListener("input", () => field.validity.badInput || put(field.value, { soon: true }));
  return labelled(column, id, { node: field, field, read: () => field.value, put: (raw) => (field.value = raw ?? "") });
}

function one({ column, id, put }) {
  const field = el("select", { id });
  offer(field, column.options, NONE);
  field.addEventListener("change", () => put(field.value, { soon: false }));
  const show = (raw) => choose(field, raw, () => offer(field, column.options, NONE));
  return labelled(column, id, { node: field, field, read: () => field.value, put: show });
}

function rowOf({ column, id, names, put }) {
  const field = el("select", { id });
  let rows = names[column.of] ?? [];
  const draw = () => offer(field, rows, rows.length ? NONE : "There are no rows to choose yet", GONE);
  const follow = (fresh) => {
    field.dataset.chosen = field.value;
    rows = fresh[column.of] ?? [];
    draw();
  };
  draw();
  field.addEventListener("change", () => put(field.value, { soon: false }));
  return { ...labelled(column, id, { node: field, field, read: () => field.value, put: (raw) => choose(field, raw, draw) }), follow };
}

function choose(field, raw, draw) {
  field.dataset.chosen = raw ?? "";
  draw();
  delete field.dataset.chosen;
}

function several({ column, put }) {
  const list = checkboxes(column.label, column.options, () => put(list.read(), { soon: false }));
  return { node: group(column, list.parts), field: list.field, read: list.read, put: (raw) => list.show([raw ?? []].flat()) };
}

/** Several rows of another table. The list is made anew when that table has other rows, and keeps what is chosen. */
function rowsOf({ column, names, put }) {
  const node = group(column, []);
  const legend = node.querySelector("legend");
  let [list, offered] = [null, ""];
  const draw = (rows, chosen) => {
    const gone = chosen.filter((id) => !rows.some(([row]) => row === id)).map((id) => [id, GONE]);
    const wanted = [...rows, ...gone];
    if (JSON.stringify(wanted) !== offered) {
      list = checkboxes(column.label, wanted, () => put(list.read(), { soon: false }));
      node.replaceChildren(legend, ...(wanted.length ? list.parts : [el("p", { class: "small" }, "There are no rows to choose yet.")]));
      offered = JSON.stringify(wanted);
    }
    list.show(chosen);
  };
  let rows = names[column.of] ?? [];
  draw(rows, []);
  const follow = (fresh) => draw((rows = fresh[column.of] ?? []), list.read());
  return { node, field: node, read: () => list.read(), put: (raw) => draw(rows, [raw ?? []].flat()), follow };
}

function yesNo({ column, id, put }) {
  const choices = [["", "–", "not answered"], ...column.options];
  const { node, boxes } = steps(id, labelOf(column), choices, () => put(boxes.find((box) => box.checked)?.value ?? "", { soon: false }));
  const show = (raw) => boxes.forEach((box) => (box.checked = box.value === (raw ?? "")));
  show("");
  return { node, field: boxes[0], read: () => boxes.find((box) => box.checked)?.value ?? "", put: show };
}

function labelled(column, id, input, unit = "") {
  const label = el("label", { for: id }, labelOf(column), unit ? el("span", { class: "unseen" }, unit) : null);
  if (column.required) input.field.setAttribute("aria-required", "true");
  return { ...input, node: el("div", {}, label, input.node) };
}

function group(column, parts) {
  return el("fieldset", {}, el("legend", {}, labelOf(column)), ...parts);
}

function labelOf({ label, required }) {
  return required ? `${label} (needed)` : label;
}

const INPUTS = {
  text: line, words: paragraphs, origin, choice: one, choices: several, "yes or no": yesNo,
  number, money: number, percent: number, date: day, row: rowOf, rows: rowsOf,
};
