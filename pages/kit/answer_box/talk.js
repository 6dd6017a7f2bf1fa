// The threads at a question, or at the plan as a whole. They are loaded when somebody opens them, and follow what
// colleagues say while they are open.

import { el, say, sheet } from "./dom.js";
import { ask, isAway, slipOf, waitingAt } from "./slip.js";
import { SlipArea } from "./slip_area.js";
import { ThreadView } from "./thread.js";
import { uncover } from "./uncover.js";

const AGAIN = 2000; // ms until threads that could not be loaded are asked for again
const talks = new Set();
let counting = false;

// The pulse of the screen says that somebody has commented: one question tells all boxes how many threads there are.
window.addEventListener("mcplan-talk", async () => {
  talks.forEach((talk) => talk.isOpen() && talk.load());
  const [first] = talks;
  if (!first || counting) return;
  counting = true;
  const { status, reply } = await ask({ ...first.data, question: "" }, { act: "counts" });
  counting = false;
  if (status !== 200) return;
  for (const talk of talks) talk.setTalk(...(reply.counts[talk.data.question] ?? [0, 0]));
});

export class Talk {
  /** `fold`: True to keep the threads in a fold with their number, as at a question. */
  constructor(root, data, { fold }) {
    Object.assign(this, { root, data, views: new Map(), team: [], timer: null, loading: false, drawn: "", closed: false });
    root.adoptedStyleSheets = [sheet];
    this.waiting = new Set(waitingAt(data));
    this.threads = el("div", { class: "threads" });
    this.says = el("p", { class: "small", role: "status" });
    this.writing = el("div", { class: "slip" }, this.says);
    const parts = [this.threads, this.writing];
    this.summary = el("summary");
    this.fold = fold ? el("details", {}, this.summary, el("div", { class: "threads" }, ...parts)) : null;
    this.node = el("section", { class: "box talk", "aria-label": "Comments", onfocusout: uncover }, ...(fold ? [this.fold] : parts));
    this.fold?.addEventListener("toggle", () => this.fold.open && this.load());
    this.update(data);
    talks.add(this);
    if (!fold) this.load();
    else if (this.waiting.size || data.open_talk) this.fold.open = true;
  }

  /** The screen was drawn again. The numbers on it may be older than those the pulse has brought. */
  update(data) {
    const told = JSON.stringify(data.talk);
    Object.assign(this, { data });
    if (told !== this.drawn) this.setTalk(data.talk.open, data.talk.total);
    this.drawn = told;
  }

  /** Say how many threads there are, and how many of them are open. */
  setTalk(open, total) {
    say(this.summary, open ? `Comments (${open} open)` : total ? `Comments (${total} settled)` : "Comments");
  }

  isOpen() {
    return this.fold === null || this.fold.open;
  }

  active() {
    return this.root.activeElement;
  }

  async load() {
    clearTimeout(this.timer);
    if (this.loading) {
      this.timer = setTimeout(() => this.load(), AGAIN);
      return;
    }
    this.loading = true;
    if (!this.views.size) say(this.says, "Loading…");
    const { status, reply } = await ask(this.data, { act: "list" });
    this.loading = false;
    if (this.closed || !this.isOpen()) return;
    if (status === 200) return this.hear(reply);
    say(this.says, isAway(status) ? "The comments cannot be loaded now. Trying again." : reply.error);
    if (isAway(status)) this.timer = setTimeout(() => this.load(), AGAIN);
  }

  /** What the server says the threads are now. */
  hear(reply) {
    this.team = reply.team;
    this.setTalk(reply.open, reply.total);
    for (const thread of reply.threads) {
      if (!this.views.has(thread.id)) {
        this.views.set(thread.id, new ThreadView(this, thread));
        this.threads.append(this.views.get(thread.id).node);
      }
      this.views.get(thread.id).update(thread, reply);
    }
    say(this.says, reply.closed || (reply.threads.length ? "" : "Nobody has commented here yet."));
    if (!this.area && !reply.closed) this.openArea();
    if (this.area) this.area.node.hidden = Boolean(reply.closed);
  }

  openArea() {
    const slip = slipOf(this.data, "new", { act: "write" });
    this.area = new SlipArea(slip, { label: "Write a comment", action: "Comment", done: (reply) => this.hear(reply) });
    this.writing.append(this.area.node);
  }

  /** Settle, open again, assign: nothing is typed there, so whoever is told that it failed does it again. */
  async act(parts) {
    const { status, reply } = await ask(this.data, parts);
    if (this.closed) return;
    if (reply.threads) this.hear(reply);
    else this.views.forEach((view) => view.drawFoot(this.team));
    if (status !== 200) say(this.says, `Not stored: ${isAway(status) ? reply.error || "No connection to the server. Try again in a moment." : reply.error}`);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    talks.delete(this);
    this.area?.remove();
    this.views.forEach((view) => view.remove());
    this.node.remove();
  }
}
