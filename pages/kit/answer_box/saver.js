// Brings one answer to the server and back. It outlives the box on the screen: whoever goes to another
// screen while the server is away leaves a saver behind that tries until the words are stored.
//
// server   what the server said last            shown   what the person saw there when they began to type
// mine     what they put in since, by field     sent    what was last sent, by field
// pending  a save without a definite reply yet; it is repeated word for word under the same name

import { FIELDS, same, snapshotOf } from "./answer.js";
import { inRows, placeOf } from "./cells.js";
import { randomName } from "./dom.js";
import { dropDraft, findDrafts, keepDraft } from "./drafts.js";
import { judge } from "./replies.js";
import { conflicts, isHeld, only, seen, settle } from "./settling.js";
import { whyNot } from "./status.js";

const PAUSE = 600; // ms without a key before what was typed is sent
const LONGEST = 4000; // ms after which it is sent although somebody types on
const RETRIES = [1000, 2000, 4000, 5000]; // ms between tries; the last one again and again
const PATIENCE = 15000; // ms until a silent server counts as away
const KEEPALIVE = 60000; // bytes a browser sends on behalf of a page that is gone

const TYPING = 6000; // ms after the last key for which somebody still counts as typing

// On a bad network one part of the page may come from another address than the rest, as a module of its own: all share these.
const savers = (window[Symbol.for("mcplan savers")] ??= new Map());
let typed = { plan: "", question: "", at: 0 };

/** The saver of a question: the one that is still at work, or a new one that takes over drafts on this device. */
export function saverOf(data) {
  const name = JSON.stringify([data.me, data.plan, data.question]);
  if (savers.has(name)) savers.get(name).update(data);
  else savers.set(name, new Saver(data, () => savers.delete(name)));
  return savers.get(name);
}

/** True if a box for the question is on the screen, which then says itself what is not saved. */
export function onScreen(...name) {
  return Boolean(savers.get(JSON.stringify(name))?.view);
}

/** The revision of each answer of a plan that is on the screen. */
export function knownRevisions(plan) {
  return Object.fromEntries(boxed(plan).map((saver) => [saver.data.question, saver.server.revision]));
}

/** Take in answers of a plan that are newer than those on the screen, by question. */
export function hearAll(plan, answers) {
  for (const saver of boxed(plan)) {
    const told = answers[saver.data.question];
    if (told && told.revision > saver.server.revision) saver.hear(snapshotOf(told, saver.data.control));
    if (told) saver.view.draw();
  }
}

/** The question of a plan that the person is typing in right now; empty if they are not. */
export function typingIn(plan) {
  return typed.plan === plan && Date.now() - typed.at < TYPING ? typed.question : "";
}

function boxed(plan) {
  return [...savers.values()].filter(({ data, view }) => view && data.plan === plan && !data.bare);
}

/** Send what is left of every answer: the page is about to go. */
function leavePage() {
  for (const saver of savers.values()) saver.flush({ leaving: true });
}
/** Send what waits, now. */
export function flushAll() {
  savers.forEach((saver) => saver.flush());
}

window.addEventListener("pagehide", leavePage);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leavePage());
window.addEventListener("online", flushAll);

class Saver {
  constructor(data, forget) {
    Object.assign(this, { data, forget, view: null, later: null, draft: null, adopted: null, pending: null });
    Object.assign(this, { mine: {}, sent: {}, refused: {}, merging: {}, problem: "", reload: false, note: "" });
    Object.assign(this, { timer: null, since: 0, fails: 0, clashes: 0, flying: false, halted: false, hasStored: false });
    this.server = snapshotOf(data, data.control);
    this.shown = { ...this.server.answer };
    this.restore();
    this.settle();
    this.keep();
  }

  attach(view) {
    this.view = view;
    this.settle();
    view.draw();
    if (this.isDirty()) this.schedule(0);
  }

  detach(view) {
    if (this.view !== view) return; // Another box has taken over already.
    this.view = null;
    this.settle();
    this.flush();
    this.rest();
  }

  /** The screen was drawn again. What it says may be older than the last reply. */
  update(data) {
    const renewed = data.token !== this.data.token;
    this.data = data;
    const told = snapshotOf(data, data.control);
    if (told.revision > this.server.revision) this.hear(told);
    else if (told.revision === this.server.revision) Object.assign(this.server, { state: told.state, others: told.others, risk: told.risk });
    if (this.reload && renewed) Object.assign(this, { reload: false, halted: false, problem: "" });
    if (this.fails || (renewed && this.isDirty())) this.flush();
    this.view?.draw();
  }

  /** The person put something in; `soon` is for what is typed, the rest is sent at once. */
  edit(field, raw, { soon = true } = {}) {
    this.mine[field] = raw;
    delete this.refused[field];
    this.note = "";
    if (!this.pending && same(raw, this.shown[field])) delete this.mine[field];
    if (!this.reload) Object.assign(this, { halted: false, problem: this.fails ? this.problem : "" });
    this.settle();
    this.keep();
    this.view?.draw();
    if (!this.fails) this.schedule(soon ? PAUSE : 0);
    const was = typingIn(this.data.plan);
    typed = { plan: this.data.plan, question: this.data.bare ? "" : this.data.question, at: Date.now() };
    if (was !== typed.question) window.dispatchEvent(new Event("mcplan-typing"));
  }

  /** The person left a field. */
  leave() {
    this.settle();
    this.view?.draw();
    this.flush();
  }

  /** True if nothing was ever put in here since the page was opened. */
  isUntouched() {
    return !this.hasStored && !this.isDirty() && !this.note && !whyNot(this);
  }

