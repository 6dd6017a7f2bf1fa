"""What changed from one text to another, word by word.

The way from one text to the other with the fewest words removed and added is found as Eugene Myers
describes it ("An O(ND) difference algorithm and its variations", 1986); its price grows with the number of
changes, not with the length of the texts, and is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

Change = Literal["kept", "removed", "added"]

MOST_CHANGES = 500
"""Words removed and added, taken together, up to which single words are compared. Beyond that whole lines are, and
beyond as many of those one text simply stands in the place of the other."""
CHANGED: tuple[Change, ...] = ("removed", "added")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Piece(NamedTuple):
    """A stretch of text that was kept, removed or added."""

    change: Change
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order: kept and removed make up `before`, kept and added `after`."""
    for part in (_WORD, _LINE):
        found = _compare(part.findall(before), part.findall(after))
        if found is not None:
            return tuple(_joined(found))
    return tuple(_joined([Piece("removed", before), Piece("added", after)]))


def _compare(old: Sequence[str], new: Sequence[str]) -> list[Piece] | None:
    """The pieces, one a word; None if there are too many changes."""
    head, tail = _same_ends(old, new)
    inner = _shortest(old[head : len(old) - tail], new[head : len(new) - tail])
    if inner is None:
        return None
    begin, end = "".join(old[:head]), "".join(old[len(old) - tail :])
    return [Piece("kept", begin), *inner, Piece("kept", end)]


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    most = min(len(old), len(new))
    head = next((place for place in range(most) if old[place] != new[place]), most)
    left = most - head
    tail = next((place for place in range(left) if old[-1 - place] != new[-1 - place]), left)
    return head, tail


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[Piece] | None:
    # reached[k] is how far one gets in `old` on the diagonal where the place in `old` is k ahead of that in `new`.
    reached, trail = {1: 0}, []
    for changes in range(MOST_CHANGES + 1):
        trail.append(dict(reached))
        for diagonal in range(-changes, changes + 1, 2):
            place = _step(reached, diagonal, changes)
            other = place - diagonal
            while place < len(old) and other < len(new) and old[place] == new[other]:
                place, other = place + 1, other + 1
            reached[diagonal] = place
            if place >= len(old) and other >= len(new):
                return _walk_back(old, new, trail)
    return None


def _step(reached: dict[int, int], diagonal: int, changes: int) -> int:
    """The place in `old` after one more change: a word of `new` taken in, or one of `old` left out."""
    return reached[diagonal + 1] if _is_added(reached, diagonal, changes) else reached[diagonal - 1] + 1


def _is_added(reached: dict[int, int], diagonal: int, changes: int) -> bool:
    return diagonal == -changes or (diagonal != changes and reached[diagonal - 1] < reached[diagonal + 1])


def _walk_back(old: Sequence[str], new: Sequence[str], trail: list[dict[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    place, other = len(old), len(new)
    for changes in range(len(trail) - 1, -1, -1):
        diagonal = place - other
        start = _step(trail[changes], diagonal, changes)
        while place > start and other > start - diagonal:
            place, other = place - 1, other - 1
            pieces.append(Piece("kept", old[place]))
        if changes == 0:
            break
        if _is_added(trail[changes], diagonal, changes):
            other -= 1
            pieces.append(Piece("added", new[other]))
        else:
            place -= 1
            pieces.append(Piece("removed", old[place]))
    return pieces[::-1]


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of a kind as one piece; what was removed comes before what was added in its place."""
    for is_kept, group in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.change == "kept"):
        if is_kept:
            yield Piece("kept", "".join(piece.text for piece in group))
            continue
        changed = list(group)
        for change in CHANGED:
            text = "".join(piece.text for piece in changed if piece.change == change)
            if text:
                yield Piece(change, text)
