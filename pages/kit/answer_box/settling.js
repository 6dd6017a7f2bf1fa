// What of the server's version goes into which field, and which fields two people have changed at once.
// Functions on a saver (`saver.js`, where its words are explained).

import { agrees, same } from "./answer.js";
import { isCellOf, placeOf, rowField } from "./cells.js";

/** Let the server's version into every field that the person neither changed nor stands in. */
export function settle(saver) {
  const { server, shown, mine, sent } = saver;
  for (const field of everyField(saver)) {
    const stored = server.answer[field] ?? null;
    if (!(field in mine) && shown[field] === stored) continue; // Mostly: a table has thousands of cells.
    if (field in mine && !saver.pending) {
      if (same(stored, mine[field])) delete mine[field];
      if (same(stored, sent[field])) shown[field] = stored; // It is our own earlier save.
    }
    if (field in mine || isKept(saver, field)) continue;
    if (!saver.view?.isIn(field) || same(shown[field], stored)) shown[field] = stored;
  }
}

/** Fields that both sides changed: these wait for the person. */
export function conflicts(saver) {
  if (saver.pending) return [];
  return Object.keys(saver.mine).filter((field) => clashes(saver, field));
}

/** A colleague's change that waits until the person leaves the field they are in. */
export function isHeld(saver) {
  return everyField(saver).some((field) => !(field in saver.mine) && !same(saver.shown[field], saver.server.answer[field]));
}

/** True if a colleague has taken a row away in which the person is at work. */
export function isLost(saver, row) {
  const { shown, server, mine, view } = saver;
  if (!shown[rowField(row)] || server.answer[rowField(row)]) return false;
  return Object.keys(mine).some((field) => isCellOf(row, field)) || Boolean(view?.isIn(rowField(row)));
}

/** The cells of a row that the person has seen or that are stored. */
export function cellsOf(saver, row) {
  return everyField(saver).filter((field) => isCellOf(row, field));
}

/** What the person has seen of the fields they changed; of a row always all of it, since it goes as a whole. */
export function seen(saver) {
  const rows = new Set(Object.keys(saver.mine).map((field) => placeOf(field)?.row).filter(Boolean));
  const wanted = new Set(Object.keys(saver.mine));
  for (const row of rows) [rowField(row), ...cellsOf(saver, row)].forEach((field) => wanted.add(field));
  return only(saver.shown, [...wanted]);
}

/** What was saved under our name is what the person has seen. */
export function learn(saver, changes, told) {
  for (const field of Object.keys(changes)) {
    const place = placeOf(field);
    const touched = place === null ? [field] : place.column === null ? [field, ...cellsOf(saver, place.row)] : [field, rowField(place.row)];
    for (const each of touched) saver.shown[each] = told.answer[each] ?? null;
  }
}

export function only(values, fields) {
  return Object.fromEntries(fields.filter((field) => field in values).map((field) => [field, values[field]]));
}

function everyField({ server, shown, mine }) {
  return [...new Set([...Object.keys(server.answer), ...Object.keys(shown), ...Object.keys(mine)])];
}

/** True for the cells of a row that the person takes away, or works in while a colleague took it away. */
function isKept(saver, field) {
  const place = placeOf(field);
  return place !== null && ((place.column !== null && rowField(place.row) in saver.mine) || isLost(saver, place.row));
}

function clashes(saver, field) {
  const place = placeOf(field);
  const differs = (each) => !agrees(each, saver.shown[each] ?? null, saver.server.answer[each] ?? null);
  if (place === null) return differs(field);
  return place.column === null ? cellsOf(saver, place.row).some(differs) : isLost(saver, place.row) || differs(field);
}
