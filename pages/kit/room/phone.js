// The phone of a participant: one thing to do at a time. What is written stays on the phone until the server has it.

import { Countdown, asked, el, every, post, randomName, say } from "./room.js";
import { proposing } from "./ideas.js";
import { Outbox } from "./outbox.js";

const PAUSE = 1000; // ms between two questions to the server
const OFFLINE = "No connection at the moment. What you write is kept on this phone and sent later.";
const main = document.getElementById("main");
// The page that is kept on the device is the same for all workshops and names none.
let code = document.body.dataset.code || (location.pathname.match(/^\/w\/([0-9A-Z]+)$/) || ["", ""])[1];
let kept = read();

function read() {
  try { return JSON.parse(localStorage.getItem(`mcplan-w-${code}`)) || {}; } catch { return {}; }
}

function keep(changes) {
  kept = { ...kept, ...changes };
  try { localStorage.setItem(`mcplan-w-${code}`, JSON.stringify(kept)); } catch { /* a full device: the page works all the same */ }
}

function askIn(why) {
  const member = new URLSearchParams(location.hash.slice(1)).get("member");
  const codeField = el("input", { id: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 12, value: code, required: true });
  const nameField = el("input", { id: "name", autocomplete: "nickname", maxlength: 60, value: kept.name || "", required: true });
  const problem = el("p", { class: "problem", role: "alert" }, why);
  const button = el("button", { class: "main" }, "Come in");
  const id = kept.id || randomName();
  const come = async (event) => {
    event?.preventDefault();
    button.disabled = true;
    const { status, reply } = await post("/w/api/join", { code: codeField.value, name: nameField.value, id, member: member || undefined });
    button.disabled = false;
    if (status !== 200) return say(problem, reply.error || OFFLINE);
    code = codeField.value.toUpperCase().replace(/[^0-9A-Z]/g, "");
    history.replaceState(null, "", `/w/${code}`);
    kept = read();
    keep({ seat: reply.seat, name: nameField.value, id });
    takePart();
  };
  main.replaceChildren(
    el("h1", {}, "Take part in the workshop"),
    el("form", { onsubmit: come },
      el("label", { for: "code" }, "Code on the big screen"), codeField,
      member ? null : el("label", { for: "name" }, "Your name"), member ? null : nameField,
      problem, button,
      el("p", { class: "quiet" }, "You need no account. Your name stands beside what you do in this workshop.")),
  );
  if (member && code && !why) come();
}

function takePart() {
  const place = el("span", {}), time = el("span", { class: "time" });
  const banner = el("p", { class: "banner", role: "status", hidden: true });
  const body = el("section", { class: "body" });
  const bar = el("header", {}, place, time);
  const parking = drawParking();
  main.replaceChildren(bar, banner, body, parking);
  let view = kept.view || null, drawn = "", screen = null, mark = "", postponed = false;
  const clock = new Countdown((words) => say(time, words));
  const out = new Outbox(`mcplan-w-${code}-out`, (slot, state, words, reply) => {
    screen?.told?.(slot, state, words, reply);
    parking.told(slot, state, words);
  });
  parking.out = out;
  parking.item = () => view?.item || "";

  const leave = (why) => {
    poll.end();
    clock.end();
    const waiting = Object.values(out.kept).map((each) => each.text).filter(Boolean);
    keep({ seat: "", id: "", view: null });
    askIn(waiting.length ? `${why} What you wrote is still on this phone: ${waiting.join(" · ")}` : why);
  };
  const banner_says = (words) => { say(banner, words); banner.hidden = !words; };
  const poll = every(PAUSE, async () => {
    if (!out.isEmpty && !(await out.flush(kept.seat))) return leave("You take part no longer.");
    const { status, reply } = await post("/w/api/look", { seat: kept.seat, mark });
    if (status === 401 || status === 410) return leave(reply.error || "Come in once more, please.");
    if (status !== 200) return banner_says(OFFLINE);
    banner_says(view?.away && reply.mark === mark ? view.away : reply.away || "");
    if (reply.mark === mark) return postponed && draw();
    mark = reply.mark;
    view = reply;
    // For a reload without a connection; what others have written stays on no phone.
    keep({ view: view.groups || view.step === "over" ? null : { ...view, left: null } });
    clock.set(view.left);
    draw();
  });
  // An energy check takes the place of a step until it is answered, but waits for whoever is in the middle of a word.
  const draw = () => {
    say(place, view.place >= 1 && view.place <= view.of ? `Question ${view.place} of ${view.of}` : view.title);
    const asks = view.asks && view.checked === null && !out.waiting(`rate:${view.asks}`);
    postponed = Boolean(asks && screen?.isTyping?.());
    const step = asks && !postponed ? "energy" : view.step, key = keyOf(view, step);
    if (key === drawn) return screen?.update?.(view);
    screen?.end?.();
    drawn = key;
    screen = (SCREENS[step] || waiting)(view, out, () => { if (step === "energy") draw(); poll.now(); });
    body.replaceChildren(el("h1", { tabindex: -1 }, step === "energy" ? "How is your energy?" : view.step_title), ...screen.nodes);
  };
  if (view) draw();
  window.addEventListener("pagehide", () => screen?.flush?.());
}

/** What a screen is drawn anew for; everything else only updates it. */
function keyOf(view, step) {
  if (step === "energy") return JSON.stringify([step, view.asks]);
  const same = [step, view.item];
  if (view.step === "reveal" || view.step === "support") same.push(view.groups.map((group) => group.cards.map((card) => [card.id, card.text, card.by])));
  if (view.step === "confidence" || view.step === "merge") same.push(view.said);
  return JSON.stringify(same);
}

