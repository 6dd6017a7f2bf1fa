// Lists of what is to be looked at, each with the way there: a whole list is one element of the screen.
// What `pages/kit/cards.py` hands over is drawn here and nothing else: a group of cards, a card of ways.

import { el, pieceNode, sheet } from "./dom.js";
import { travel } from "./travel.js";

const lists = new Map();

export default function ({ data, parentElement: root, setTriggerValue }) {
  if (!lists.has(root)) lists.set(root, new Lists(root));
  const list = lists.get(root);
  list.update(data.groups, (deed) => setTriggerValue("deed", deed));
  const turn = ++list.turn;
  return () => list.turn === turn && lists.delete(root);
}

class Lists {
  constructor(root) {
    root.adoptedStyleSheets = [sheet];
    Object.assign(this, { turn: 0, drawn: "", frame: el("div", { class: "box lists" }) });
    root.append(this.frame);
  }

  /** Draw the groups if they are others than before; what somebody has unfolded stays so. */
  update(groups, act) {
    this.act = act;
    const drawn = JSON.stringify(groups);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const open = new Set(this.folds().filter((each) => each.open).map((each) => each.dataset.name));
    this.frame.replaceChildren(...groups.map((group, place) => this.group(group, place)));
    this.folds().forEach((each) => { each.open ||= open.has(each.dataset.name); });
  }

  folds() {
    return [...this.frame.querySelectorAll("details")];
  }

  group({ title, looks, cards, at_once }, place) {
    const [first, rest] = at_once ? [cards.slice(0, at_once), cards.slice(at_once)] : [cards, []];
    const listOf = (some) => el("ul", { class: looks }, ...some.map((card) => el("li", { class: "entry" }, ...this.card(card))));
    const heading = title ? el("h3", {}, title) : null;
    const more = rest.length ? fold(`more ${place} ${title}`, [`${rest.length} more`], listOf(rest)) : null;
    return el("section", {}, heading, listOf(first), more);
  }

  card({ id, sign, late, icon, when, title, did, news, address, says, facts, pieces, note, share, ways, points, points_are, deed, is_folded }) {
    const parts = [
      pieces.length ? el("p", { class: "said" }, ...pieces.map(pieceNode)) : null,
      share === null ? null : el("div", { class: "bar", "aria-hidden": "true" }, el("div", { style: `inline-size: ${100 * share}%` })),
      says ? el("p", {}, says) : null,
      facts ? el("p", { class: "small" }, facts) : null,
      note ? el("p", { class: "note" }, symbol("healing"), note) : null,
      ways.length ? el("ul", { class: "ways" }, ...ways.map(way)) : null,
      points.length && points_are ? el("p", {}, `${points_are}:`) : null,
      points.length ? el("ul", { class: "points" }, ...points.map((each) => el("li", {}, each))) : null,
      deed ? el("button", { type: "button", onclick: () => this.act(id) }, deed) : null,
    ];
    const name = title && address ? linkTo(address, icon, title) : title ? el("strong", {}, title) : null;
    const head = [icon && !address ? symbol(icon) : null, address ? name : null, sign ? badge(sign) : null, late ? badge(late) : null, address ? null : name];
    const told = did ? el("p", {}, `${when} `, el("strong", {}, title), ` ${did} `, news ? el("span", { class: "news" }, news) : "") : null;
    if (is_folded) return [fold(title, head.filter(Boolean), el("div", { class: "inside" }, ...parts))];
    if (told) return [told, ...parts].filter(Boolean);
    return [head.some(Boolean) ? el("div", { class: "head" }, ...head) : null, ...parts].filter(Boolean);
  }
}

function fold(name, words, ...inside) {
  return el("details", { "data-name": name }, el("summary", {}, ...words), ...inside);
}

function symbol(name) {
  return el("span", { class: "symbol", "aria-hidden": "true" }, name);
}

function badge({ words, icon, colour }) {
  return el("span", { class: `sign ${colour}` }, symbol(icon), words);
}

function linkTo(address, icon, label) {
  return el("a", { href: address, onclick: travel }, symbol(icon), el("span", {}, label));
}

function way({ address, label, icon, says, worth }) {
  const points = worth ? el("span", { class: "worth", title: "Readiness points this would add" }, worth) : null;
  const link = address ? linkTo(address, icon, label) : null;
  return el("li", {}, points, link, says ? el("span", { class: "says" }, says) : null);
}
