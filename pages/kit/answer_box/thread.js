// One thread: who said what, and what can be done with it. It is changed in place, so that nothing moves under the
// hands of somebody who types in it.

import { clock, el, say } from "./dom.js";
import { slipOf } from "./slip.js";
import { SlipArea } from "./slip_area.js";

export class ThreadView {
  constructor(talk, { id }) {
    Object.assign(this, { talk, id, comments: new Map(), reply: null, expanded: false });
    this.list = el("div", { class: "comments" });
    this.replies = el("div");
    this.replying = button("Reply", () => this.openReply(true));
    this.settle = button("", () => this.act(this.thread.resolved_at ? "reopen" : "resolve"));
    this.show = button("", () => this.toggle());
    this.member = el("select", { "aria-label": "Assigned to" });
    this.member.addEventListener("change", () => this.act("assign", { member: this.member.value }));
    this.asked = el("label", { class: "inline small" }, el("span", { "aria-hidden": "true" }, "Assigned to"), this.member);
    this.settled = el("p", { class: "small" });
    this.foot = el("div", { class: "inline" }, this.replying, this.settle, this.show, this.asked);
    this.node = el("div", { class: "thread", role: "group" }, this.settled, this.list, this.replies, this.foot);
  }

  update(thread, { team, closed }) {
    Object.assign(this, { thread, closed });
    this.node.setAttribute("aria-label", `Thread: ${thread.name}`);
    for (const comment of thread.comments) this.drawComment(comment);
    if (this.talk.waiting.has(`reply-${this.id}`) && !closed) this.openReply(false);
    this.drawFoot(team);
  }

  drawFoot(team) {
    const { thread, closed } = this;
    const isSettled = Boolean(thread.resolved_at);
    // What somebody is typing in it stays before their eyes, whatever becomes of the thread.
    const isShort = isSettled && !this.expanded && !this.isTypedIn();
    this.node.classList.toggle("settled", isSettled);
    say(this.settled, isSettled ? `✓ Settled by ${thread.resolved_by}, ${clock(thread.resolved_at)}${isShort ? `: ${thread.name}` : ""}` : "");
    this.list.hidden = isShort;
    this.replying.hidden = Boolean(closed) || isSettled || this.reply !== null;
    say(this.settle, isSettled ? "Open again" : "Settle");
    this.settle.hidden = Boolean(closed);
    this.settle.setAttribute("aria-label", `${isSettled ? "Open again" : "Settle"}: ${thread.name}`);
    say(this.show, this.expanded ? "Hide" : "Show");
    this.show.hidden = !isSettled || this.isTypedIn();
    this.show.setAttribute("aria-expanded", String(this.expanded));
    this.asked.hidden = isSettled;
    this.member.disabled = Boolean(closed);
    const wanted = [["", "Nobody"], ...team];
    this.member.replaceChildren(...wanted.map(([id, name]) => el("option", { value: id }, name)));
    this.member.value = thread.assignee;
  }

  drawComment(comment) {
    if (!this.comments.has(comment.id)) {
      this.comments.set(comment.id, new CommentView(this, comment));
      this.list.append(this.comments.get(comment.id).node);
    }
    this.comments.get(comment.id).update(comment, this.closed);
  }

  isTypedIn() {
    return this.reply !== null || [...this.comments.values()].some((each) => each.area !== null);
  }

  toggle() {
    this.expanded = !this.expanded;
    this.drawFoot(this.talk.team);
  }

  openReply(focus) {
    if (this.reply) return;
    const slip = slipOf(this.talk.data, `reply-${this.id}`, { act: "write", thread: this.id });
    const done = (reply, isStored) => {
      if (isStored) this.closeReply();
      this.talk.hear(reply);
    };
    this.reply = new SlipArea(slip, { label: "Your reply", action: "Send reply", done, cancel: () => this.closeReply() });
    this.replies.append(this.reply.node);
    this.replying.hidden = true;
    if (focus) this.reply.field.focus();
  }

  closeReply() {
    const hadFocus = this.reply.node.contains(this.talk.active());
    this.reply.remove();
    this.reply = null;
    this.talk.waiting.delete(`reply-${this.id}`);
    this.drawFoot(this.talk.team);
    if (hadFocus) this.replying.focus();
  }

  act(act, parts = {}) {
    this.talk.act({ act, thread: this.id, ...parts });
  }

  remove() {
    this.reply?.remove();
    this.comments.forEach((each) => each.area?.remove());
  }
}

class CommentView {
  constructor(thread, { id }) {
    Object.assign(this, { thread, talk: thread.talk, id, area: null });
    [this.who, this.when, this.news] = [el("strong"), el("span", { class: "small" }), el("span", { class: "news" }, "New")];
    this.text = el("p", { class: "said", dir: "auto" });
    this.edit = button("Edit", () => this.open(true), "quiet");
    this.node = el("div", { class: "comment" }, el("p", { class: "inline" }, this.who, this.when, this.news, this.edit), this.text);
  }

  update(comment, closed) {
    this.comment = comment;
    say(this.who, comment.by);
    say(this.when, clock(comment.at) + (comment.edited_at ? `, changed ${clock(comment.edited_at)}` : ""));
    say(this.text, comment.text);
    this.news.hidden = !comment.is_new;
    if (this.talk.waiting.has(this.slot) && comment.may_edit && !closed) this.open(false);
    this.edit.hidden = !comment.may_edit || this.area !== null;
    this.edit.setAttribute("aria-label", `Edit your comment of ${clock(comment.at)}`);
  }

  get slot() {
    return `edit-${this.id}`;
  }

  open(focus) {
    if (this.area) return;
    const parts = { act: "edit", id: this.id, seen: this.comment.revision };
    const slip = slipOf(this.talk.data, this.slot, parts, this.comment.text);
    const done = (reply, isStored) => {
      if (isStored) this.close();
      this.talk.hear(reply);
    };
    this.area = new SlipArea(slip, { label: "Your comment", action: "Store the change", done, cancel: () => this.close() });
    this.node.append(this.area.node);
    this.edit.hidden = true;
    if (focus) this.area.field.focus();
  }

  close() {
    const hadFocus = this.area.node.contains(this.talk.active());
    this.area.remove();
    this.area = null;
    this.talk.waiting.delete(this.slot);
    this.edit.hidden = !this.comment.may_edit;
    this.thread.drawFoot(this.talk.team);
    if (hadFocus) this.edit.focus();
  }
}

function button(words, act, style = null) {
  return el("button", { type: "button", class: style, onclick: act }, words);
}
