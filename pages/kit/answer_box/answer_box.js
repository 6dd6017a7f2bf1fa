// The boxes of some questions: everything people put in for them, saved while they type.
//
// Streamlit calls the default function again whenever the screen is drawn again, and what it returns when
// the boxes are gone. A call that a newer one has overtaken may be cleaned up later than the newer one began.

import { FIELDS, same, snapshotOf } from "./answer.js";
import { sendAside } from "./aside.js";
import { conflictPanel } from "./conflict.js";
import { clock, el, say, sheet } from "./dom.js";
import { evidence } from "./evidence.js";
import { CONTROLS, owner, steps, words } from "./fields.js";
import { grid } from "./grid.js";
import { guidance } from "./guidance.js";
import { historyOf } from "./history.js";
import { saverOf } from "./saver.js";
import { statusOf } from "./status.js";
import { Talk } from "./talk.js";
import { uncover } from "./uncover.js";

const STAGES = [["1", "Drafted"], ["2", "Agreed"], ["3", "Evidenced"]];
const SURE = [["", "–", "not given"], ["1", "1", "a guess"], ["2", "2"], ["3", "3"], ["4", "4"], ["5", "5", "sure"]];
const LOOKS = [0, 100, 300, 700, 1500]; // ms after which a box that a link leads to is brought into view again
const WAYS = { ...CONTROLS, grid };
const sets = new WeakMap();

export default function ({ data, parentElement: root }) {
  if (!sets.has(root)) sets.set(root, new BoxSet(root));
  const set = sets.get(root);
  const turn = ++set.turn;
  set.draw(data.sections);
  return () => {
    if (set.turn !== turn) return;
    set.draw([]);
    sets.delete(root);
  };
}

/** The boxes that stand below one another; each has a root of its own, as if it stood alone. */
class BoxSet {
  constructor(root) {
    root.adoptedStyleSheets = [sheet];
    Object.assign(this, { turn: 0, boxes: new Map(), titles: new Map(), node: el("div", { class: "boxes" }) });
    root.append(this.node);
  }

  draw(sections) {
    const views = sections.flatMap(({ boxes }) => boxes);
    const names = new Set(views.map(nameOf));
    for (const [name, box] of this.boxes) if (!names.has(name)) this.take(name, box);
    for (const data of views) this.boxes.get(nameOf(data))?.follow(data) ?? this.place(data);
    const nodes = sections.flatMap(({ title, boxes }) => [this.title(title), ...boxes.map((data) => this.boxes.get(nameOf(data)).root.host)]);
    const wanted = nodes.filter(Boolean);
    for (const left of [...this.node.children]) if (!wanted.includes(left)) left.remove();
    // To move what stands right already would take the focus out of it.
    wanted.forEach((node, at) => this.node.children[at] === node || this.node.insertBefore(node, this.node.children[at] ?? null));
  }

  title(words) {
    if (words && !this.titles.has(words)) this.titles.set(words, el("h3", {}, words));
    return this.titles.get(words);
  }

  place(data) {
    const host = el("div", { class: "place", id: data.question });
    this.node.append(host);
    const box = new Box(host.attachShadow({ mode: "open" }), data);
    this.boxes.set(nameOf(data), box);
    return box;
  }

  take(name, box) {
    box.close();
    box.root.host.remove();
    this.boxes.delete(name);
  }
}

function nameOf({ me, plan, question, control, note_label }) {
  return JSON.stringify([me, plan, question, control, note_label]);
}

class Box {
  constructor(root, data) {
    Object.assign(this, { root, data, panels: {}, sections: {} });
    root.adoptedStyleSheets = [sheet];
    this.saver = saverOf(data);
    this.build(data);
    this.saver.attach(this);
    sendAside(data);
    this.aim(false);
    this.listen();
  }

  /** What the pulse of the screen has to say to this box: who else is typing here, and that a link leads here. */
  listen() {
    this.ears = new AbortController();
    const on = (name, hear) => window.addEventListener(name, hear, { signal: this.ears.signal });
    on("mcplan-present", ({ detail }) => this.drawTyping(detail));
    on("mcplan-tables", ({ detail }) => {
      if (!detail[this.data.question]) return;
      this.data = { ...this.data, ...detail[this.data.question] };
      this.draw();
    });
    on("mcplan-go", (event) => {
      if (event.detail !== this.data.question) return;
      event.preventDefault();
      this.show();
    });
  }

  drawTyping(present) {
    const names = present.filter(({ question }) => question === this.data.question).map(({ name }) => name);
    say(this.typing, names.length ? `${names.join(" and ")} ${names.length > 1 ? "are" : "is"} typing here.` : "");
  }

  follow(data) {
    if (data !== this.data) this.update(data);
    return this;
  }

  update(data) {
    const wasTarget = this.data.target;
    this.data = data;
    saverOf(data);
    this.talk?.update(data);
    this.draw();
    this.aim(wasTarget);
  }

