// Beside the work: who is here and how they come in, what is kept beside the agenda, and the agenda itself.

import { el, randomName, say } from "./room.js";

const button = (words, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, words);

/** The door and the people. A name is changed where it stands. */
export function drawPeople(lead, node) {
  const { view, data } = lead, wall = `/w/${view.code.replace(" ", "")}/wall#${new URLSearchParams({ k: data.wall, at: data.where })}`;
  const open = view.state === "open";
  node.replaceChildren(...[
    el("h3", {}, `People (${view.members.length})`),
    open ? el("p", { class: "door" }, data.where ? `${data.where}  ·  ` : "", el("strong", {}, view.locked ? "locked" : view.code)) : null,
    open && data.how ? el("p", { class: "quiet" }, data.how) : null,
    open ? el("div", { class: "moves" },
      el("a", { class: "button", href: wall, target: "_blank", rel: "noopener" }, "Open the projector page"),
      button(view.locked ? "Unlock" : "Lock", () => lead.act("door", { locked: !view.locked })),
      button("New code", () => lead.act("door", { code: true }))) : null,
    el("ul", { class: "people" }, view.members.map((each) => drawPerson(lead, each, open))),
  ].filter(Boolean));
}

function drawPerson(lead, person, open) {
  const line = el("li", {}, el("span", {}, `${person.wrote ? "✓ " : ""}${person.name}${person.guest ? "" : " (member)"}`));
  if (!open) return line;
  const rename = () => {
    const field = el("input", { value: person.name, maxlength: 40, "aria-label": `New name of ${person.name}` });
    line.replaceChildren(field, button("Save", () => lead.act("rename", { who: person.id, name: field.value })));
    field.focus();
  };
  const remove = button("Remove", () => {
    if (remove.dataset.sure) lead.act("remove", { who: person.id });
    else { remove.dataset.sure = "yes"; say(remove, "Really remove?"); }
  }, { "aria-label": `Remove ${person.name}` });
  line.append(button("Rename", rename, { "aria-label": `Rename ${person.name}` }), remove);
  return line;
}

/** The agenda, with a way to every place on it. */
export function drawAgenda(lead, node) {
  const { view } = lead, open = view.state === "open";
  const lines = view.agenda.map((each) => el("li", { class: each.now ? "now" : "", "aria-current": each.now ? "step" : false },
    el("span", {}, `${each.ask} (${each.minutes} min, ${each.outcome.toLowerCase()})`),
    open && !each.now ? button("Go there", () => lead.move("go", each.place), { "aria-label": `Go to question ${each.place}` }) : null));
  node.replaceChildren(el("h3", {}, "Agenda"), el("ol", {}, lines), open ? button("Go to the closing", () => lead.move("go", view.of + 1)) : "",
    ...(view.checks.length ? [el("h4", {}, "Energy"), el("ul", {}, view.checks.map((each) => el("li", {}, each)))] : []));
}

/** Parking lot, decisions and actions. What is being typed stays, whatever is drawn anew. */
export function drawNotes(lead) {
  const list = el("div", {}), state = el("p", { class: "quiet", role: "status" });
  const kind = el("select", { "aria-label": "Kind of note", onchange: () => { more.hidden = kind.value !== "action"; } },
    el("option", { value: "parking" }, "Parking lot"), el("option", { value: "decision" }, "Decision"), el("option", { value: "action" }, "Action"));
  const text = el("textarea", { rows: 2, maxlength: 1000, "aria-label": "Note" });
  const owner = el("input", { "aria-label": "Owner", placeholder: "Owner" }), due = el("input", { type: "date", "aria-label": "By when" });
  const more = el("div", { class: "line", hidden: true }, owner, due);
  let id = randomName();
  const add = async () => {
    const parts = kind.value === "action" ? { owner: owner.value, due: due.value } : {};
    const { status } = await lead.act("note", { id, kind: kind.value, text: text.value, ...parts });
    if (status !== 200) return;
    id = randomName();
    text.value = owner.value = due.value = "";
    say(state, "Written down.");
  };
  let drawn = "";
  return {
    node: el("section", {}, el("h3", {}, "Beside the agenda"), kind, text, more, button("Write down", add), state, list),
    show: (view) => {
      const key = JSON.stringify(view.notes);
      if (key === drawn) return;
      drawn = key;
      list.replaceChildren(...Object.entries(view.kinds).flatMap(([name, heading]) => {
        const found = view.notes.filter((each) => each.kind === name);
        return found.length ? [el("h4", {}, heading), el("ul", {}, found.map((each) => drawNote(lead, each)))] : [];
      }));
    },
  };
}

function drawNote(lead, note) {
  const facts = [note.owner || (note.kind === "parking" ? note.by : ""), note.due ? `by ${note.due}` : "", note.became ? `now ${note.became === "action" ? "an" : "a"} ${note.became}` : ""];
  return el("li", {}, el("span", { class: "words" }, note.text), el("span", { class: "quiet" }, ` ${facts.filter(Boolean).join(", ")}`),
    note.kind === "parking" && !note.became ? el("div", { class: "moves" }, ["comment", "action", "risk"].map((into) =>
      button(`Make it ${into === "action" ? "an" : "a"} ${into}`, () => lead.act("turn", { id: note.id, into })))) : null);
}
