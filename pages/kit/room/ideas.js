// What a participant proposes: some short ideas, each kept on the phone as it is typed and sent a moment later.

import { asked, el, randomName, say } from "./room.js";

const QUIET = 700; // ms after the last key before a text is sent
const TYPING = 4000; // ms after the last key in which nothing else takes the place of what somebody writes

/** Some short proposals rather than one long one: a field for each, and one more when asked for. */
export function proposing(view, out, soon) {
  const item = view.item, ideas = new Map(), list = el("div", {});
  const add = (mine, focus) => {
    const idea = drawIdea({ item, most: view.most, place: ideas.size + 1, rows: view.question.lines }, mine, out, soon);
    ideas.set(mine.id, idea);
    list.append(...idea.nodes);
    more.hidden = ideas.size >= view.most_ideas;
    if (focus) idea.focus();
  };
  const more = el("button", { type: "button", onclick: () => {
    const blank = [...ideas.values()].find((idea) => idea.isBlank());
    if (blank) blank.focus();
    else add({ id: randomName(), text: "", revision: 0 }, true);
  } }, "Add another idea");
  view.mine.forEach((mine) => add(mine));
  // What the server has not got yet, because there was no connection.
  for (const [slot, parts] of Object.entries(out.kept)) {
    if (slot.startsWith("propose:") && parts.item === item && !ideas.has(parts.id)) add({ id: parts.id, text: "", revision: 0 });
  }
  if (!ideas.size) add({ id: randomName(), text: "", revision: 0 });
  const all = (work) => ideas.forEach(work);
  return {
    nodes: [...asked(view, false), list, more],
    told: (...words) => all((idea) => idea.told(...words)),
    flush: () => all((idea) => idea.flush()),
    end: () => all((idea) => idea.flush()),
    isTyping: () => [...ideas.values()].some((idea) => idea.isTyping()),
    update: (now) => now.mine.forEach((mine) => (ideas.has(mine.id) ? ideas.get(mine.id).update(mine) : add(mine))),
  };
}

function drawIdea({ item, most, place, rows }, mine, out, soon) {
  const slot = `propose:${mine.id}`, name = place === 1 ? "proposal" : `proposal-${place}`, draft = out.waiting(slot);
  const parts = (text) => ({ act: "propose", item, id: mine.id, text, seen: revision, save_id: randomName() });
  let revision = draft ? Math.max(draft.seen, 0) : mine.revision, timer = 0, typed = -TYPING, sent = draft ? draft.text : mine.text;
  const field = el("textarea", { id: name, rows: place === 1 ? 5 : 3, "aria-describedby": `${name}-state`, oninput: () => changed() });
  field.value = sent;
  const state = el("p", { class: "state", id: `${name}-state`, role: "status" });
  const counter = el("p", { class: "quiet counter" });
  const count = () => say(counter, field.value.length > most * 0.8 ? `${field.value.length} of ${most} characters` : "");
  const flush = () => {
    clearTimeout(timer);
    if (field.value === sent) return;
    sent = field.value;
    out.put(slot, parts(field.value));
    soon();
  };
  const changed = () => {
    count();
    say(state, "Writing…");
    typed = performance.now();
    // On the phone at once, to the server a moment later.
    out.kept[slot] = parts(field.value);
    sent = null;
    out.held.delete(slot);
    out.store();
    clearTimeout(timer);
    timer = setTimeout(flush, QUIET);
  };
  const told = (which, how, words, reply) => {
    if (which !== slot) return;
    if (reply?.revision && (how === "saved" || how === "waiting")) {
      revision = reply.revision;
      if (!out.waiting(slot)) say(state, field.value.trim() ? "Saved. You can go on writing." : "");
    } else if (how === "offline") say(state, "Kept on this phone. It is sent as soon as there is a connection.");
    else if (how === "refused") say(state, words);
    else if (how === "clash") {
      revision = reply.revision;
      field.value = reply.text;
      sent = reply.text;
      say(state, words);
    }
  };
  count();
  if (draft) say(state, "Kept on this phone. It is sent as soon as there is a connection.");
  else if (field.value.trim()) say(state, "Saved. You can go on writing.");
  return {
    nodes: [el("label", { for: name }, place > 1 ? `Your idea ${place}` : rows ? "Which row would you add? Nobody sees it yet." : "What would you answer? Nobody sees it yet."), field, counter, state],
    told, flush,
    focus: () => field.focus(),
    isBlank: () => !field.value.trim(),
    isTyping: () => performance.now() - typed < TYPING,
    update: (now) => {
      if (out.waiting(slot) || now.revision <= revision) return;
      revision = now.revision;
      if (document.activeElement !== field) { field.value = now.text; sent = field.value; }
    },
  };
}
