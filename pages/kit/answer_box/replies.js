// What a reply to a save means. One function a reply; the table at the foot says which status is which.

import { same, snapshotOf } from "./answer.js";
import { cellField, placeOf, rowField } from "./cells.js";
import { learn } from "./settling.js";

const REFUSED = "The server refused it.";
const PATIENT_CLASHES = 3; // Saves that a colleague overtook in a row, after which we wait a moment.

/** Take in the reply to `save`; status 0 stands for no connection. */
export function judge(saver, save, status, reply) {
  const understood = status !== 200 && status !== 409 ? true : typeof reply.revision === "number";
  const meaning = understood ? (MEANINGS[status] ?? (status >= 400 && status < 500 ? refused : away)) : away;
  meaning(saver, save, reply);
}

function stored(saver, save, reply) {
  // Whoever only says how sure they are has not written the answer; that it is stored they have to read all the same.
  const note = Object.keys(save.changes).join() === "confidence" ? "rated" : "";
  Object.assign(saver, { pending: null, fails: 0, clashes: 0, problem: "", note, hasStored: true });
  const told = snapshotOf(reply, saver.data.control);
  learn(saver, save.changes, told);
  for (const [field, raw] of Object.entries(save.changes)) {
    delete saver.sent[field];
    if (same(saver.mine[field], raw)) delete saver.mine[field];
  }
  saver.accept(told);
  saver.schedule();
  window.dispatchEvent(new Event("mcplan-stored"));
}

function overtaken(saver, save, reply) {
  saver.pending = null;
  saver.fails = 0;
  saver.clashes += 1;
  saver.problem = "";
  saver.accept(snapshotOf(reply, saver.data.control));
  // What only one of us changed goes straight on top of what the other one stored.
  saver.schedule(saver.clashes > PATIENT_CLASHES ? 1000 * Math.random() : 0);
}

function doesNotFit(saver, save, reply) {
  saver.pending = null;
  saver.fails = 0;
  const culprits = culpritsOf(saver, save, reply);
  for (const [field, sentence] of culprits) {
    if (same(saver.mine[field], save.changes[field])) saver.refused[field] = sentence;
  }
  if (!culprits.length) Object.assign(saver, { halted: true, problem: reply.error || REFUSED });
  saver.settle();
  saver.schedule(0);
}

/** The fields of a save that do not fit, each with a sentence: of a table its cells, or the rows that were added to a full one. */
function culpritsOf(saver, save, { field, cells = [], error = REFUSED }) {
  const found = cells.map(([row, column, sentence]) => [cellField(row, column), sentence]);
  const isNew = (each) => placeOf(each) !== null && !saver.server.answer[rowField(placeOf(each).row)];
  const added = field === "rows" ? Object.keys(save.changes).filter(isNew).map((each) => [each, error]) : [[field, error]];
  return (found.length ? found : added).filter(([each]) => each in save.changes);
}

function tooOld(saver) {
  Object.assign(saver, { pending: null, fails: 0, halted: true, reload: true });
  saver.problem = "This page has been open for too long. Reload it, please.";
  saver.settle();
}

function refused(saver, save, reply) {
  Object.assign(saver, { pending: null, fails: 0, halted: true, problem: reply.error || REFUSED });
  saver.settle();
}

function away(saver, save, reply) {
  saver.fails += 1;
  saver.problem = reply.error || "No connection to the server. Trying again.";
  saver.again();
}

const MEANINGS = { 200: stored, 409: overtaken, 422: doesNotFit, 401: tooOld, 0: away, 408: away, 429: away };