function waiting(view) {
  return { nodes: view.step === "welcome" ? [el("p", {}, `You are in as ${view.name}. Put the phone down until the first question appears.`)] : [] };
}

function reading(view) {
  return { nodes: [...asked(view, true), el("p", { class: "quiet" }, "Read it on your own. Everybody writes next.")] };
}

function revealing(view, out, soon) {
  const slot = `vote:${view.item}`, votes = view.step === "support";
  const chosen = new Set(out.waiting(slot)?.chosen || view.votes);
  const state = el("p", { class: "state", role: "status" });
  const buttons = [];
  const left = () => say(state, `${view.votes_each - chosen.size} of ${view.votes_each} votes left.`);
  const toggle = (id) => {
    if (chosen.has(id)) chosen.delete(id);
    else if (chosen.size >= view.votes_each) return say(state, "No votes left. Take one back to give it to another.");
    else chosen.add(id);
    out.put(slot, { act: "vote", item: view.item, chosen: [...chosen] });
    for (const button of buttons) paint(button);
    left();
    soon();
  };
  const paint = (button) => {
    const on = chosen.has(button.dataset.id);
    button.setAttribute("aria-pressed", on);
    say(button, on ? "✓ You support this" : "Support this");
  };
  const cards = view.groups.map((group) => el("section", { class: group.cards.length > 1 ? "group" : "" },
    group.shared.length ? el("p", { class: "quiet" }, `Alike: ${group.shared.join(", ")}`) : null,
    group.cards.map((card) => {
      const button = votes ? el("button", { type: "button", "data-id": card.id, onclick: () => toggle(card.id) }) : null;
      if (button) { buttons.push(button); paint(button); }
      return el("article", { class: "card" }, el("p", { class: "words" }, card.text), card.by ? el("p", { class: "quiet" }, card.by) : null, button);
    })));
  if (votes) left();
  const none = view.groups.length ? null : el("p", {}, "Nobody has written anything.");
  return {
    nodes: [el("p", { class: "ask" }, view.question.ask), votes ? state : null, none, ...cards].filter(Boolean),
    told: (which, how, words) => { if (which === slot && how === "refused") say(state, words); },
  };
}

function merging(view) {
  return { nodes: [el("p", { class: "ask" }, view.question.ask), ...(view.said ? [el("p", { class: "label" }, "Stored so far"), el("p", { class: "words" }, view.said)] : [el("p", {}, "Look up: the facilitator writes the answer together with all of you.")])] };
}

function scale(slot, number, out, soon, words, parts) {
  const row = el("div", { class: "scale", role: "group", "aria-label": words });
  let picked = out.waiting(slot)?.number ?? number;
  const state = el("p", { class: "state", role: "status" });
  const buttons = [1, 2, 3, 4, 5].map((each) => el("button", {
    type: "button", onclick: () => {
      picked = each;
      out.put(slot, { act: "rate", ...parts, number: each });
      paint();
      soon();
    },
  }, String(each)));
  const paint = () => {
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", place + 1 === picked));
    if (picked) say(state, `You chose ${picked}. You can change it.`);
  };
  row.append(...buttons);
  paint();
  return { row, state, told: (which, how, why) => { if (which === slot && how === "refused") say(state, why); } };
}

function rating(view, out, soon) {
  const made = scale(`rate:${view.item}`, view.rating, out, soon, "How sure are you of this answer?", { item: view.item });
  return {
    nodes: [el("p", { class: "ask" }, view.question.ask), el("p", { class: "label" }, "The team's answer"), el("p", { class: "words" }, view.said),
      el("p", {}, "1 is a guess, 5 is sure."), made.row, made.state],
    told: made.told,
  };
}

function closing(view, out, soon) {
  return energy("", view.energy, out, soon);
}

function checking(view, out, soon) {
  return energy(view.asks, null, out, soon);
}

function energy(item, number, out, soon) {
  const made = scale(`rate:${item}`, number, out, soon, "How much energy do you have?", { item });
  return { nodes: [el("p", {}, "1 is none, 5 is plenty. Nobody sees what you choose."), made.row, made.state], told: made.told };
}

function drawParking() {
  const field = el("textarea", { id: "park", rows: 3, maxlength: 1000 });
  const state = el("p", { class: "state", role: "status" });
  const send = () => {
    if (!field.value.trim()) return say(state, "Write a few words first.");
    const id = randomName();
    node.out.put(`park:${id}`, { act: "park", id, text: field.value, item: node.item() });
    field.value = "";
    say(state, "Parked. The facilitator sees it.");
  };
  const node = el("details", { class: "parking" }, el("summary", {}, "Park a thought"),
    el("label", { for: "park" }, "Something that matters, but not now"), field, el("button", { type: "button", onclick: send }, "Park it"), state);
  node.told = (slot, how, words) => { if (slot.startsWith("park:") && how === "refused") say(state, words); };
  return node;
}

const SCREENS = {
  read: reading, propose: proposing, reveal: revealing, support: revealing, merge: merging, confidence: rating, closing, energy: checking,
};

// A reload without a connection gets the page from the device (`keeper.js`), where the browser lets us.
navigator.serviceWorker?.register("/w/keeper.js").catch(() => { /* it is a convenience: the page works without it */ });
if (kept.seat) takePart();
else askIn("");
