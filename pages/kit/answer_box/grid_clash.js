// A row that one person took away while another one worked in it: it comes back or stays away, as the person decides.
// What is given up for that goes into the history, like all that is given up.

import { setAside } from "./aside.js";
import { cellField, inWords, isCellOf, isEmpty, rowField } from "./cells.js";
import { clock, el } from "./dom.js";
import { cellsOf } from "./settling.js";

/** A colleague took the row away in which the person put something. */
export function lostPanel(grid, row) {
  const { saver } = grid;
  const mine = () => Object.keys(saver.mine).filter((field) => isCellOf(row, field));
  const bringBack = () => {
    for (const field of cellsOf(saver, row)) if (!(field in saver.mine) && !isEmpty(saver.shown[field])) saver.mine[field] = saver.shown[field];
    know(saver, row);
  };
  const giveUp = () => {
    const words = mine().map((field) => `${grid.sayField(field)}: ${grid.sayRaw(field, saver.mine[field])}`);
    if (words.length) setAside(saver.data, "table", words.join("\n"));
    saver.drop(mine());
    know(saver, row);
  };
  const words = `${whoOf(saver)} took the row “${grid.nameOf(row)}” away at ${clock(saver.server.at)} while you worked in it.`;
  return panel(grid, row, words, [["Bring the row back", bringBack], ["Leave it away", giveUp]]);
}

/** The person took a row away in which a colleague has put something meanwhile. */
export function takenPanel(grid, row) {
  const { saver } = grid;
  const theirs = () => grid.columns.map((column) => [column, saver.server.answer[cellField(row, column.id)]]).filter(([, raw]) => !isEmpty(raw));
  const words = `${whoOf(saver)} changed a row at ${clock(saver.server.at)} that you took away. It now says: `;
  const told = theirs().map(([column, raw]) => `${column.label}: ${inWords(column, raw, grid.names)}`).join("; ");
  const keep = () => saver.drop([rowField(row)]);
  return panel(grid, row, words + told, [["Take it away", () => know(saver, row)], ["Keep the row", keep]]);
}

/** From now on the person knows what is stored of the row. */
function know(saver, row) {
  for (const field of [rowField(row), ...cellsOf(saver, row)]) saver.shown[field] = saver.server.answer[field] ?? null;
}

function whoOf({ server, data }) {
  // Who saved last in a table may have changed another row.
  return server.by === data.me ? "Somebody else" : server.by || "A colleague";
}

function panel(grid, row, words, choices) {
  const decide = (act) => {
    grid.taken = null;
    act();
    grid.saver.decided();
  };
  const buttons = choices.map(([label, act]) => el("button", { type: "button", onclick: () => decide(act) }, label));
  return el("div", { class: "conflict", role: "group", "aria-label": "Two versions of a row" }, el("p", {}, words), el("div", { class: "inline" }, ...buttons));
}
