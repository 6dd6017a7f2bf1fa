// The facilitator's screen: where the workshop stands, the next move, the proposals beside the team's answer, people and notes.

import { Countdown, el, every, guidance, post, say } from "./room.js";
import { drawAgenda, drawNotes, drawPeople } from "./lead_aside.js";
import { Editor } from "./lead_editor.js";

const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(new URL("lead.css", import.meta.url))).text());
const PAUSE = 1000;
const drawn = new Map();

export default function ({ data, parentElement: root, setTriggerValue }) {
  let here = drawn.get(root);
  if (!here || here.workshop !== data.workshop) {
    here?.close();
    here = new Lead(root, data);
    drawn.set(root, here);
  }
  here.data = data;
  here.ended = () => setTriggerValue("ended", Date.now());
  const turn = ++here.turn;
  return () => here.turn === turn && (here.close(), drawn.delete(root));
}

class Lead {
  constructor(root, data) {
    root.adoptedStyleSheets = [sheet];
    Object.assign(this, { data, workshop: data.workshop, turn: 0, mark: "", view: null, drawn: {} });
    this.problem = el("p", { class: "problem", role: "alert" });
    this.place = el("p", { class: "place" });
    this.time = el("p", { class: "time", role: "timer" });
    this.moves = el("div", { class: "moves" });
    this.asked = el("div", {});
    this.cards = el("div", { class: "cards" });
    this.editor = new Editor(this);
    this.people = el("section", {});
    this.notes = drawNotes(this);
    this.agenda = el("section", {});
    this.sound = localStorage.getItem("mcplan-bell") === "on";
    this.clock = new Countdown((words, left) => this.tick(words, left));
    this.node = el("div", { class: "lead" },
      el("div", { class: "head" }, el("div", { class: "bar" }, el("div", {}, this.place), this.time), this.moves, this.problem),
      el("div", { class: "work" }, el("div", { class: "main" }, this.asked, this.cards, this.editor.node),
        el("aside", {}, this.people, this.notes.node, this.agenda)));
    root.append(this.node);
    this.poll = every(PAUSE, () => this.look());
  }

  close() {
    this.editor.flush();
    this.poll.end();
    this.clock.end();
  }

  async look() {
    await this.editor.flush();
    const { status, reply } = await this.ask("look", { mark: this.mark });
    if (status === 0) return say(this.problem, "No connection at the moment. This screen goes on by itself.");
    if (status !== 200) return say(this.problem, reply.error || "Reload the page, please.");
    if (this.offline) say(this.problem, "");
    this.offline = false;
    if (reply.mark !== this.mark) this.show(reply);
  }

  ask(act, parts = {}) {
    const { plan, token } = this.data;
    return post("/api/workshop", { plan, token, workshop: this.workshop, act, ...parts });
  }

  /** Do something and show what follows; gives the answer, which also says what went wrong. */
  async act(act, parts = {}) {
    say(this.problem, "");
    const answer = await this.ask(act, parts);
    if (answer.status === 0) {
      this.offline = true;
      say(this.problem, "No connection at the moment, so nothing was done. Try once more.");
    } else if (answer.status !== 200) say(this.problem, answer.reply.error || "This could not be done.");
    if (answer.reply.pulse !== undefined) this.show(answer.reply);
    return answer;
  }

  async move(move, number = 0) {
    await this.editor.flush();
    return this.act("move", { move, number, seen: this.view.revision });
  }

  show(view) {
    const moved = this.view && (this.view.place !== view.place || this.view.step !== view.step);
    this.view = view;
    this.mark = view.mark;
    this.clock.set(view.left);
    if (view.state === "closed") this.ended();
    const words = view.question ? `Question ${view.place} of ${view.of} · ${view.step_title}` : view.step_title;
    say(this.place, words);
    this.part("moves", [view.place, view.step, view.next, view.of, view.state, view.asks], () => this.drawMoves());
    this.part("asked", [view.question, view.sure, view.counts && view.people, view.step, view.energy, view.asks], () => this.drawAsked());
    this.part("cards", [view.groups, view.step, view.item], () => this.drawCards());
    this.editor.show(view);
    this.part("people", [view.members, view.code, view.locked], () => drawPeople(this, this.people));
    this.part("agenda", [view.agenda, view.checks], () => drawAgenda(this, this.agenda));
    this.notes.show(view);
    // What a step is about stands at its top, wherever the one before was left.
    if (moved && this.node.getBoundingClientRect().top < 0) this.node.scrollIntoView();
  }

