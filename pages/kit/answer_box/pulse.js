// The pulse of a screen: it asks the server what is new and who else is here. It draws the strip at the head of the
// screen, and hands colleagues' answers to the boxes they belong to. Only what a new drawing of the screen alone can
// show makes it ask for one. As long as nobody types here its call may wait at the server until there is news
// (`pages/kit/waiting.py`); it is broken off as soon as the screen has something to say. Else it asks every two seconds.

import { el, randomName, say, sheet } from "./dom.js";
import { whenBack } from "./reconnect.js";
import { hearAll, knownRevisions, typingIn } from "./saver.js";
import { travel, travelOn } from "./travel.js";

const PAUSE = 1900; // ms between two questions, and a little more, so that a room full of screens does not ask at once
const SPREAD = 200;
const HIDDEN = 10000; // ms between them while nobody looks at the screen
const PATIENCE = 10000; // ms until a silent server counts as away
const WAITING = 15000; // and if the call waits there
const visit = randomName();
let pulse = null;

export default function ({ data, parentElement: root, setTriggerValue }) {
  if (pulse?.root !== root) {
    pulse?.stop();
    pulse = new Pulse(root);
  }
  pulse.update(data, setTriggerValue);
  const mine = pulse;
  const turn = ++mine.turn;
  return () => {
    if (mine.turn !== turn) return;
    mine.stop();
    if (pulse === mine) pulse = null;
  };
}

window.addEventListener("pagehide", () => pulse?.leave());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && pulse?.soon());
window.addEventListener("mcplan-typing", () => pulse?.soon(300));
window.addEventListener("mcplan-stored", () => pulse?.soon(50));

/**
 * Over HTTP/1.1 a browser has six lines to a server, for all its tabs and for what they save. So of all tabs one at a
 * time may let its call wait. Where the browser has no locks (at an address that is not secure) none does.
 */
function inTurn(isCalm, ask) {
  if (!isCalm || !navigator.locks) return ask(false);
  return navigator.locks.request("mcplan-pulse", { ifAvailable: true }, (lock) => ask(lock !== null));
}

/** For the server that goes on if this one dies (`pages/kit/tab.py`): what is open here, in this tab alone. */
function remember(plan) {
  try {
    sessionStorage.setItem("mcplan_plan", plan);
  } catch {
    // Some browsers keep nothing; then the list of plans leads on.
  }
}

class Pulse {
  constructor(root) {
    root.adoptedStyleSheets = [sheet];
    Object.assign(this, { root, turn: 0, timer: null, due: Infinity, asking: false, waiting: null, stopped: false, mark: "" });
    this.build();
    this.unwatch = whenBack(() => travelOn(this.data.screen) || this.redraw());
    this.soon(500);
  }

  build() {
    this.icon = el("span", { class: "symbol", "aria-hidden": "true" });
    [this.sign, this.span, this.of, this.counts] = [el("strong"), el("strong"), el("span"), el("span")];
    [this.present, this.progress] = [el("p", { class: "small present" }), el("span")];
    this.next = el("a", { class: "next" });
    this.next.addEventListener("click", (event) => this.goNext(event));
    this.badge = el("span", { class: "sign" }, this.icon, this.sign);
    const standing = el("p", { class: "standing" }, this.badge, el("span", {}, this.span, " ", this.of), this.counts);
    const phase = el("p", { class: "standing" }, this.progress, this.next);
    this.frame = el("div", { class: "box strip" }, standing, phase, this.present);
    this.present.textContent = "\u00a0"; // It keeps its line: nothing may move when somebody comes.
    this.root.append(this.frame);
  }

  update(data, setTriggerValue) {
    const older = this.data && data.strip.revision < this.strip.revision;
    Object.assign(this, { data, redraw: () => setTriggerValue("changed", Date.now()), form: data.strip.form });
    if (!older) this.strip = data.strip;
    remember(data.plan);
    this.talk ??= data.talk;
    this.draw();
  }

