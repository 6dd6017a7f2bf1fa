// Texts that somebody gave up for a colleague's version, on their way into the history. They wait on this
// device until the server has them.

import { randomName } from "./dom.js";

const PREFIX = "mcplan-aside ";
const AGAIN = 5000; // ms between tries
const tokens = new Map();
const memory = new Map(); // Where the device allows no storage.

/** Keep a text that was given up; `data` is that of its box. */
export function setAside(data, field, text) {
  const parts = { plan: data.plan, question: data.question, field: field.replaceAll(" ", "-"), text };
  const key = PREFIX + JSON.stringify([data.me, data.plan, randomName()]);
  try {
    localStorage.setItem(key, JSON.stringify(parts));
  } catch {
    memory.set(key, JSON.stringify(parts));
  }
  sendAside(data);
}

/** Send what waits of a person in a plan, with the token of a box that is on the screen. */
export async function sendAside({ me, plan, token }) {
  tokens.set(plan, token);
  for (const [key, text] of waiting(me, plan)) {
    if (!(await sent(text, tokens.get(plan)))) {
      setTimeout(() => sendAside({ me, plan, token: tokens.get(plan) }), AGAIN);
      return;
    }
    memory.delete(key);
    localStorage.removeItem(key);
  }
}

function waiting(me, plan) {
  const kept = [...Object.entries(localStorage), ...memory.entries()];
  return kept.filter(([key]) => {
    if (!key.startsWith(PREFIX)) return false;
    const [person, itsPlan] = JSON.parse(key.slice(PREFIX.length));
    return person === me && itsPlan === plan;
  });
}

/** True if it need not be sent again: it has arrived, or never will. */
async function sent(text, token) {
  const body = JSON.stringify({ ...JSON.parse(text), token });
  try {
    const headers = { "Content-Type": "application/json" };
    const { status } = await fetch("/api/aside", { method: "POST", headers, body, keepalive: body.length < 60000 });
    return status === 200 || status === 400 || status === 404;
  } catch {
    return false;
  }
}
