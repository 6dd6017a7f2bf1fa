// The threads about the plan as a whole, on the screen of its comments; the rest of that screen is drawn again
// when somebody has commented anywhere in the plan.

import { Talk } from "./talk.js";

const drawn = new Map();

export default function ({ data, parentElement: root, setTriggerValue }) {
  const name = JSON.stringify([data.me, data.plan]);
  let here = drawn.get(root);
  if (here?.name !== name) {
    here?.close();
    here = open(root, data, name);
  }
  here.talk.update(data);
  here.redraw = () => setTriggerValue("changed", Date.now());
  const turn = ++here.turn;
  return () => here.turn === turn && here.close();
}

function open(root, data, name) {
  const here = { name, turn: 0, talk: new Talk(root, data, { fold: false }) };
  const listen = () => here.redraw();
  here.close = () => {
    window.removeEventListener("mcplan-talk", listen);
    here.talk.close();
    drawn.delete(root);
  };
  window.addEventListener("mcplan-talk", listen);
  root.append(here.talk.node);
  drawn.set(root, here);
  return here;
}
