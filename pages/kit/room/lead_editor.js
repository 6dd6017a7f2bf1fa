// The team's answer as it is written beside the proposals; kept as a draft while it is typed, and stored by a commit.

import { el, randomName, say } from "./room.js";

const QUIET = 700;

export class Editor {
  constructor(lead) {
    this.lead = lead;
    this.node = el("section", { class: "editor", hidden: true });
    this.key = "";
    this.commit = null;
    this.revision = 0;
  }

  show(view) {
    const open = view.state === "open" && view.step === "merge" && view.control;
    this.node.hidden = !open;
    if (!open) { this.key = ""; return; }
    const key = JSON.stringify([view.item, view.step]);
    if (key !== this.key) {
      this.key = key;
      this.draw(view);
    } else if (view.draft.revision > this.revision && !this.timer && this.words.value === this.sent) {
      // A co-facilitator has written.
      this.revision = view.draft.revision;
      this.words.value = this.sent = view.draft.text;
    }
    this.base ??= view.answer.revision;
  }

  draw(view) {
    const control = view.control;
    this.item = view.item;
    this.base = view.answer.revision;
    this.revision = view.draft.revision;
    this.timer = 0;
    this.status = el("p", { class: "quiet", role: "status" });
    this.clash = el("div", {});
    const inWords = control.kind === "words";
    if (control.kind === "lines") return this.drawLines(view);
    const start = view.draft.text || (inWords ? view.answer.says : view.answer.note);
    this.words = el("textarea", { rows: inWords ? 8 : 4, "aria-label": inWords ? "The team's answer" : control.note || "In words", oninput: () => this.changed() });
    this.words.value = this.sent = start;
    this.value = drawValue(control, view.answer.value, () => { this.commit = null; });
    const store = el("button", { type: "button", class: "primary", onclick: () => this.store() }, "Store as the team's answer");
    this.node.replaceChildren(...[
      el("h3", {}, "The team's answer"),
      this.value.node,
      inWords ? null : el("p", { class: "label" }, control.note || "In words"),
      this.words, this.status, this.clash, store,
    ].filter(Boolean));
  }

  /** Of a table: one line for each new row, below those that stand in the plan. */
  drawLines(view) {
    const { columns, rows, question } = view.control, link = new URLSearchParams({ plan: this.lead.data.plan, question });
    const there = el("ul", {}), heading = el("p", { class: "label" });
    const column = el("select", { "aria-label": "Column that the lines go into", onchange: () => { this.commit = null; show(); } },
      Object.entries(columns).map(([id, label]) => el("option", { value: id }, label)));
    const show = () => {
      const found = rows[column.value];
      say(heading, found.length ? "In the table already" : "The table is empty so far");
      there.replaceChildren(...found.map((each) => el("li", {}, each)));
    };
    show();
    this.words = el("textarea", { rows: 6, "aria-label": "One line for each new row", oninput: () => this.changed() });
    this.words.value = this.sent = view.draft.text;
    this.value = { read: () => column.value };
    this.node.replaceChildren(
      el("h3", {}, "The team's rows"), heading, there,
      el("p", { class: "label" }, "One line for each new row"), this.words,
      el("p", { class: "line" }, el("span", {}, "Each line goes into"), column),
      el("p", { class: "quiet" }, "The other cells are filled in afterwards, ", el("a", { href: `/table?${link}`, target: "_blank", rel: "noopener" }, "on the table's own sheet"), "."),
      this.status, this.clash, el("button", { type: "button", class: "primary", onclick: () => this.store() }, "Store these rows"));
  }

  take(text) {
    const gap = this.lead.view.control.kind === "lines" ? "\n" : "\n\n";
    this.words.value = this.words.value.trim() ? `${this.words.value.trimEnd()}${gap}${text}` : text;
    this.words.focus();
    this.changed();
  }

