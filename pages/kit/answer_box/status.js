// The one line that says what became of what was typed.

import { FIELDS } from "./answer.js";
import { clock } from "./dom.js";

const OWN = ["restored", "rated"]; // What the person did here themselves; every other note is the name of a colleague.
const KEPT = "Your text is kept on this device.";
const ONLY_HERE = "Keep this page open: this device has no room to keep your text.";

/** Words for the status line; they begin with "Not saved" whenever the server lacks something. */
export function statusOf(saver) {
  const { server, note } = saver;
  const because = whyNot(saver);
  if (because) return `Not saved: ${because} ${saver.isKept === false ? ONLY_HERE : KEPT}`;
  if (saver.isDirty()) return note === "restored" ? "Restored your unsaved text. Saving…" : "Saving…";
  if (saver.isHeld()) return `${server.by} changed this at ${clock(server.at)}. It shows when you leave the field.`;
  if (note && !OWN.includes(note)) return `${note} changed this. Saved ${clock(server.at)} by ${server.by}`;
  const written = server.by ? `Saved ${clock(server.at)} by ${server.by}` : "";
  return note === "rated" ? ["Your confidence is saved.", written].filter(Boolean).join(" ") : written;
}

/** What keeps the words from being stored; empty if nothing does. */
export function whyNot(saver) {
  const clashes = saver.conflicts();
  const isOfCells = clashes.length > 0 && !clashes.some((field) => FIELDS.includes(field));
  const who = isOfCells && saver.server.by === saver.data.me ? "Somebody else" : saver.server.by;
  if (clashes.length) return `${who} changed this too. Choose a version.`;
  return Object.values(saver.refused)[0] || saver.problem;
}
