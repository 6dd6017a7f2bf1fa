// A table in the box: a compact list of rows, each of which opens as a form. Cells are saved one by one (`cells.js`), so
// two people can work in a table at once. Where the rows are many, only the first ones are shown until somebody asks.

import { cellField, fieldsOf, inWords, isCellOf, isEmpty, placeOf, rowField, withCell, withoutRow } from "./cells.js";
import { el, randomName, say } from "./dom.js";
import { Row } from "./grid_row.js";
import { lostPanel, takenPanel } from "./grid_clash.js";
import { isLost } from "./settling.js";

const AT_FIRST = 20; // rows
const NOBODY = "A row without a name";

/** The table of a box, as one of its controls. */
export function grid(control, name, put, box) {
  return new Grid(control, name, box);
}

class Grid {
  constructor(control, name, box) {
    Object.assign(this, { box, columns: control.columns, most: control.most, rows: new Map(), added: [], all: false, taken: null });
    this.ready = new Map(control.ready.map((row) => [row.id, row]));
    this.list = el("ol", { class: "rows", "aria-label": name });
    this.more = el("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.showAll() });
    this.button = el("button", { type: "button", onclick: () => this.add() }, "Add a row");
    this.full = el("p", { class: "small", hidden: true });
    this.gone = el("span", { role: "status" });
    this.undo = el("button", { type: "button", hidden: true, onclick: () => this.bringBack() }, "Undo");
    this.clashes = el("div", { class: "items" });
    const { plan, question } = box.data;
    const sheet = `table?plan=${encodeURIComponent(plan)}&question=${encodeURIComponent(question)}`;
    const foot = el("div", { class: "inline" }, this.button, el("a", { href: sheet }, "Open as a sheet"), this.gone, this.undo);
    this.node = el("div", { class: "grid", role: "group", "aria-label": name }, this.list, this.more, this.clashes, foot, this.full);
    this.panels = new Map();
  }

  get saver() {
    return this.box.saver;
  }

  /** Where one begins. */
  get field() {
    return this.button.hidden ? (this.list.querySelector("summary") ?? this.button) : this.button;
  }

  get names() {
    return this.box.data.rows_of ?? {};
  }

  get isClosed() {
    return Boolean(this.box.data.closed);
  }

  /** A table is drawn from the fields of the saver, never from one value. */
  put() {}

  /** An older version of the table comes back as a whole: what was put into single cells goes. */
  clear() {
    this.saver.drop(Object.keys(this.saver.mine).filter((field) => placeOf(field)));
    this.added = [];
  }

  draw() {
    const { saver } = this;
    const whole = saver.mine.value === undefined ? null : fieldsOf(saver.mine.value, this.columns);
    this.base = whole ?? saver.shown;
    const ids = this.ids();
    const troubled = this.troubled();
    const shown = this.all ? ids : ids.filter((id, place) => place < AT_FIRST || this.rows.get(id)?.isOpen || troubled.has(id));
    this.place(shown);
    for (const id of shown) this.rows.get(id).draw(troubled.has(id));
    this.more.hidden = shown.length === ids.length;
    say(this.more, shown.length < ids.length ? `Show all ${ids.length.toLocaleString("en")} rows` : "");
    this.drawFoot(ids);
    this.drawClashes();
  }

  /** The rows from top to bottom: ready-made ones, stored ones, and those that the person has just added. */
  ids() {
    const { mine } = this.saver;
    const stored = Object.keys(this.base).filter((field) => this.base[field] === true && placeOf(field)).map((field) => placeOf(field).row);
    const typed = Object.keys(mine).map(placeOf).filter((place) => place?.column).map(({ row }) => row);
    const all = new Set([...this.ready.keys(), ...stored, ...typed, ...this.added]);
    return [...all].filter((id) => mine[rowField(id)] !== null || this.ready.has(id));
  }

  /** The rows in which something is not stored yet, or was refused. */
  troubled() {
    const { refused, mine } = this.saver;
    return new Set([...Object.keys(refused), ...Object.keys(mine)].map((field) => placeOf(field)?.row).filter(Boolean));
  }

  /** Put the rows into their order without touching one that stands right: a node that moves loses the focus. */
  place(ids) {
    const wanted = new Set(ids);
    for (const [id, row] of this.rows) {
      if (wanted.has(id)) continue;
      row.node.remove();
      this.rows.delete(id);
    }
    let next = this.list.firstChild;
    for (const id of ids) {
      if (!this.rows.has(id)) this.rows.set(id, new Row(this, id));
      const { node } = this.rows.get(id);
      if (node === next) next = next.nextSibling;
      else this.list.insertBefore(node, next);
    }
  }

  drawFoot(ids) {
    const isFull = ids.length >= this.most + this.ready.size;
    // Where the names of the rows are given there are no others.
    Object.assign(this.button, { hidden: this.isClosed || this.columns[0].fixed, disabled: isFull });
    say(this.full, isFull ? `There is room for ${this.most.toLocaleString("en")} rows. Keep the rest in a spreadsheet and add it as evidence.` : "");
    const { taken } = this;
    const done = this.ready.has(taken?.id) ? "emptied" : "taken away";
    say(this.gone, taken ? `“${taken.name}” is ${done}.${this.referredTo(taken.id, " It is still named in: ")}` : "");
    this.undo.hidden = !taken;
  }

  /** What other tables name a row, at the end of a sentence; empty if none does. */
  referredTo(id, words) {
    const tables = this.box.data.referred?.[id] ?? [];
    return tables.length ? `${words}${tables.join("; ")}` : "";
  }

  /** Rows that one took away while another one worked in them. */
  drawClashes() {
    const conflicts = this.saver.conflicts().map(placeOf).filter(Boolean);
    const found = new Map();
    for (const { row, column } of conflicts) {
      if (column === null) found.set(row, takenPanel);
      else if (isLost(this.saver, row)) found.set(row, lostPanel);
    }
    const sides = JSON.stringify([...found.keys(), this.saver.server.revision]);
    if (this.clashes.dataset.sides === sides) return;
    this.clashes.dataset.sides = sides;
    this.clashes.replaceChildren(...[...found].map(([row, panel]) => panel(this, row)));
  }

  cell(row, column) {
    const { mine } = this.saver;
    const field = cellField(row, column.id);
    if (column.fixed) return this.ready.get(row)?.[column.id] ?? null;
    if (mine[rowField(row)] === null) return null;
    return (field in mine ? mine[field] : this.base[field]) ?? null;
  }

  nameOf(row) {
    return inWords(this.columns[0], this.cell(row, this.columns[0]), this.names) || NOBODY;
  }

  /** True if somebody has put something into the row. */
  isFilled(row) {
    return this.columns.some((column) => !column.fixed && !isEmpty(this.cell(row, column)));
  }

  /** True while the person is typing in a cell, or for a row in one of its cells, so that it may not change. */
  isIn(field) {
    const place = placeOf(field);
    return Boolean(place && this.rows.get(place.row)?.isIn(place.column));
  }

  edit(row, column, raw, how) {
    const { saver } = this;
    this.taken = null;
    if ("value" in saver.mine) return saver.edit("value", withCell(saver.mine.value, this.columns, row, column.id, raw), how);
    if (rowField(row) in saver.mine) this.emptyCells(row);
    const wasFilled = this.isFilled(row);
    saver.edit(cellField(row, column.id), raw, how);
    // A row that has just been emptied is stored no longer, and must not go away under the hands of who empties it.
    if (wasFilled && !this.isFilled(row) && !this.added.includes(row)) this.added.push(row);
  }

  /** A row that was just taken away is typed into again: from now on it is there, with empty cells. */
  emptyCells(row) {
    const { mine } = this.saver;
    this.saver.drop([rowField(row)]);
    for (const { id, fixed } of this.columns) if (!fixed && !isEmpty(this.base[cellField(row, id)])) mine[cellField(row, id)] = null;
  }

  add() {
    this.taken = null;
    const id = `r-${randomName().slice(0, 16)}`;
    this.added.push(id);
    this.draw();
    this.rows.get(id).open();
  }

  showAll() {
    this.all = true;
    const next = this.list.children.length;
    this.draw();
    this.list.children[next]?.querySelector("summary").focus();
  }

  /** Open the row that a link leads to, and give it; undefined if it is not there any more. */
  reveal(id) {
    if (!this.rows.has(id) && this.ids().includes(id)) this.showAll();
    const row = this.rows.get(id);
    if (row) row.details.open = true;
    return row;
  }

  take(row) {
    const { saver } = this;
    const cells = Object.fromEntries(this.columns.filter(({ fixed }) => !fixed).map((column) => [column.id, this.cell(row, column)]));
    this.taken = { id: row, name: this.nameOf(row), cells };
    this.added = this.added.filter((id) => id !== row);
    this.rows.get(row)?.close();
    if ("value" in saver.mine) saver.edit("value", withoutRow(saver.mine.value, this.columns, row), { soon: false });
    else {
      saver.drop(Object.keys(saver.mine).filter((field) => isCellOf(row, field)));
      saver.edit(rowField(row), null, { soon: false });
    }
    this.undo.focus();
  }

  bringBack() {
    const { saver, taken } = this;
    this.taken = null;
    saver.drop([rowField(taken.id)]);
    this.added.push(taken.id);
    for (const column of this.columns.filter(({ id }) => !isEmpty(taken.cells[id]))) this.edit(taken.id, column, taken.cells[column.id], { soon: false });
    this.draw();
    this.rows.get(taken.id).summary.focus();
  }

  /** What is wrong with one of the cells, for the foot of the table; empty if nothing is. */
  refused() {
    const { refused } = this.saver;
    const field = Object.keys(refused).find((each) => placeOf(each));
    return field ? `“${this.nameOf(placeOf(field).row)}”: ${refused[field]}` : "";
  }

  /** A cell by its name, for a sentence about it. */
  sayField(field) {
    const { row, column } = placeOf(field);
    return `${this.columnOf(column).label} of “${this.nameOf(row)}”`;
  }

  sayRaw(field, raw) {
    return inWords(this.columnOf(placeOf(field).column), raw, this.names);
  }

  columnOf(id) {
    return this.columns.find((column) => column.id === id);
  }

  /** All of a table in words, as two versions of it are compared. */
  sayWhole(value) {
    const fields = fieldsOf(value, this.columns);
    const lines = Object.keys(fields).filter((field) => !placeOf(field).column).map((field) => {
      const { row } = placeOf(field);
      const cells = this.columns.map((column) => [column, column.fixed ? this.cell(row, column) : fields[cellField(row, column.id)]]);
      return cells.filter(([, raw]) => !isEmpty(raw)).map(([column, raw]) => `${column.label}: ${inWords(column, raw, this.names)}`).join("; ");
    });
    return lines.join("\n");
  }
}