  draw() {
    const { sign, span, of, counts, progress, next } = this.strip;
    say(this.icon, sign.icon);
    say(this.sign, sign.words);
    this.badge.className = `sign ${sign.colour}`;
    [[this.span, span], [this.of, of], [this.counts, counts], [this.progress, progress ?? ""]].forEach((each) => say(...each));
    this.next.hidden = !next;
    if (!next) return;
    say(this.next, `Next open: ${next.words}`);
    this.next.href = `${next.phase_id}?plan=${encodeURIComponent(this.data.plan)}&question=${encodeURIComponent(next.question_id)}`;
  }

  /** The next open question mostly stands further down on this very screen: no need to open another one. */
  goNext(event) {
    const asked = new CustomEvent("mcplan-go", { detail: this.strip.next.question_id, cancelable: true });
    if (!window.dispatchEvent(asked)) event.preventDefault();
    travel(event);
  }

  drawPresent(present) {
    const here = present.map(({ name, where, question }) => (question ? `${name} (typing, ${where})` : `${name} (${where})`));
    say(this.present, here.length ? `Also here: ${here.join(", ")}` : "Only you are here.");
    window.dispatchEvent(new CustomEvent("mcplan-present", { detail: present }));
  }

  soon(wait = 0) {
    const due = Date.now() + wait;
    if (this.stopped || due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    this.due = Infinity;
    if (this.asking) {
      this.hurry();
      return;
    }
    Object.assign(this, { asking: true, hurried: false });
    const isHidden = document.visibilityState === "hidden";
    const typing = typingIn(this.data.plan);
    let reply = null;
    try {
      reply = await inTurn(!typing && !isHidden, (wait) => this.send({ ...this.known(), typing, wait }));
      if (reply && !reply.waited && !this.stopped) this.hear(reply);
    } finally {
      this.asking = false;
      const pause = reply?.waited || this.hurried ? 0 : isHidden ? HIDDEN : PAUSE;
      this.soon(pause + SPREAD * Math.random());
    }
  }

  /** What the screen shows already. */
  known() {
    return { screen: this.data.screen, revision: this.strip.revision, mark: this.mark, known: knownRevisions(this.data.plan) };
  }

  /** Break off a call that waits: there is something to say. */
  hurry() {
    this.hurried = this.waiting !== null;
    this.waiting?.abort();
  }

  async send(parts) {
    const { plan, token } = this.data;
    const body = JSON.stringify({ plan, token, visit, ...parts });
    const call = new AbortController();
    const late = setTimeout(() => call.abort(), parts.wait ? WAITING : PATIENCE);
    if (parts.wait) this.waiting = call;
    try {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch("/api/pulse", { method: "POST", headers, body, keepalive: Boolean(parts.leave), signal: call.signal });
      if (response.status === 401 || response.status === 404) this.redraw(); // The server has something to say to this person.
      return response.ok ? await response.json() : null;
    } catch {
      return null; // The boxes say themselves that the server is away.
    } finally {
      clearTimeout(late);
      if (parts.wait) this.waiting = null;
    }
  }

  hear({ strip, answers = {}, tables = {}, present, talk, mark }) {
    this.mark = mark;
    this.drawPresent(present);
    if (talk !== undefined && talk !== this.talk) {
      this.talk = talk;
      window.dispatchEvent(new CustomEvent("mcplan-talk", { detail: talk }));
    }
    if (!strip) return;
    hearAll(this.data.plan, answers);
    window.dispatchEvent(new CustomEvent("mcplan-tables", { detail: tables }));
    this.strip = strip;
    this.draw();
    if (strip.form !== this.form) {
      this.form = strip.form;
      this.redraw();
    }
  }

  leave() {
    this.send({ leave: true });
  }

  stop() {
    this.stopped = true;
    this.unwatch();
    clearTimeout(this.timer);
    this.waiting?.abort();
    this.frame.remove();
  }
}
