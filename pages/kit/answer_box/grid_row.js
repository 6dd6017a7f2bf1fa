// One row of a table: a line that says what stands in it and what is missing, and a form once somebody opens it.

import { cellInput } from "./cell_inputs.js";
import { cellField, inWords, isEmpty } from "./cells.js";
import { same } from "./answer.js";
import { conflictPanel } from "./conflict.js";
import { el, say } from "./dom.js";
import { isLost } from "./settling.js";

const TOLD = 3; // cells beside the name in the line of a row
const NAMED = ["number", "money", "percent", "date", "yes or no"]; // kinds that say nothing without the name of their column

export class Row {
  constructor(grid, id) {
    Object.assign(this, { grid, id, cells: null, drawn: null });
    [this.name, this.told, this.missing] = [el("strong", { dir: "auto" }), el("span", { dir: "auto" }), el("span", { class: "missing" })];
    this.summary = el("summary", {}, this.name, this.told, this.missing);
    this.details = el("details", { ontoggle: () => this.details.open && this.build() }, this.summary);
    this.node = el("li", {}, this.details);
  }

  get isOpen() {
    return this.details.open;
  }

  /** Open the form, and begin with its first cell. */
  open() {
    this.details.open = true;
    this.build();
    this.cells[0].input.field.focus();
  }

  close() {
    this.details.open = false;
  }

  isIn(column) {
    const active = this.grid.box.root.activeElement;
    if (!this.cells || !active?.matches("textarea, input:not([type=radio], [type=checkbox])")) return false;
    return column === null ? this.details.contains(active) : Boolean(this.cells.find((cell) => cell.column.id === column)?.node.contains(active));
  }

  /** Draw the row, unless it stands there as it was drawn last: a table may have hundreds of rows. */
  draw(isTroubled) {
    const { grid, id } = this;
    const now = [grid.box.data, ...grid.columns.map((column) => grid.cell(id, column))];
    const isSame = !isTroubled && !this.isOpen && this.drawn?.every((raw, place) => raw === now[place]);
    this.drawn = isTroubled ? null : now;
    if (!isSame) this.drawAfresh();
  }

  drawAfresh() {
    const { grid, id } = this;
    const lacks = grid.columns.filter((column) => column.required && isEmpty(grid.cell(id, column))).length;
    const refused = grid.columns.filter((column) => cellField(id, column.id) in grid.saver.refused).length;
    const clashes = this.clashing().length;
    const words = [grid.nameOf(id), this.words(), missingWords(grid.isFilled(id), lacks, refused, clashes)];
    [this.name, this.told, this.missing].forEach((node, place) => say(node, words[place]));
    this.missing.classList.toggle("trouble", refused + clashes > 0);
    if (clashes && !this.isOpen) this.details.open = true;
    if (this.isOpen) this.build();
    if (this.isOpen) this.drawCells();
  }

  words() {
    const { grid, id } = this;
    const said = [];
    for (const column of grid.columns.slice(1)) {
      if (said.length === TOLD) break;
      const words = column.kind === "words" ? "" : inWords(column, grid.cell(id, column), grid.names);
      if (words) said.push(NAMED.includes(column.kind) ? `${column.label}: ${words}` : words);
    }
    return said.join(" · ");
  }

  clashing() {
    const { saver } = this.grid;
    if (!this.grid.columns.some((column) => cellField(this.id, column.id) in saver.mine) || isLost(saver, this.id)) return [];
    const conflicts = saver.conflicts();
    return this.grid.columns.map((column) => cellField(this.id, column.id)).filter((field) => conflicts.includes(field));
  }

  /** The form is made when it is first needed: a table may have hundreds of rows. */
  build() {
    if (this.cells) return;
    const { grid, id } = this;
    const fixed = grid.columns.slice(1).filter((column) => column.fixed && !isEmpty(grid.cell(id, column)));
    this.cells = grid.columns.filter((column) => !column.fixed).map((column) => new Cell(grid, id, column));
    this.take = el("button", { type: "button", class: "quiet", onclick: () => grid.take(id) }, "Take this row away");
    this.named = el("p", { class: "small", hidden: true });
    const heads = fixed.map((column) => el("p", {}, el("strong", {}, `${column.label}: `), inWords(column, grid.cell(id, column), grid.names)));
    const foot = el("div", { class: "foot" }, this.take, this.named);
    this.form = el("div", { class: "form", role: "group" }, ...heads, ...this.cells.map(({ node }) => node), foot);
    this.details.append(this.form);
    this.drawCells();
  }

  drawCells() {
    const { grid, id } = this;
    const isGiven = grid.ready.has(id);
    this.form.setAttribute("aria-label", grid.nameOf(id));
    for (const cell of this.cells) cell.draw();
    say(this.take, isGiven ? "Empty this row" : "Take this row away");
    this.take.hidden = grid.isClosed || (isGiven && !grid.isFilled(id));
    say(this.named, grid.isClosed ? "" : grid.referredTo(id, "This row is named in: "));
  }
}

class Cell {
  constructor(grid, row, column) {
    Object.assign(this, { grid, column, field: cellField(row, column.id), sides: "" });
    const id = `c-${row}-${column.id}`;
    this.input = cellInput(column, id, grid.names, (raw, how) => grid.edit(row, column, raw, how));
    this.row = row;
    this.hint = column.hint ? el("p", { class: "small", id: `hint-${id}` }, column.hint) : null;
    this.error = el("p", { class: "error", id: `error-${id}`, hidden: true });
    this.node = el("div", { class: `cell ${column.kind === "words" ? "wide" : ""}` }, this.input.node, this.hint, this.error);
    this.names = "";
  }

  draw() {
    const { grid, column, input, row, field } = this;
    this.follow();
    const raw = grid.cell(row, column);
    if (!same(input.read(), raw) && !grid.rows.get(row)?.isIn(column.id)) input.put(raw);
    const sentence = grid.saver.refused[field] ?? "";
    say(this.error, sentence);
    input.field.setAttribute("aria-invalid", String(Boolean(sentence)));
    const says = [this.hint?.id, sentence && this.error.id].filter(Boolean).join(" ");
    input.field.setAttribute("aria-describedby", says);
    this.drawClash();
  }

  follow() {
    if (!this.input.follow) return;
    const names = JSON.stringify(this.grid.names[this.column.of] ?? []);
    if (names !== this.names) this.input.follow(this.grid.names);
    this.names = names;
  }

  drawClash() {
    const { grid, field } = this;
    const { saver } = grid;
    const clash = field in saver.mine && !isLost(saver, this.row) && saver.conflicts().includes(field);
    const sides = clash ? JSON.stringify([saver.mine[field], saver.server.answer[field], saver.server.revision]) : "";
    if (this.sides === sides) return;
    this.sides = sides;
    this.node.querySelector(".conflict")?.remove();
    if (clash) this.node.append(conflictPanel(saver, field, (...said) => grid.sayRaw(...said), { name: grid.sayField(field), isText: ["text", "words"].includes(this.column.kind) }));
  }
}

/** What still is to be done in a row, in words; an empty row is no row yet, and lacks nothing. */
function missingWords(isFilled, lacks, refused, clashes) {
  if (clashes) return "two versions: choose one";
  if (refused) return `${refused} ${refused === 1 ? "cell does" : "cells do"} not fit`;
  if (!isFilled) return "nothing yet";
  return lacks ? `${lacks} ${lacks === 1 ? "cell" : "cells"} to fill` : "";
}