  close() {
    this.ears.abort();
    this.talk?.close();
    this.saver.detach(this);
    this.frame.parentElement.remove();
  }

  /** True while the person is typing in a field, so that nothing may change under their hands. */
  isIn(field) {
    if (this.controls.value.isIn && (field === "value" || !FIELDS.includes(field))) return this.controls.value.isIn(field);
    const active = this.root.activeElement;
    return Boolean(active?.matches("textarea, input:not([type=radio], [type=checkbox])") && this.sections[field]?.contains(active));
  }

  put(field, raw) {
    this.controls[field]?.put(raw);
  }

  draw() {
    const { saver, data } = this;
    this.controls.owner?.follow(data.team);
    for (const field of FIELDS) {
      const raw = field in saver.mine ? saver.mine[field] : saver.shown[field];
      const control = this.controls[field];
      if (control?.draw) control.draw();
      else if (control && !this.isIn(field) && !same(control.read(), raw)) control.put(raw);
      this.drawTrouble(field, control);
    }
    this.fields.disabled = Boolean(data.closed);
    if (!data.bare) this.drawState(saver.server);
    if (!data.bare) this.beside.drawRisk(saver.server.risk);
    // Six facts that all say "Saved" say nothing; one that was just saved does.
    say(this.status, data.bare && saver.isUntouched() ? "" : statusOf(saver));
    this.status.classList.toggle("trouble", this.status.textContent.startsWith("Not saved"));
    this.reload.hidden = !saver.reload;
  }

  drawState({ state, others }) {
    say(this.others, others ? `Others: ${others}` : "");
    this.pie.className = `pie stage${state.word === "Does not apply" ? 3 : state.stage}`;
    say(this.word, state.word ?? "");
    this.pie.hidden = !state.word; // A table that is only kept has no stage.
    const asked = state.asked ? `${state.gate ?? "The gate"} asks: ${state.asked}` : "";
    say(this.asked, state.reached ? `✓ ${asked}` : asked);
    say(this.news, this.saver.server.revision === this.data.revision ? (this.data.news ?? "") : "");
    say(this.points, state.missing ? `${state.missing} points` : "");
    say(this.hint, state.hint ?? "");
    this.history.follow(this.saver.server.revision);
  }

  /** Put an older version back, as an edit like any other: it is saved as a new version, and can be undone like one. */
  restore({ answer, by, at }) {
    for (const [field, raw] of Object.entries(answer)) {
      if (!this.controls[field] || same(raw, this.saver.server.answer[field])) continue;
      if (this.controls[field].clear) this.controls[field].clear();
      const shown = field === "value" ? snapshotOf({ value: raw }, this.data.control).answer.value : raw;
      this.put(field, shown);
      this.saver.edit(field, shown, { soon: false });
    }
    say(this.restored, `The version of ${by}, ${clock(at)}, is back. The one before it stands in the history.`);
    this.controls.value.field.focus({ preventScroll: true });
  }

  /** What is wrong with a field, under the field: a sentence, or two versions to choose from. */
  drawTrouble(field, control) {
    const section = this.sections[field];
    if (!section) return;
    const sentence = this.saver.refused[field] ?? (control.refused?.() || "");
    const error = section.querySelector(":scope > .error");
    say(error, sentence);
    if (!control.draw) control.field.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (!control.draw) control.field.setAttribute("aria-describedby", sentence ? error.id : "");
    const clash = this.saver.conflicts().includes(field);
    const sides = clash ? JSON.stringify([this.saver.mine[field], this.saver.server]) : "";
    if (this.panels[field] === sides) return;
    this.panels[field] = sides;
    section.querySelector(":scope > .conflict")?.remove();
    if (clash) section.append(conflictPanel(this.saver, field, (...said) => this.inWords(...said)));
    if (clash && section.parentElement.tagName === "DETAILS") section.parentElement.open = true;
  }

  inWords(field, raw) {
    if (field === "stage") return STAGES.find(([value]) => Number(value) === raw)?.[1] ?? "";
    if (field === "owner") return this.data.team.find(([id]) => id === raw)?.[1] ?? "Nobody yet";
    if (field === "evidence") return (raw ?? []).map(({ title, link, on, note }) => [title, link, on, note].filter(Boolean).join(" · ")).join("\n");
    if (field === "value" && this.controls.value.sayWhole) return this.controls.value.sayWhole(raw);
    if (field === "value" && raw?.picks) {
      const labels = Object.fromEntries(this.data.control.options);
      return [...raw.picks.map((id) => labels[id] ?? id), raw.other].filter(Boolean).join("; ");
    }
    return raw !== null && typeof raw === "object" ? Object.values(raw).join(" ") : String(raw ?? "");
  }

  aim(wasTarget) {
    if (!this.data.target || wasTarget) return;
    this.show();
  }

