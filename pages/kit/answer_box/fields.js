// The ways to put something in. Each gives its `node`, `read()` (what is in it now, as it is sent) and
// `put(raw)` (show a stored value). To add one, write a function here and name it in `CONTROLS` at the foot.

import { el, say } from "./dom.js";
import { checkboxes, FEW, optionsOf } from "./lists.js";

const NEARLY_FULL = 0.9;
const OWN_WORDS = "In your own words";

function lines(control, name, put) {
  const node = el("textarea", { rows: 3, "aria-label": name, dir: "auto", id: "field" });
  return words(node, control.max_chars, put);
}

function oneLine(control, name, put) {
  const type = control.purpose === "url" ? "url" : "text";
  const placeholder = control.purpose === "url" ? "https://" : null;
  const node = el("input", { type, "aria-label": name, dir: "auto", placeholder, autocomplete: "off" });
  return words(node, control.max_chars, put);
}

/** A field of words: grows with them, and counts them when there is little room left. */
export function words(field, most, put) {
  const counter = el("p", { class: "counter" });
  const node = el("div", {}, field, counter);
  const fit = () => {
    const long = most && field.value.length > NEARLY_FULL * most;
    const length = long ? Array.from(field.value).length : 0;
    say(counter, long ? `${length.toLocaleString("en")} of ${most.toLocaleString("en")} characters` : "");
    if (field.tagName === "TEXTAREA" && !CSS.supports("field-sizing", "content")) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    }
  };
  field.addEventListener("input", () => {
    fit();
    put(field.value, { soon: true });
  });
  const show = (raw) => {
    field.value = raw ?? "";
    fit();
  };
  return { node, field, read: () => field.value, put: show };
}

function pick(control, name, put) {
  if (control.options.length <= FEW) return pickOfFew(control, name, put);
  return control.many ? pickMany(control, name, put) : pickOne(control, name, put);
}

/** One of many options: a list that opens. */
function pickOne(control, name, put) {
  const field = el("select", { "aria-label": name }, ...optionsOf(control.options, "Not chosen yet"));
  const other = otherWords(() => put(read(), { soon: true }));
  const tidy = () => (other.hidden = field.value !== "other");
  const read = () => ({ picks: field.value ? [field.value] : [], other: field.value === "other" ? other.value : "" });
  field.addEventListener("change", () => {
    tidy();
    put(read(), { soon: false });
  });
  const show = (raw) => {
    field.value = raw?.picks?.[0] ?? "";
    other.value = raw?.other ?? "";
    tidy();
  };
  tidy();
  return { node: el("div", {}, field, other), field, read, put: show };
}

/** Several of many options: a list with a filter. */
function pickMany(control, name, put) {
  const other = otherWords(() => put(read(), { soon: true }));
  const list = checkboxes(name, control.options, () => {
    tidy();
    put(read(), { soon: false });
  });
  const tidy = () => (other.hidden = !list.read().includes("other"));
  const read = () => ({ picks: list.read(), other: list.read().includes("other") ? other.value : "" });
  const show = (raw) => {
    list.show(raw?.picks ?? []);
    if (other.value !== (raw?.other ?? "")) other.value = raw?.other ?? "";
    tidy();
  };
  tidy();
  return { node: fieldset(name, "pick", ...list.parts, other), field: list.field, read, put: show };
}

function otherWords(changed) {
  return el("input", { type: "text", "aria-label": OWN_WORDS, placeholder: OWN_WORDS, dir: "auto", class: "other", oninput: changed });
}

function pickOfFew(control, name, put) {
  const type = control.many ? "checkbox" : "radio";
  const other = otherWords(() => put(read(), { soon: true }));
  const boxes = control.options.map(([id]) => el("input", { type, name: "pick", value: id }));
  const clear = el("button", { type: "button", class: "quiet", onclick: () => choose(() => uncheck(boxes)) }, "Clear the choice");
  const options = control.options.map(([, label], place) => el("label", { class: "option" }, boxes[place], el("span", {}, label)));
  const read = () => ({
    picks: boxes.filter((box) => box.checked).map((box) => box.value),
    other: boxes.some((box) => box.checked && box.value === "other") ? other.value : "",
  });
  const tidy = () => {
    other.hidden = !boxes.some((box) => box.checked && box.value === "other");
    clear.hidden = control.many || !boxes.some((box) => box.checked);
  };
  const choose = (act = () => {}) => {
    act();
    tidy();
    put(read(), { soon: false });
  };
  boxes.forEach((box) => box.addEventListener("change", () => choose()));
  const node = fieldset(name, "pick", el("div", { class: "options" }, ...options), other, clear);
  tidy();
  const show = (raw) => {
    boxes.forEach((box) => (box.checked = (raw?.picks ?? []).includes(box.value)));
    if (other.value !== (raw?.other ?? "")) other.value = raw?.other ?? "";
    tidy();
  };
  return { node, field: boxes[0], read, put: show };
}

