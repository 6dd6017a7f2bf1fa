"""Cards and ways: what is to be looked at, each with the way there.

A whole list is one element of the screen: each element costs its time when a screen opens, and a list of
eighty things to do made of Streamlit's own has four hundred of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Literal
from urllib.parse import urlencode

from mcplan.differences import Change
from mcplan.views.pointers import Pointer
from mcplan.views.verdict import Sign
from pages.kit import desk, memory
from pages.kit.answer_box import lists
from pages.kit.words import clip

Looks = Literal["lines", "frames", "tiles"]
"""One below the other, the same in frames, or frames side by side."""
KEPT_AT = {
    "register.actions": "actions",
    "register.risks": "risks",
    "words.summary": "summary",
    "words.pitch": "summary",
}
"""What no phase asks for, and the screens on which it is kept."""
LABEL = 52
"""Characters of a question that name the way to it where something is said beside it."""


@dataclass(frozen=True)
class Way:
    """A link into the open plan; a mere sentence if there is nowhere to go."""

    address: str
    label: str
    icon: str = "arrow_forward"
    says: str = ""
    worth: str = ""
    """Points it would add, with a sign."""


@dataclass(frozen=True)
class Card:
    """Something to look at. Whatever is empty is left out."""

    id: str = ""
    """What its button calls it."""
    sign: Sign | None = None
    late: Sign | None = None
    """That its day has passed."""
    icon: str = ""
    when: str = ""
    """The time of day, before the title."""
    title: str = ""
    did: str = ""
    """What goes on from the title, in the same line."""
    news: str = ""
    """A mark at the end of that line."""
    address: str = ""
    """Where its title leads."""
    says: str = ""
    facts: str = ""
    pieces: tuple[tuple[Change, str], ...] = ()
    """What differs in a text, in reading order."""
    note: str = ""
    """What is done about it."""
    share: float | None = None
    """Drawn as a bar, 0 to 1."""
    ways: tuple[Way, ...] = ()
    points: tuple[str, ...] = ()
    points_are: str = ""
    """What to call the points."""
    deed: str = ""
    """The words on its button."""
    is_folded: bool = False
    """Only the title shows until somebody asks for more."""


@dataclass(frozen=True)
class Group:
    """Cards below a heading, which may be empty."""

    cards: tuple[Card, ...]
    title: str = ""
    looks: Looks = "lines"
    at_once: int = 0
    """Cards that show before somebody asks for the rest; 0 for all."""


def draw(groups: Iterable[Group], *, key: str, act: Callable[[str], object] | None = None) -> None:
    """Draw lists of cards as one element.

    Args:
        groups: what to draw; those without cards are left out.
        key: the name of the element on the screen.
        act: called with the id of a card whose button was pressed, before the screen is drawn again.
    """
    given = [asdict(replace(group, cards=tuple(map(_bare, group.cards)))) for group in groups if group.cards]
    if given:
        lists(given, key=key, act=partial(_act, key, act) if act else None)


def pointers(found: Iterable[Pointer], *, key: str, at_once: int = 0) -> None:
    """Draw things to mend, one a line: what each is worth, the way to its question, and what is wrong there."""
    cards = tuple(Card(ways=(to_pointer(each),)) for each in found)
    draw([Group(cards, at_once=at_once)], key=key)


def questions(found: Iterable[Pointer], *, key: str) -> None:
    """Draw the ways to questions, one a line, and nothing beside them."""
    ways = (to_question(each.phase_id, each.question_id, each.question) for each in found if each.question_id)
    draw([Group(tuple(Card(ways=(way,)) for way in ways))], key=key)


def to_pointer(pointer: Pointer) -> Way:
    """The way to what is to be mended, with what is wrong there."""
    if not pointer.question_id:
        return Way("", "", says=pointer.says, worth=pointer.worth)
    way = to_question(pointer.phase_id, pointer.question_id, clip(pointer.question, LABEL), pointer.row_id)
    return replace(way, says=pointer.says, worth=pointer.worth)


def to_question(phase_id: str, question_id: str, words: str, row_id: str = "") -> Way:
    """The way to one question, which is then shown and in focus; of a table it may open a row."""
    more = {"row": row_id} if row_id else {}
    return Way(address_of(KEPT_AT.get(question_id, phase_id), question=question_id, **more), clip(words))


def to_screen(name: str, words: str, icon: str = "arrow_forward") -> Way:
    """The way to another screen of the open plan, named by its path in the address."""
    return Way(address_of(name), words, icon)


def address_of(screen: str, **more: str) -> str:
    """The address of a screen of the open plan, by its path."""
    return f"{screen}?{urlencode({'plan': desk.plan_id(), **more})}"


def _bare(card: Card) -> Card:
    """The card with its symbols by their bare names, as a font knows them."""
    sign, late = (each and replace(each, icon=_symbol(each.icon)) for each in (card.sign, card.late))
    return replace(card, sign=sign, late=late, icon=_symbol(card.icon))


def _symbol(icon: str) -> str:
    return icon.removeprefix(":material/").removesuffix(":")


def _act(key: str, act: Callable[[str], object]) -> None:
    pressed = memory.heard(key, "deed")
    if pressed is not None:
        act(pressed)
