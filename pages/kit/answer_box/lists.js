// Long lists to choose from: one of them in a select, several with a filter above them.

import { el, say } from "./dom.js";

export const FEW = 12; // options that are better seen all at once

/** The options of a select; `none` says that nothing is chosen. */
export function optionsOf(options, none) {
  return [["", none], ...options].map(([id, label]) => el("option", { value: id }, label));
}

/** Let a select offer these options, touching it only if they are others; what is chosen stays, even if it is gone. */
export function offer(select, options, none, gone = "No longer there") {
  const chosen = select.dataset.chosen ?? select.value;
  const kept = !chosen || options.some(([id]) => id === chosen) ? options : [...options, [chosen, gone]];
  const wanted = JSON.stringify([none, kept]);
  if (select.dataset.offered !== wanted) select.replaceChildren(...optionsOf(kept, none));
  select.dataset.offered = wanted;
  select.value = chosen;
}

/** Checkboxes, with a filter and the names of what is chosen above them once there are many. `changed` hears of each choice. */
export function checkboxes(name, options, changed) {
  const boxes = options.map(([id]) => el("input", { type: "checkbox", value: id, onchange: () => (tell(), changed()) }));
  const labels = options.map(([, label], place) => el("label", { class: "option" }, boxes[place], el("span", {}, label)));
  const list = el("div", { class: "options" }, ...labels);
  const isLong = options.length > FEW;
  const chosen = el("p", { class: "small", hidden: true });
  const filter = isLong ? filterOf(name, options, labels) : null;
  if (isLong) list.classList.add("long");
  const tell = () => {
    const names = options.filter((_, place) => boxes[place].checked).map(([, label]) => label);
    say(chosen, isLong && names.length ? `Chosen: ${names.join(", ")}` : "");
  };
  const show = (ids) => {
    boxes.forEach((box) => (box.checked = ids.includes(box.value)));
    tell();
  };
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  return { parts: [chosen, filter, list].filter(Boolean), field: filter?.querySelector("input") ?? boxes[0], boxes, read, show };
}

function filterOf(name, options, labels) {
  const none = el("p", { class: "small", hidden: true, role: "status" }, "Nothing here has these letters.");
  const field = el("input", { type: "search", class: "filter", "aria-label": `Find in: ${name}`, placeholder: `Find one of ${options.length}`, autocomplete: "off" });
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    const fits = options.map(([, label]) => label.toLocaleLowerCase().includes(wanted));
    labels.forEach((label, place) => (label.hidden = !fits[place]));
    none.hidden = fits.includes(true);
  });
  return el("div", {}, field, none);
}