  show() {
    // The boxes above are drawn one by one and push this one down: look again until they are there, or somebody scrolls.
    const row = this.data.row ? this.controls.value.reveal?.(this.data.row) : null;
    const card = row?.node ?? this.frame.parentElement;
    card.style.scrollMarginTop = "4.5rem"; // Streamlit's bar covers the top of the screen.
    const stop = new AbortController();
    for (const act of ["wheel", "touchstart", "keydown"]) {
      window.addEventListener(act, () => stop.abort(), { signal: stop.signal, passive: true });
    }
    for (const wait of LOOKS) setTimeout(() => stop.signal.aborted || card.scrollIntoView({ block: "start" }), wait);
    setTimeout(() => stop.abort(), LOOKS.at(-1));
    (row?.summary ?? this.controls.value.field).focus({ preventScroll: true });
  }

  build(data) {
    const edit = (field) => (raw, how) => this.saver.edit(field, raw, how);
    const bare = (input, most, field) => words(input, most, edit(field));
    const count = (many) => say(this.summary, `Evidence (${many})`);
    this.summary = el("summary", {}, "Evidence (0)");
    const value = WAYS[data.control.type](data.control, data.label, edit("value"), this);
    this.status = el("p", { role: "status", "aria-live": "polite", class: "status" });
    this.typing = el("p", { class: "small typing", hidden: true });
    this.reload = el("button", { type: "button", onclick: () => location.reload() }, "Reload the page");
    if (data.bare) {
      this.controls = { value };
      return this.frameIn([el("p", { class: "small", "aria-hidden": "true" }, data.label), this.part("value")]);
    }
    this.controls = {
      value,
      stage: steps("stage", "Stage", STAGES, edit("stage")),
      owner: owner(edit("owner")),
      confidence: steps("confidence", "My confidence", SURE, edit("confidence")),
      evidence: evidence(edit("evidence"), count),
      not_applicable: bare(el("textarea", { rows: 2, dir: "auto", "aria-label": "Why it does not apply" }), 2000, "not_applicable"),
    };
    if (data.note_label) {
      const area = el("textarea", { rows: 2, dir: "auto", id: "note" });
      this.controls.note = bare(area, 20000, "note");
      this.controls.note.node.prepend(el("label", { for: "note" }, data.note_label));
    }
    return this.assemble();
  }

  part(field) {
    this.sections[field] = this.controls[field] ? section(this.controls[field].node, field) : null;
    return this.sections[field];
  }

  assemble() {
    const part = (field) => this.part(field);
    [this.pie, this.word, this.news] = [el("span", { "aria-hidden": "true" }), el("strong"), el("span", { class: "news" })];
    [this.asked, this.points, this.hint, this.others] = [el("span"), el("span", { class: "points" }), el("p", { class: "small" }), el("p", { class: "small" })];
    this.history = historyOf(this);
    this.restored = el("p", { class: "small", "aria-live": "polite", hidden: true });
    const row = el("div", { class: "row" }, part("stage"), part("owner"), part("confidence"));
    const fields = [
      el("p", { class: "state" }, this.pie, this.word, this.asked, this.points, this.news),
      // What comes and goes stands below the fields: nothing may move under the hands of somebody who types.
      ...[part("value"), part("note"), row, this.hint].filter(Boolean),
      el("details", {}, this.summary, part("evidence")),
      el("details", {}, el("summary", {}, "Does not apply"), part("not_applicable")),
    ];
    this.frameIn(fields, this.history.node, this.restored);
    this.sections.confidence.append(this.others);
  }

  /** Put the fields into the box, and below them what everybody may use who reads the answer. */
  frameIn(fields, ...below) {
    const on = { onfocusout: (event) => this.depart(event), onkeydown: (event) => this.press(event) };
    this.fields = el("fieldset", { class: "fields" }, ...fields);
    this.frame = el("div", { class: this.data.bare ? "box bare" : "box", ...on }, this.fields, ...below, el("div", { class: "inline foot" }, this.status, this.reload, this.typing));
    this.beside = this.data.bare ? null : guidance(this.data.guidance);
    // Not in the frame: whoever may not answer may still comment.
    this.talk = this.data.bare ? null : new Talk(this.root, this.data, { fold: true });
    const head = this.data.heading ? [el("h4", {}, this.data.heading), el("p", { class: "facts" }, this.data.facts)] : [];
    // Whoever may not answer may still say how sure they are.
    const rate = this.data.closed && this.data.rates && this.sections.confidence ? el("div", { class: "box rate" }, this.sections.confidence) : null;
    this.root.append(el("div", { class: this.beside ? "card taught" : "card" }, ...head, this.frame, rate, this.talk?.node ?? null, this.beside?.node ?? null));
  }

  depart(event) {
    // A button that goes away while it is clicked lets the focus go too; what it does has to be done first.
    queueMicrotask(() => this.saver.leave());
    uncover(event);
  }

  press(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") this.saver.flush();
  }
}

function section(node, field) {
  return el("div", { class: `part ${field}` }, node, el("p", { class: "error", id: `error-${field}`, hidden: true }));
}