  changed() {
    this.commit = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), QUIET);
  }

  /** Keep what was typed; nothing if that is kept already. */
  async flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.key || !this.words || this.words.value === this.sent || this.busy) return;
    this.busy = true;
    const text = this.words.value;
    const { status, reply } = await this.lead.ask("draft", { item: this.item, text, base: this.revision });
    this.busy = false;
    if (status === 200) {
      this.sent = text;
      this.revision = reply.drafted;
      say(this.status, "Draft saved.");
    } else if (status === 409 && reply.draft) {
      // Another facilitator wrote at the same time: theirs goes below, nothing is lost.
      this.revision = reply.draft.revision;
      if (!this.words.value.includes(reply.draft.text)) this.words.value = `${this.words.value}\n\n${reply.draft.text}`;
      say(this.status, "Another facilitator has written here, too. Both texts are here now.");
    } else say(this.status, reply.error || "Not saved yet. It is tried again.");
  }

  async store(base = this.base) {
    const before = this.words.value;
    await this.flush();
    // Another facilitator's words have just come in below: they are looked at before anything is stored.
    if (this.words.value !== before) return;
    const { kind } = this.lead.view.control;
    const changes = kind === "words" ? { value: this.words.value } : kind === "lines" ? { lines: this.words.value, column: this.value.read() } : { value: this.value.read(), note: this.words.value };
    // The same commit sent again, because the reply got lost, is stored once.
    this.commit ??= randomName();
    const { status, reply } = await this.lead.act("commit", { changes, base, seen: this.lead.view.revision, save_id: this.commit });
    if (status === 409 && reply.clash) this.showClash(reply.clash);
    else if (status !== 0) this.commit = null;
  }

  showClash(clash) {
    this.commit = null;
    this.clash.replaceChildren(
      el("div", { class: "clash", role: "alert" },
        el("p", { class: "label" }, `${clash.by} has just changed this answer in the plan to:`),
        el("p", { class: "words" }, clash.says || "(nothing)"),
        el("p", { class: "label" }, "What storing yours would change in it:"),
        el("p", { class: "words" }, clash.parts.map(([how, text]) => how === "kept" ? text : el(how === "added" ? "ins" : "del", {}, text))),
        el("button", { type: "button", onclick: () => { this.base = clash.revision; this.clash.replaceChildren(); this.take(clash.says); } }, "Put theirs below ours"),
        el("button", { type: "button", onclick: () => { this.base = clash.revision; this.clash.replaceChildren(); this.store(clash.revision); } }, "Store ours; theirs stays in the history")));
  }
}

/** What is picked or put in beside the words, and how to read it. */
function drawValue(control, value, changed) {
  if (control.kind === "pick") {
    const picks = new Set(typeof value === "string" ? [value] : value?.picks || []), name = randomName();
    const boxes = Object.entries(control.options).map(([id, label]) => {
      const input = el("input", { type: control.many ? "checkbox" : "radio", name, value: id, checked: picks.has(id), onchange: changed });
      return [input, el("label", { class: "option" }, input, ` ${label}`)];
    });
    return {
      node: el("fieldset", {}, el("legend", {}, control.many ? "Pick what holds" : "Pick one"), ...boxes.map((each) => each[1])),
      read: () => ({ picks: boxes.filter(([input]) => input.checked).map(([input]) => input.value), other: value?.other || "" }),
    };
  }
  if (control.kind === "words") return { node: null, read: () => null };
  const isMoney = control.kind === "money";
  const field = el("input", { value: isMoney ? value?.amount ?? "" : value ?? "", "aria-label": control.unit || "Value", oninput: changed });
  const currency = isMoney ? el("select", { "aria-label": "Currency", onchange: changed }, control.currencies.map((each) => el("option", { selected: each === value?.currency }, each))) : null;
  return {
    node: el("p", { class: "line" }, field, currency, control.unit ? ` ${control.unit}` : ""),
    read: () => isMoney ? { amount: field.value, currency: currency.value } : field.value,
  };
}