  /** Draw a part anew if what it is made of has changed. */
  part(name, of, draw) {
    const key = JSON.stringify(of);
    if (this.drawn[name] === key) return;
    this.drawn[name] = key;
    draw();
  }

  tick(words, left) {
    say(this.time, words);
    const up = left !== null && left <= 0;
    this.time.classList.toggle("up", up);
    if (up && !this.rung) this.ring();
    this.rung = up;
  }

  ring() {
    if (!this.sound) return;
    const audio = new AudioContext(), gain = audio.createGain(), tone = audio.createOscillator();
    tone.frequency.value = 528;
    gain.gain.setValueAtTime(0.0001, audio.currentTime);
    gain.gain.exponentialRampToValueAtTime(0.12, audio.currentTime + 0.05);
    gain.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 2.5);
    tone.connect(gain).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 2.6);
    tone.onended = () => audio.close();
  }

  drawMoves() {
    const view = this.view, button = (words, act, more = {}) => el("button", { type: "button", onclick: act, ...more }, words);
    if (view.state !== "open") return this.moves.replaceChildren();
    const bell = button(this.sound ? "Bell: on" : "Bell: off", () => {
      this.sound = !this.sound;
      localStorage.setItem("mcplan-bell", this.sound ? "on" : "off");
      say(bell, this.sound ? "Bell: on" : "Bell: off");
      bell.setAttribute("aria-pressed", this.sound);
      this.ring();
    }, { "aria-pressed": this.sound });
    const closing = view.place > view.of;
    this.moves.replaceChildren(...[
      view.place > 0 ? button("Back", () => this.move("back")) : null,
      view.next ? button(view.next, () => this.move("next"), { class: "primary" }) : null,
      view.question ? button("Skip this question", () => this.move("skip")) : null,
      button("2 minutes more", () => this.move("extend", 2)),
      view.asks ? button("End energy check", () => this.move("energy", 0)) : closing ? null : button("Energy check", () => this.move("energy", 1)),
      bell,
      closing ? this.drawClose() : null,
    ].filter(Boolean));
  }

  drawClose() {
    // Ending is for everybody, so it is asked once more.
    const close = el("button", { type: "button", class: "primary", onclick: () => {
      if (close.dataset.sure) this.act("close");
      else { close.dataset.sure = "yes"; say(close, "Really close it for everybody?"); }
    } }, "Close the workshop");
    return close;
  }

  drawAsked() {
    const view = this.view, done = view.people.filter((each) => each.done).length;
    const energy = view.energy ? el("p", { class: "split", role: "status" }, `Energy: ${view.energy}`) : "";
    if (!view.question) return this.asked.replaceChildren(energy, view.place ? el("p", {}, "Everybody says on their phone how much energy they have.") : el("p", {}, "Let people come in, then go to the first question."));
    const help = guidance(view.question);
    this.asked.replaceChildren(
      energy,
      el("h2", {}, view.question.ask),
      ...(help.length ? [el("details", { open: view.step === "read" }, el("summary", {}, "Guidance"), ...help)] : []),
      ...(view.counts ? [el("p", { class: "counts" }, `${done} of ${view.people.length} done`)] : []),
      ...(view.step === "confidence" ? [el("p", { class: view.sure.split ? "split" : "" }, view.sure.says)] : []),
    );
  }

  drawCards() {
    const view = this.view, takes = view.step === "merge";
    const shows = (view.groups || []).length > 0 && view.step !== "confidence";
    this.cards.hidden = !shows;
    if (!shows) return this.cards.replaceChildren();
    this.cards.replaceChildren(...view.groups.map((group) => el("section", { class: group.cards.length > 1 ? "group" : "" },
      group.shared.length ? el("p", { class: "quiet" }, `Alike: ${group.shared.join(", ")}`) : null,
      group.cards.map((card) => el("article", { class: "card" },
        el("p", { class: "words" }, card.text),
        el("p", { class: "quiet" }, [card.by, card.votes === 1 ? "1 vote" : card.votes ? `${card.votes} votes` : ""].filter(Boolean).join(" · ")),
        takes ? el("button", { type: "button", onclick: () => this.editor.take(card.text) }, "Take this over") : null)))));
  }
}
