// An answer as the box holds it, and when two of its values are the same to a reader.

import { fieldsOf } from "./cells.js";

export const FIELDS = ["value", "note", "stage", "owner", "confidence", "evidence", "not_applicable"];
export const NAMES = {
  value: "answer", note: "note", stage: "stage", owner: "owner", confidence: "confidence",
  evidence: "evidence", not_applicable: "reason why it does not apply",
};

/** What the server says, from the first drawing (fields on top) or a reply (fields under `answer`). */
export function snapshotOf(told, control) {
  const from = told.answer ?? told;
  const answer = Object.fromEntries(FIELDS.map((field) => [field, from[field] ?? null]));
  if (control.type === "pick" && typeof answer.value === "string") {
    answer.value = { picks: [answer.value], other: "" };
  }
  if (control.type === "grid") Object.assign(answer, fieldsOf(answer.value, control.columns));
  const { revision, by, at, state = {}, others = "", risk = "" } = told;
  return { revision, by, at, state, others, risk, answer };
}

/** True if a reader could not tell the two apart: 1450 and "1450", null and an empty line. */
export function same(one, other) {
  if (one === other) return true; // Mostly they are, and a table has thousands of cells.
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

/** True if a field says the same to both. The first words make a draft of a blank answer: nobody decided that. */
export function agrees(field, one, other) {
  return field === "stage" ? Math.max(one, 1) === Math.max(other, 1) : same(one, other);
}

function plain(raw) {
  if (Array.isArray(raw)) return raw.length ? raw.map(plain) : "";
  if (raw === null || typeof raw !== "object") return String(raw ?? "");
  const filled = Object.keys(raw).sort().map((name) => [name, plain(raw[name])]).filter(([, part]) => part !== "");
  return filled.length ? filled : "";
}
