// What is typed into the fields of a form that Streamlit draws. Streamlit hears of it when the field is left and forgets
// it with the visit, so it is kept on this device while it is typed, and comes back into its field until it is stored.

import { dropDraft, findDrafts, keepDraft } from "./drafts.js";
import { el, say, sheet } from "./dom.js";

const PREFIX = "form ";
const PAUSE = 800; // ms without a key before the server hears of what was typed
const FIELDS = "textarea, input[type=text]:not([role=combobox])";
const forms = new Map();

/** True if the form is on the screen, which then shows itself what waits. */
export function isOpenForm(me, plan, question) {
  return [...forms.values()].some(({ data }) => me === data.me && plan === data.plan && question === PREFIX + data.form);
}

export default function ({ data, parentElement: root }) {
  if (!forms.has(root)) forms.set(root, new Form(root));
  const form = forms.get(root);
  const turn = ++form.turn;
  form.update(data);
  return () => {
    if (form.turn !== turn) return;
    form.close();
    forms.delete(root);
  };
}

class Form {
  constructor(root) {
    root.adoptedStyleSheets = [sheet];
    Object.assign(this, { turn: 0, data: null, draft: null, kept: {}, began: {}, placed: new Set(), timers: new Map() });
    this.says = el("p", { class: "small", role: "status" });
    root.append(el("div", { class: "box" }, this.says));
    this.ears = new AbortController();
    document.addEventListener("input", (event) => this.hear(event.target), { signal: this.ears.signal, capture: true });
    // Fields come and go with what is chosen above them, and those of a popover stand elsewhere in the page.
    this.watch = new MutationObserver(() => this.soon());
    this.watch.observe(document.body, { childList: true, subtree: true });
  }

  update(data) {
    const isFirst = this.data === null;
    this.data = data;
    if (isFirst) this.take();
    // What was typed before one's own last move went with it.
    if (this.number() < data.mine) this.forget();
    for (const [slot, text] of Object.entries(data.stored)) if (this.kept[slot] === text) this.drop(slot);
    this.restore();
    if (isFirst) this.catchUp();
  }

  /** Hear what was typed before this script was here, over a slow line. */
  catchUp() {
    const field = document.activeElement;
    const slot = field?.matches(FIELDS) ? this.slotOf(field) : "";
    if (slot && !(slot in this.kept) && field.value !== (this.data.stored[slot] ?? "")) this.hear(field);
  }

  take() {
    const [found] = findDrafts(this.data.me, this.data.plan, PREFIX + this.data.form);
    this.draft = found ?? null;
    Object.assign(this, { kept: found?.draft.texts ?? {}, began: found?.draft.began ?? {} });
  }

  number() {
    return this.draft?.draft?.number ?? this.data.number;
  }

  soon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.restore(), 100);
  }

  slotOf(field) {
    const name = field.closest("[class*=st-key-]")?.className.match(/st-key-([\w-]+)/)?.[1] ?? "";
    const slot = this.data.numbered ? name.replace(/-\d+$/, "") : name;
    return this.data.fields.some((prefix) => slot.startsWith(prefix)) ? slot : "";
  }

  hear(field) {
    if (!(field instanceof Element) || !field.matches(FIELDS)) return;
    const slot = this.slotOf(field);
    if (!slot) return;
    this.placed.add(slot);
    this.kept[slot] = field.value;
    if (!(slot in this.began)) this.began[slot] = this.data.stored[slot] ?? "";
    this.keep();
    clearTimeout(this.timers.get(slot));
    if (this.data.sends) this.timers.set(slot, setTimeout(() => send(field), PAUSE));
  }

  keep() {
    const { me, plan, form, label, number } = this.data;
    if (!Object.keys(this.kept).length) return this.forget();
    const old = this.draft;
    const body = { texts: this.kept, began: this.began, number, label, href: location.pathname + location.search };
    const kept = keepDraft(me, plan, PREFIX + form, body);
    this.draft = kept && { ...kept, draft: body };
    if (kept && old && old.key !== kept.key) dropDraft(old);
  }

  drop(slot) {
    delete this.kept[slot];
    delete this.began[slot];
    this.keep();
  }

  forget() {
    if (this.draft) dropDraft(this.draft);
    Object.assign(this, { draft: null, kept: {}, began: {} });
    this.placed.clear();
  }

  /** Put what was typed back into fields that show what they showed then; where that has changed, say what was typed. */
  restore() {
    const there = new Set();
    const apart = [];
    for (const field of document.querySelectorAll(FIELDS)) {
      const slot = this.slotOf(field);
      if (!slot || !(slot in this.kept)) continue;
      there.add(slot);
      if (this.placed.has(slot) || field.value === this.kept[slot]) continue;
      if (field.value !== (this.began[slot] ?? "")) {
        apart.push(this.kept[slot]);
        continue;
      }
      this.placed.add(slot);
      put(field, this.kept[slot]);
      send(field);
    }
    const waits = Object.keys(this.kept).some((slot) => !there.has(slot) && this.kept[slot]);
    const words = [
      waits ? "What you had typed here is kept on this device, and comes back when you open its field again." : "",
      apart.length ? `It was changed elsewhere since you typed: ${apart.join(" · ")}` : "",
    ];
    say(this.says, words.filter(Boolean).join(" "));
  }

  close() {
    this.ears.abort();
    this.watch.disconnect();
    clearTimeout(this.later);
  }
}

/** Put words into a field of React's, which hears of nothing else. */
function put(field, words) {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, words);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Let Streamlit send what is in a field, as Ctrl+Enter does; the focus stays where it is. */
function send(field) {
  // React takes in what was put before it hears of the key.
  setTimeout(() => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true, cancelable: true })), 0);
}
