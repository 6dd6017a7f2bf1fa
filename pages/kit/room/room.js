// What the pages of a workshop share. What people typed only ever becomes text: nothing here parses HTML.

/** An element with attributes, `on…` listeners and children; `null` and `false` leave out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== false));
  return node;
}

/** A random name, also where the page is not served over TLS and `randomUUID` is missing. */
export function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Set words, and touch an element only if they change: a live region speaks on every touch. */
export function say(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** Ask the server. Gives {status, reply}; status 0 if it cannot be reached. */
export async function post(address, parts, patience = 8000) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), patience);
  try {
    const answer = await fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(parts),
      signal: gone.signal, cache: "no-store",
    });
    const reply = await answer.json();
    return { status: answer.status, reply };
  } catch {
    return { status: 0, reply: {} };
  } finally {
    clearTimeout(timer);
  }
}

/** Ask again and again: at once when the page is looked at again or the network is back, and never twice at a time. */
export function every(pause, ask) {
  let timer = 0, busy = false, ended = false, again = false;
  const go = async () => {
    clearTimeout(timer);
    if (ended) return;
    if (busy) { again = true; return; }
    busy = true;
    if (!document.hidden) await ask();
    busy = false;
    if (ended) return;
    timer = setTimeout(go, again ? 0 : pause);
    again = false;
  };
  const wake = () => { if (!document.hidden) go(); };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", wake);
  go();
  return {
    now: go,
    end: () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("online", wake);
      window.removeEventListener("pageshow", wake);
    },
  };
}

/** A clock that runs down between two words of the server. */
export class Countdown {
  constructor(show) {
    this.show = show;
    this.ends = null;
    this.timer = setInterval(() => this.tick(), 500);
  }

  set(left) {
    // The server says it anew with every change: small differences are those of the network.
    const ends = left === null || left === undefined ? null : performance.now() + left * 1000;
    if (ends === null || this.ends === null || Math.abs(ends - this.ends) > 1500) this.ends = ends;
    this.tick();
  }

  tick() {
    if (this.ends === null) return this.show("", null);
    const left = Math.round((this.ends - performance.now()) / 1000);
    const whole = Math.max(0, left);
    this.show(left > 0 ? `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}` : "Time is up", left);
  }

  end() {
    clearInterval(this.timer);
  }
}

/** A question on a phone, its guidance folded or open. */
export function asked(view, open) {
  const help = guidance(view.question);
  return [
    el("p", { class: "ask" }, view.question.ask),
    view.question.lines ? el("p", {}, view.question.lines) : null,
    help.length ? el("details", { open }, el("summary", {}, "Guidance"), ...help) : null,
  ].filter(Boolean);
}

/** The guidance of a question. */
export function guidance(question) {
  const parts = [];
  if (question.why) parts.push(el("p", {}, question.why));
  if (question.options.length) parts.push(el("p", { class: "label" }, "The options"), bullets(question.options));
  if (question.good.length) parts.push(el("p", { class: "label" }, "A good answer holds"), bullets(question.good));
  if (question.strong) parts.push(el("p", { class: "label" }, "For example"), el("p", { class: "example" }, question.strong));
  return parts;
}

function bullets(points) {
  return el("ul", {}, points.map((point) => el("li", {}, point)));
}
