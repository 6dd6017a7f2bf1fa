// Small helpers to build the box. What people typed only ever becomes text: nothing here parses HTML.

const address = new URL("answer_box.css", import.meta.url);
export const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(address)).text());

/** An element with attributes, `on…` listeners and children; `null` and `false` leave out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Set the words of an element, and touch it only if they change: a live region speaks on every touch. */
export function say(node, words) {
  if (node.textContent !== words) node.textContent = words;
  const empty = words === "";
  if (node.hidden !== empty && node.getAttribute("role") !== "status") node.hidden = empty;
}

/** A link for people's addresses, or plain text if it is not one of the web. */
export function link(address, words) {
  if (!/^https?:\/\//i.test(address)) return document.createTextNode(words);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}

/** A stretch of a text that was kept, added or removed; the latter two are marked by more than a colour. */
export function pieceNode([change, text]) {
  if (change === "kept") return document.createTextNode(text);
  return el(change === "added" ? "ins" : "del", {}, text);
}

// Made once: a formatter costs more than all it formats.
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** 10:32 today, 2 Mar 10:32 on another day; empty if it is not known. */
export function clock(at) {
  const when = new Date(at);
  if (!at || Number.isNaN(when.valueOf())) return "";
  const isToday = when.toDateString() === new Date().toDateString();
  return isToday ? TIME.format(when) : `${DAY.format(when)} ${TIME.format(when)}`;
}

/** A random name, also where the page is not served over TLS and `randomUUID` is missing. */
export function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
