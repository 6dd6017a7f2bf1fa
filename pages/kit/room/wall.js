// The projector: one question, the time left, and who has written. Nothing on it is private, and nothing is pressed.

import { Countdown, el, every, post, say } from "./room.js";

const PAUSE = 1000;
const MOST = 28; // names that fit below the question
const main = document.getElementById("main");
const seat = new URLSearchParams(location.hash.slice(1)).get("k") || "";
const ENERGY = "Say it on your phone: 1 is none, 5 is plenty.";
const TASKS = {
  welcome: "Come in with your phone: scan the code, or type it.",
  read: "Read it on your own.", propose: "Write your own proposal on your phone.", reveal: "All proposals are on your phones.",
  support: "Give your votes on your phone.", merge: "What do we say together?", confidence: "1 is a guess, 5 is sure.", closing: ENERGY,
};
let mark = "", view = null;
const time = el("p", { class: "time", role: "timer" });
const step = el("h2", {}), ask = el("h1", {}), said = el("p", { class: "said" }), task = el("p", { class: "task" });
const people = el("ul", { class: "people", "aria-label": "Who is here" }), banner = el("p", { class: "banner", role: "status", hidden: true });
const door = el("aside", {}), title = el("p", { class: "title" });
main.replaceChildren(el("header", {}, title, time), banner, el("div", { class: "stage" }, el("section", {}, step, ask, said, task), door), people);
const clock = new Countdown((words, left) => {
  say(time, words);
  time.classList.toggle("up", left !== null && left <= 0);
});

const poll = every(PAUSE, async () => {
  const { status, reply } = await post("/w/api/wall", { seat, mark });
  if (status === 401) return warn("Open this page from the facilitator's screen once more.");
  if (status !== 200) return warn("No connection at the moment. This page goes on by itself.");
  if (reply.mark !== mark) {
    mark = reply.mark;
    view = reply;
    draw();
  }
  warn(view.away);
});

function warn(words) {
  say(banner, words);
  banner.hidden = !words;
}

function draw() {
  const asks = view.question, checks = view.asks !== "";
  document.body.dataset.step = view.step;
  clock.set(view.left);
  say(title, asks ? `Question ${view.place} of ${view.of}` : view.title);
  say(step, checks ? "Energy check" : asks ? view.step_title : "");
  say(ask, checks ? "How is your energy?" : asks ? asks.ask : view.step_title);
  // A long question is set smaller, so that all of it can be read.
  main.classList.toggle("long", ask.textContent.length > 110);
  const shows = view.energy || (["merge", "confidence"].includes(view.step) ? view.said : "");
  say(said, shows);
  said.hidden = !shows;
  say(task, checks ? ENERGY : (view.step === "propose" && asks.lines ? "Write one row in each proposal, on your phone." : TASKS[view.step]) || "");
  main.classList.toggle("many", view.people.length > 24);
  const done = view.people.filter((each) => each.done).length;
  // In a large room those who are still busy come first; the number says how many are done.
  const shown = view.people.length > MOST ? [...view.people].sort((one, other) => one.done - other.done).slice(0, MOST) : view.people;
  people.replaceChildren(...shown.map((each) => el("li", { class: each.done ? "done" : "" }, each.done ? "✓ " : "", each.name)));
  if (view.counts) people.prepend(el("li", { class: "count" }, `${done} of ${view.people.length} done`));
  else people.prepend(el("li", { class: "count" }, view.people.length === 1 ? "1 person here" : `${view.people.length} people here`));
  if (shown.length < view.people.length) people.append(el("li", { class: "count" }, `and ${view.people.length - shown.length} more`));
  drawDoor();
}

function drawDoor() {
  const plain = view.code.replace(" ", "");
  if (door.dataset.code === plain + view.locked) return;
  door.dataset.code = plain + view.locked;
  if (!plain) return door.replaceChildren(el("p", {}, view.locked ? "Nobody else can come in at the moment." : ""));
  door.replaceChildren(
    el("img", { src: `/w/${plain}/qr.svg`, alt: "QR code that leads to this workshop" }),
    el("p", { class: "where" }, new URLSearchParams(location.hash.slice(1)).get("at") || `${location.host}/w`),
    el("p", { class: "code" }, view.code),
  );
}
window.addEventListener("pagehide", () => clock.tick());
export { poll };
