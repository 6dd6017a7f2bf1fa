// What a participant says, kept on the phone until the server has it: through a bad network, a locked screen and a reload.

import { post, randomName } from "./room.js";

export class Outbox {
  /** `name` is of this workshop on this device; `tell` is called with what to say whenever that changes. */
  constructor(name, tell) {
    this.name = name;
    this.tell = tell;
    this.busy = false;
    this.held = new Set(); // slots the server has refused: nothing more is sent before they change
    try { this.kept = JSON.parse(localStorage.getItem(name)) || {}; } catch { this.kept = {}; }
  }

  /** Keep something under a slot, in place of what waits there. */
  put(slot, parts) {
    this.kept[slot] = parts;
    this.held.delete(slot);
    this.store();
    this.tell(slot, "waiting", "");
  }

  waiting(slot) {
    return this.kept[slot];
  }

  get isEmpty() {
    return Object.keys(this.kept).length === 0;
  }

  /** Send what waits, in the order it was put in. Gives false if this page takes part no longer. */
  async flush(seat) {
    if (this.busy) return true;
    this.busy = true;
    try {
      for (const [slot, parts] of Object.entries(this.kept)) {
        if (this.held.has(slot)) continue;
        const { status, reply } = await post("/w/api/do", { seat, ...parts });
        if (status === 0 || status >= 500) return this.tell(slot, "offline", ""), true;
        if (status === 401 || status === 410) return false;
        const same = this.kept[slot] === parts;
        if (status === 200) {
          if (same) delete this.kept[slot];
          else if (reply.revision) this.kept[slot] = { ...this.kept[slot], seen: reply.revision };
          this.store();
          this.tell(slot, same ? "saved" : "waiting", "", reply);
        } else if (status === 409) {
          // The same person wrote in another window: both texts are kept, one below the other.
          const mine = this.kept[slot].text, theirs = reply.stored.text;
          const text = mine.includes(theirs) ? mine : `${mine}\n\n${theirs}`;
          this.put(slot, { ...this.kept[slot], text, seen: reply.stored.revision, save_id: randomName() });
          this.tell(slot, "clash", reply.error, { text, revision: reply.stored.revision });
        } else {
          if (same && !slot.startsWith("propose") && !slot.startsWith("park")) delete this.kept[slot];
          else this.held.add(slot);
          this.store();
          this.tell(slot, "refused", reply.error || "This could not be saved.");
        }
      }
      return true;
    } finally {
      this.busy = false;
    }
  }

  store() {
    try { localStorage.setItem(this.name, JSON.stringify(this.kept)); } catch { /* a full device: it is sent all the same */ }
  }
}