  isDirty() {
    return this.pending !== null || Object.keys(this.mine).length > 0;
  }

  /** Fields that both sides changed: these wait for the person. */
  conflicts() {
    return conflicts(this);
  }

  /** A colleague's change that waits until the person leaves the field they are in. */
  isHeld() {
    return isHeld(this);
  }

  /** What somebody is making of both versions of a field; undefined once they have stopped. */
  merge(field, raw) {
    if (raw === undefined) delete this.merging[field];
    else this.merging[field] = raw;
    this.keep();
  }

  /** End a conflict: from now on the person knows their colleague's version, and `raw` is theirs. */
  resolve(field, raw) {
    delete this.sent[field];
    delete this.merging[field];
    this.shown[field] = this.server.answer[field] ?? null;
    this.mine[field] = raw;
    this.decided();
    this.view?.put(field, raw);
    this.view?.draw();
  }

  /** The person has decided something: store it. */
  decided() {
    this.settle();
    this.keep();
    this.view?.draw();
    this.schedule(0);
  }

  /** Forget what the person put into some fields and what was wrong with it. */
  drop(fields) {
    for (const field of fields) for (const kept of [this.mine, this.sent, this.refused, this.merging]) delete kept[field];
  }

  flush({ leaving = false } = {}) {
    clearTimeout(this.timer);
    Object.assign(this, { timer: null, since: 0 });
    if (this.halted || (this.flying && !leaving)) return;
    if (this.pending === null || this.flying) {
      const changes = this.unsent();
      const nothingNew = Object.keys(changes).length === 0 || (this.flying && same(changes, this.pending.changes));
      if (nothingNew) return;
      // While one save is on its way and the page goes, the next one counts on it having arrived.
      const base = this.flying ? this.pending.base + 1 : this.server.revision;
      this.pending = { save_id: randomName(), base, changes };
      this.sent = { ...this.sent, ...changes };
    }
    this.keep();
    this.send(this.pending, leaving);
  }

  unsent() {
    const conflicts = this.conflicts();
    const ready = Object.entries(this.mine).filter(([field]) => !conflicts.includes(field) && !(field in this.refused));
    return Object.fromEntries(ready);
  }

  async send(save, leaving) {
    this.flying = true;
    this.view?.draw();
    const { plan, question, token, url } = this.data;
    const body = JSON.stringify({ plan, question, token, ...save, changes: inRows(save.changes) });
    const keepalive = (leaving || this.fails === 0) && new TextEncoder().encode(body).length < KEEPALIVE;
    const headers = { "Content-Type": "application/json" };
    let status = 0;
    let reply = {};
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(url, { method: "POST", headers, body, keepalive, signal });
      [status, reply] = [response.status, await response.json().catch(() => ({}))];
    } catch {
      status = 0; // No connection, or no reply in time: whether it was stored is not known.
    }
    if (save !== this.pending) return; // A later save, sent while the page was leaving, has replaced it.
    this.flying = false;
    judge(this, save, status, reply);
    this.keep();
    this.view?.draw();
    this.rest();
  }

  /** Something newer than what we know; while a save is on its way it may be that save, so it waits. */
  hear(told) {
    if (this.pending) {
      this.later = told;
      return;
    }
    // An answer of the same time has only been given another confidence.
    if (told.by && told.by !== this.data.me && told.at !== this.server.at) this.note = told.by;
    this.accept(told);
  }

  accept(told) {
    this.server = told;
    if (this.later && this.later.revision > told.revision) [this.server, this.later] = [this.later, null];
    this.settle();
  }

  /** Let the server's version into every field that the person neither changed nor stands in. */
  settle() {
    settle(this);
  }

  again() {
    const pause = RETRIES[Math.min(this.fails, RETRIES.length) - 1];
    this.timer = setTimeout(() => this.flush(), pause);
  }

  schedule(pause = PAUSE) {
    if (Object.keys(this.unsent()).length === 0 && !this.pending) return;
    const now = Date.now();
    this.since ||= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(0, Math.min(pause, this.since + LONGEST - now)));
  }

  /** Write the draft, or forget it once there is nothing that the server does not have. */
  keep() {
    const { me, plan, question, label } = this.data;
    if (this.isDirty()) {
      const { mine, pending, merging } = this;
      const [sent, shown] = [only(this.sent, Object.keys(mine)), seen(this)];
      const href = this.draft?.href ?? this.adopted?.draft.href ?? location.pathname + location.search;
      const kept = keepDraft(me, plan, question, { mine, sent, pending, shown, merging, label, href });
      this.isKept = kept !== null;
      this.draft = kept && { ...kept, href };
      return;
    }
    if (this.draft) dropDraft(this.draft);
    if (this.adopted) dropDraft(this.adopted);
    Object.assign(this, { draft: null, adopted: null });
  }

  restore() {
    const found = findDrafts(this.data.me, this.data.plan, this.data.question)[0];
    if (!found) return;
    const { mine = {}, sent = {}, pending = null, shown = {}, merging = {} } = found.draft;
    const isKnown = (field) => FIELDS.includes(field) || placeOf(field) !== null;
    const known = Object.keys(mine).filter(isKnown);
    Object.assign(this, { adopted: found, sent, pending, merging, note: "restored", mine: only(mine, known) });
    Object.assign(this.shown, only(shown, Object.keys(shown).filter(isKnown)));
  }

  rest() {
    if (this.view === null && !this.isDirty()) this.forget();
  }
}
