// What was typed and is not stored on the server yet, kept on this device until the server has it.
//
// Each opened page writes drafts of its own (`writer`), so that two tabs never overwrite each other's
// words. A page that opens a question takes over whatever draft it finds for it.

import { randomName } from "./dom.js";

const PREFIX = "mcplan-draft ";
const writer = randomName();
export const CHANGED = "mcplan-drafts-changed";

/** The drafts of a person on this device, newest first; of one question, or of all. */
export function findDrafts(me, plan = null, question = null) {
  const found = [];
  for (const key of keys()) {
    const [person, itsPlan, itsQuestion] = parse(key.slice(PREFIX.length)) ?? [];
    const text = localStorage.getItem(key);
    const draft = parse(text);
    const fits = person === me && (plan === null || (itsPlan === plan && itsQuestion === question));
    if (fits && draft) found.push({ key, text, draft, plan: itsPlan, question: itsQuestion });
  }
  return found.sort((one, other) => other.draft.at - one.draft.at);
}

/** Keep a draft; returns what was written, or null if this device has no room or allows none. */
export function keepDraft(me, plan, question, draft) {
  const key = PREFIX + JSON.stringify([me, plan, question, writer]);
  const text = JSON.stringify({ ...draft, at: Date.now() });
  try {
    localStorage.setItem(key, text);
  } catch {
    return null;
  }
  tell();
  return { key, text };
}

/** Forget a draft, unless somebody has written another one in its place since. */
export function dropDraft({ key, text }) {
  try {
    if (localStorage.getItem(key) === text) localStorage.removeItem(key);
  } catch {
    return; // The device forbids storage, so nothing lies there.
  }
  tell();
}

/** Forget all drafts of a person on this device. */
export function dropAll(me) {
  for (const { key } of findDrafts(me)) localStorage.removeItem(key);
  tell();
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function tell() {
  window.dispatchEvent(new Event(CHANGED));
}