function number(control, name, put) {
  const range = control.high === null ? "" : `${control.low} to ${control.high}`;
  const label = [name, control.unit].filter(Boolean).join(", in ");
  const field = el("input", { type: "text", inputmode: "decimal", "aria-label": label, class: "short", autocomplete: "off" });
  field.addEventListener("input", () => put(field.value, { soon: true }));
  const unit = el("span", { "aria-hidden": "true" }, [control.unit, range && `(${range})`].filter(Boolean).join(" "));
  const show = (raw) => (field.value = raw ?? "");
  return { node: el("div", { class: "inline" }, field, unit), field, read: () => field.value, put: show };
}

function money(control, name, put) {
  const field = el("input", { type: "text", inputmode: "decimal", "aria-label": `${name} Amount`, class: "short", autocomplete: "off" });
  const options = control.currencies.map((code) => el("option", { value: code }, code));
  const currency = el("select", { "aria-label": "Currency" }, ...options);
  const read = () => (field.value.trim() ? { amount: field.value, currency: currency.value } : null);
  field.addEventListener("input", () => put(read(), { soon: true }));
  currency.addEventListener("change", () => field.value.trim() && put(read(), { soon: false }));
  const show = (raw) => {
    field.value = raw?.amount ?? "";
    if (raw?.currency) currency.value = raw.currency;
  };
  return { node: el("div", { class: "inline" }, field, currency), field, read, put: show };
}

function day(control, name, put) {
  const field = el("input", { type: "date", "aria-label": name, class: "short" });
  // A day that is only half typed reads as empty; sending that would wipe the stored one.
  field.addEventListener("input", () => field.validity.badInput || put(field.value, { soon: true }));
  return { node: field, field, read: () => field.value, put: (raw) => (field.value = raw ?? "") };
}

/** A few steps to choose one of, side by side; the value "" stands for none. */
export function steps(name, legend, choices, put) {
  const boxes = choices.map(([value]) => el("input", { type: "radio", name, value }));
  const labels = choices.map(([, label, full], place) =>
    el("label", {}, boxes[place], el("span", { "aria-hidden": full ? "true" : null }, label), el("span", { class: "unseen" }, full ?? "")),
  );
  const read = () => Number(boxes.find((box) => box.checked)?.value) || null;
  boxes.forEach((box) => box.addEventListener("change", () => put(read(), { soon: false })));
  const node = fieldset(legend, "steps", el("div", { class: "segments" }, ...labels));
  const show = (raw) => boxes.forEach((box) => (box.checked = box.value === String(raw || "")));
  return { node, field: boxes[0], boxes, read, put: show };
}

/** The team member who owns the answer; a select that follows the team. */
export function owner(put) {
  const field = el("select", { id: "owner" });
  field.addEventListener("change", () => put(field.value, { soon: false }));
  const node = el("div", { class: "owner" }, el("label", { for: "owner" }, "Owner"), field);
  const follow = (team) => {
    const wanted = [["", "Nobody yet"], ...team];
    if (same(field, wanted)) return;
    const chosen = field.value;
    field.replaceChildren(...wanted.map(([id, label]) => el("option", { value: id }, label)));
    field.value = wanted.some(([id]) => id === chosen) ? chosen : "";
  };
  return { node, field, read: () => field.value, put: (raw) => (field.value = raw ?? ""), follow };
}

function same(field, wanted) {
  const there = Array.from(field.options, (option) => [option.value, option.textContent]);
  return JSON.stringify(there) === JSON.stringify(wanted);
}

function uncheck(boxes) {
  boxes.forEach((box) => (box.checked = false));
}

function fieldset(name, style, ...children) {
  const legend = el("legend", { class: style === "steps" ? "small" : "unseen" }, name);
  return el("fieldset", { class: style }, legend, ...children);
}

export const CONTROLS = { paragraphs: lines, one_line: oneLine, pick, number, money, day };
