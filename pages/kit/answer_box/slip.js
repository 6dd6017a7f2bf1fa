// A comment before the server has it. What is typed lies on this device until its author sends it and the server
// has stored it. A slip outlives its place on the screen: it tries until it arrives.
//
// text      what is in the area now            began     what was in it when it was opened
// parts     what kind of comment it is         pending   what was sent and has no definite reply yet; it is
//                                                        repeated word for word under the same name

import { randomName } from "./dom.js";
import { dropDraft, findDrafts, keepDraft } from "./drafts.js";

const RETRIES = [1000, 2000, 4000, 5000]; // ms between tries; the last one again and again
const PATIENCE = 15000; // ms until a silent server counts as away
const AWAY = "No connection to the server. Trying again.";
const REFUSED = "The server refused it.";
const PREFIX = "comments ";
const slips = new Map();

window.addEventListener("online", () => slips.forEach((slip) => slip.flush()));

/** The slip of a place: the one that is still at work, or a new one that takes over a draft on this device. */
export function slipOf(data, slot, parts, began = "") {
  const name = JSON.stringify([data.me, data.plan, data.question, slot]);
  if (!slips.has(name)) slips.set(name, new Slip(data, slot, parts, began, () => slips.delete(name)));
  slips.get(name).data = data;
  return slips.get(name);
}

/** The places at a question where something waits that was typed and has not arrived. */
export function waitingAt({ me, plan, question }) {
  const start = `${PREFIX}${question} `;
  const found = findDrafts(me).filter((each) => each.plan === plan && each.question.startsWith(start));
  return [...new Set(found.map((each) => each.question.slice(start.length)))];
}

/** Ask the server; status 0 stands for no connection, or for an answer that is not its own. */
export async function ask({ plan, question, token }, parts) {
  try {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ plan, question, token, ...parts });
    const response = await fetch("/api/comments", { method: "POST", headers, body, keepalive: body.length < 20000, signal: AbortSignal.timeout(PATIENCE) });
    const reply = await response.json();
    const understood = !response.ok || Array.isArray(reply.threads) || reply.counts;
    return understood ? { status: response.status, reply } : { status: 0, reply: {} };
  } catch {
    return { status: 0, reply: {} };
  }
}

/** True if the same may be tried again, since the server was only away. */
export function isAway(status) {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

class Slip {
  constructor(data, slot, parts, began, forget) {
    Object.assign(this, { data, slot, parts, began, forget, view: null, text: began, pending: null, flying: false });
    Object.assign(this, { problem: "", reload: false, restored: false, fails: 0, timer: null, draft: null, adopted: null, isKept: true });
    this.restore();
    this.keep();
    if (this.pending) this.flush();
  }

  isDirty() {
    return this.pending !== null || (this.text.trim() !== "" && this.text !== this.began);
  }

  attach(view) {
    this.view = view;
    view.draw();
  }

  detach(view) {
    if (this.view === view) this.view = null;
    this.rest();
  }

  edit(text) {
    Object.assign(this, { text, problem: "", restored: false });
    this.keep();
    this.view?.draw();
  }

  send() {
    if (!this.pending && !this.isDirty()) return;
    this.pending ??= { id: randomName(), ...this.parts, text: this.text };
    Object.assign(this, { problem: "", restored: false });
    this.flush();
  }

  /** Give up what was typed. */
  drop() {
    this.text = this.began;
    this.problem = "";
    this.keep();
    this.rest();
  }

  async flush() {
    clearTimeout(this.timer);
    if (!this.pending || this.flying) return;
    this.flying = true;
    this.keep();
    this.view?.draw();
    const { status, reply } = await ask(this.data, this.pending);
    this.flying = false;
    if (isAway(status)) this.again(reply);
    else this.judge(status, reply);
    this.keep();
    this.view?.draw();
    if (reply.threads) this.view?.heard(reply, status === 200);
    this.rest();
  }

  again(reply) {
    this.fails += 1;
    this.problem = reply.error || AWAY;
    this.timer = setTimeout(() => this.flush(), RETRIES[Math.min(this.fails, RETRIES.length) - 1]);
  }

  judge(status, reply) {
    const { id } = this.pending;
    Object.assign(this, { pending: null, fails: 0, reload: status === 401, problem: status === 200 ? "" : reply.error || REFUSED });
    if (status === 200) this.text = this.began = "";
    // The author now sees the text from their other window: sent once more, this one takes its place.
    if (status === 409) this.parts = { ...this.parts, seen: find(reply, id)?.revision ?? this.parts.seen };
  }

  keep() {
    const { me, plan, question, label } = this.data;
    if (!this.isDirty()) {
      [this.draft, this.adopted].forEach((each) => each && dropDraft(each));
      Object.assign(this, { draft: null, adopted: null });
      return;
    }
    const { text, parts, pending, began } = this;
    const place = question ? `&question=${encodeURIComponent(question)}&talk=open` : "";
    const href = `${location.pathname}?plan=${encodeURIComponent(plan)}${place}`;
    this.draft = keepDraft(me, plan, `${PREFIX}${question} ${this.slot}`, { text, parts, pending, began, href, label: `Comment on “${label}”` });
    this.isKept = this.draft !== null;
  }

  restore() {
    const found = findDrafts(this.data.me, this.data.plan, `${PREFIX}${this.data.question} ${this.slot}`)[0];
    if (!found) return;
    const { text = "", parts = this.parts, pending = null, began = this.began } = found.draft;
    Object.assign(this, { adopted: found, text, parts, pending, began, restored: true });
  }

  rest() {
    if (this.view === null && !this.isDirty()) this.forget();
  }
}

function find({ threads = [] }, id) {
  return threads.flatMap((thread) => thread.comments).find((comment) => comment.id === id);
}
