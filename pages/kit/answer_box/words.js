// What differs between two texts, word by word (E. W. Myers, 1986); and three texts drawn together into one.
// Its price grows with the number of differences and is bounded: beyond that, lines are compared, then nothing.

const MOST = 600; // words removed and added, taken together
const WORDS = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;
const LINES = /[^\n]*\n|[^\n]+/g;

/** Pairs of what happened ("kept", "removed", "added") and the text it happened to, in reading order. */
export function differences(before, after) {
  for (const part of [WORDS, LINES]) {
    const found = compare(before.match(part) ?? [], after.match(part) ?? []);
    if (found) return joined(found);
  }
  return joined([["removed", before], ["added", after]]);
}

/**
 * One text that holds what two people made of a third: where only one of them changed something that stands; where
 * both changed the same place both versions stand there, one after the other.
 */
export function merged(base, mine, theirs) {
  const [ours, others] = [edits(base, mine), edits(base, theirs)];
  const words = base.match(WORDS) ?? [];
  const between = words.length ? " " : "\n\n";
  const out = [];
  for (let place = 0; place <= words.length; place += 1) {
    const [one, other] = [ours.added[place], others.added[place]];
    out.push(one === other ? one : [one, other].filter(Boolean).join(between));
    if (place < words.length && !ours.removed.has(place) && !others.removed.has(place)) out.push(words[place]);
  }
  return out.join("");
}

/** What was put before each word of a text, and which of its words went. */
function edits(base, changed) {
  const size = (base.match(WORDS) ?? []).length;
  const added = Array.from({ length: size + 1 }, () => "");
  const removed = new Set();
  let place = 0;
  for (const [change, text] of compare(base.match(WORDS) ?? [], changed.match(WORDS) ?? []) ?? [["all", changed]]) {
    if (change === "all") {
      for (let each = 0; each < size; each += 1) removed.add(each);
      added[0] = text;
    } else if (change === "added") added[place] += text;
    else {
      const many = (text.match(WORDS) ?? []).length;
      if (change === "removed") for (let each = 0; each < many; each += 1) removed.add(place + each);
      place += many;
    }
  }
  return { added, removed };
}

function compare(old, fresh) {
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const inner = shortest(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail));
  if (!inner) return null;
  const ends = [old.slice(0, head), old.slice(old.length - tail)].map((words) => words.map((word) => ["kept", word]));
  return [...ends[0], ...inner, ...ends[1]];
}

function shortest(old, fresh) {
  // reached[k + MOST + 1] is how far one gets in `old` where the place in it is k ahead of that in `fresh`.
  const middle = MOST + 1;
  const reached = new Int32Array(2 * MOST + 3);
  const trail = [];
  for (let changes = 0; changes <= MOST; changes += 1) {
    trail.push(reached.slice(middle - changes - 1, middle + changes + 2));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const around = [reached[middle + diagonal - 1], reached[middle + diagonal + 1]];
      let place = isAdded(around, diagonal, changes) ? around[1] : around[0] + 1;
      while (place < old.length && place - diagonal < fresh.length && old[place] === fresh[place - diagonal]) place += 1;
      reached[middle + diagonal] = place;
      if (place >= old.length && place - diagonal >= fresh.length) return walkBack(old, fresh, trail);
    }
  }
  return null;
}

function isAdded([before, after], diagonal, changes) {
  return diagonal === -changes || (diagonal !== changes && before < after);
}

function walkBack(old, fresh, trail) {
  const pieces = [];
  let [place, other] = [old.length, fresh.length];
  for (let changes = trail.length - 1; changes >= 0; changes -= 1) {
    const diagonal = place - other;
    const around = [trail[changes][diagonal + changes], trail[changes][diagonal + changes + 2]];
    const added = isAdded(around, diagonal, changes);
    const start = changes === 0 ? 0 : added ? around[1] : around[0] + 1;
    for (; place > start && other > start - diagonal; place -= 1, other -= 1) pieces.push(["kept", old[place - 1]]);
    if (changes === 0) break;
    if (added) pieces.push(["added", fresh[(other -= 1)]]);
    else pieces.push(["removed", old[(place -= 1)]]);
  }
  return pieces.reverse();
}

/** Neighbours of a kind as one; what was removed comes before what was added in its place. */
function joined(pieces) {
  const out = [];
  let [removed, added] = ["", ""];
  const close = () => {
    if (removed) out.push(["removed", removed]);
    if (added) out.push(["added", added]);
    [removed, added] = ["", ""];
  };
  for (const [change, text] of pieces) {
    if (!text) continue;
    if (change === "removed") removed += text;
    else if (change === "added") added += text;
    else {
      close();
      if (out.at(-1)?.[0] === "kept") out.at(-1)[1] += text;
      else out.push(["kept", text]);
    }
  }
  close();
  return out;
}
