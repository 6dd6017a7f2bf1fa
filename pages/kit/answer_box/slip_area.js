// Where a comment is typed: the area, its buttons, and the line that says what became of it.

import { el, say } from "./dom.js";
import { words } from "./fields.js";

const MOST = 5000; // characters of a comment
const KEPT = "Your text is kept on this device.";
const ONLY_HERE = "Keep this page open: this device has no room to keep your text.";

/** The area of a slip. `done(reply, isStored)` hears what the server said, `cancel` closes the area where it can be closed. */
export class SlipArea {
  constructor(slip, { label, action, done, cancel = null }) {
    Object.assign(this, { slip, done, action });
    this.field = el("textarea", { rows: 2, dir: "auto", "aria-label": label, placeholder: label });
    this.control = words(this.field, MOST, (text) => slip.edit(text));
    this.field.addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && slip.send());
    this.button = el("button", { type: "button", onclick: () => this.send() }, action);
    this.cancel = cancel && el("button", { type: "button", class: "quiet", onclick: () => this.close(cancel) }, "Cancel");
    this.status = el("p", { role: "status", "aria-live": "polite", class: "status" });
    this.reload = el("button", { type: "button", hidden: true, onclick: () => location.reload() }, "Reload the page");
    this.node = el("div", { class: "slip" }, this.control.node, el("div", { class: "inline" }, this.button, this.cancel, this.status, this.reload));
    this.said = "";
    slip.attach(this);
  }

  send() {
    if (!this.slip.pending && !this.field.value.trim()) return this.field.focus();
    this.said = "";
    this.slip.send();
  }

  close(cancel) {
    this.slip.drop();
    cancel();
  }

  heard(reply, isStored) {
    this.said = isStored ? "Stored." : "";
    this.done(reply, isStored);
    this.draw();
  }

  draw() {
    const { slip } = this;
    if (this.field.value !== slip.text) this.control.put(slip.text);
    // Until the server has said whether it was stored, it is repeated word for word.
    this.field.readOnly = slip.pending !== null;
    if (this.cancel) this.cancel.hidden = slip.pending !== null;
    say(this.status, this.words());
    this.status.classList.toggle("trouble", Boolean(slip.problem));
    this.reload.hidden = !slip.reload;
  }

  words() {
    const { slip } = this;
    const kept = slip.isKept ? KEPT : ONLY_HERE;
    if (slip.problem) return `Not stored: ${slip.problem} ${kept}`;
    if (slip.pending) return "Sending…";
    if (slip.restored) return `Restored what you had typed. Press “${this.action}” to send it.`;
    if (slip.isDirty()) return slip.isKept ? "Not sent yet. Kept on this device." : `Not sent yet. ${ONLY_HERE}`;
    return this.said;
  }

  remove() {
    this.slip.detach(this);
    this.node.remove();
  }
}
