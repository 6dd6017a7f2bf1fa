"""How people come into a workshop: the code on the projector, and the name they give.

A code has 6 characters out of 30 that cannot be taken for one another: 30^6, some 729 million. Somebody who guesses
may be wrong 20 times a minute from one address, and 120 times a minute from all addresses together at one server
(`Guesses`). Through all 12 hours that a code lasts, from as many addresses as they like, that is 86,400 guesses: one
chance in 8,400 to find a workshop, and from a single address one in 50,000. Whoever did get in would stand by name on
the facilitator's list, see the question at hand and nothing else of the plan, and be removed by one click.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from mcplan.text import clean_text
from mcplan.workshop.sitting import Participant, WorkshopRefused

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, and no U, which in a bad hand is a V."""
CODE_LENGTH = 6
CODE_LIFE = timedelta(hours=12)
"""For so long people can come in by a code; whoever is in stays in."""
MOST_PEOPLE = 200
MOST_NAME = 40
WRONG_FROM_ONE = 20
WRONG_FROM_ALL = 120
"""Wrong codes in a minute from one address, and from all. A room may share one address, and people mistype."""
WINDOW = timedelta(minutes=1)

NO_CODE = "There is no open workshop with this code. Look at the big screen and type it once more."
EXPIRED = "This code has run out. Ask the facilitator for a new one."
LOCKED = "The facilitator lets nobody else in at the moment. Ask them to unlock the workshop."
TOO_MANY = "Too many wrong codes were tried just now. Wait a minute, then type it once more."
REMOVED = "The facilitator has taken you off the list. If that was a mistake, come in once more with your name."


def read_code(raw: object) -> str:
    """A code as it was typed, in capitals and without blanks and hyphens; empty if it cannot be one."""
    typed = "".join(each for each in str(raw).upper() if each not in " -–·") if isinstance(raw, str) else ""
    return typed if len(typed) == CODE_LENGTH and set(typed) <= set(ALPHABET) else ""


def say_code(code: str) -> str:
    """A code as it is read aloud: in two halves."""
    return f"{code[: CODE_LENGTH // 2]} {code[CODE_LENGTH // 2 :]}"


def read_name(raw: object) -> str:
    """The name somebody gives.

    Raises:
        WorkshopRefused: it is empty or too long.
    """
    name = " ".join(clean_text(raw).split()) if isinstance(raw, str) else ""
    if not name:
        raise WorkshopRefused("Write a name, please: it says whose proposal is whose.")
    if len(name) > MOST_NAME:
        raise WorkshopRefused(
            f"This name has {len(name)} characters; there is room for {MOST_NAME}. Shorten it, please."
        )
    return name


def refuse_same_name(name: str, present: tuple[Participant, ...], *, but: str = "") -> None:
    """Let no two participants have the same name; `but` is the id of whoever is being renamed."""
    if any(each.name.casefold() == name.casefold() and each.id != but for each in present):
        raise WorkshopRefused(f"Somebody here is called {name} already. Add your surname or a letter.")


class Guesses:
    """The wrong codes of the last minute.

    Kept in the memory of each server: in the database every guess would cost everybody a write, which is worse than
    a second server doubling the number of guesses.
    """

    def __init__(self) -> None:
        self._wrong: deque[tuple[datetime, str]] = deque()

    def refuse(self, address: str, now: datetime) -> None:
        """Refuse whoever was wrong too often; a right code is not looked at either, or guessing would go on."""
        while self._wrong and now - self._wrong[0][0] >= WINDOW:
            self._wrong.popleft()
        mine = sum(1 for _, each in self._wrong if each == address)
        if mine >= WRONG_FROM_ONE or len(self._wrong) >= WRONG_FROM_ALL:
            raise WorkshopRefused(TOO_MANY)

    def wrong(self, address: str, now: datetime) -> None:
        """Somebody was wrong."""
        self._wrong.append((now, address))
