"""What one visit remembers from screen to screen: nothing that anybody typed, that is stored while they type."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import unquote
from uuid import uuid4

import streamlit as st

from mcplan.facts import MOST_NAME
from mcplan.people import Person
from mcplan.text import clean_text

NAME_COOKIE = "mcplan_me"


def show_stored(key: str, value: object) -> None:
    """Let a widget that is drawn next show what is stored, even if a colleague changed it meanwhile."""
    st.session_state[key] = value


def show_what_counts(key: str, stored: object) -> None:
    """Let a widget that stores what is picked show what is stored when it is drawn first.

    The browser tells a server that has just started what stands on the screen, also a pick that the one before
    never heard of. It would look stored and be lost.
    """
    drawn = f"drawn {key}"
    if key not in st.session_state or drawn not in st.session_state:
        st.session_state[key] = stored
    st.session_state[drawn] = True


def value(key: str) -> Any:
    """What a widget holds."""
    return st.session_state[key]


def heard(key: str, event: str) -> str | None:
    """What a component of ours has just told; None if its screen was left before that arrived, and its word with it."""
    told = st.session_state.get(key)
    return None if told is None else str(told[event])


def begin_screen() -> None:
    """A screen is drawn from its top."""
    st.session_state["place"] = 0


def next_place() -> int:
    """The place on the screen of what is drawn next and has no name of its own."""
    st.session_state["place"] = place = int(st.session_state["place"]) + 1
    return place


def number(key: str, otherwise: int) -> int:
    """A number kept by `show_stored`; `otherwise` if there is none."""
    return int(st.session_state.get(key, otherwise))


def amount(name: str, least: int) -> int:
    """How many of a list to show, at least `least`."""
    return int(st.session_state.get(f"amount-{name}", least))


def ask_more(name: str, step: int) -> None:
    """Show `step` more of a list from now on."""
    st.session_state[f"amount-{name}"] = amount(name, step) + step


def pinned(name: str, fresh: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """A list worked out once and kept while the screen keeps asking for the same `name`.

    A filtered screen must not take a question away while somebody is answering it.
    """
    kept = st.session_state.get("pinned")
    if kept is None or kept[0] != name:
        kept = st.session_state["pinned"] = (name, fresh())
    return tuple(kept[1])


def unpin() -> None:
    """Let the next `pinned` list be worked out afresh."""
    st.session_state.pop("pinned", None)


def sheet(name: str) -> Any:
    """The sheet of this name, as it was drawn last; None if it was not drawn, or another one since."""
    kept = st.session_state.get("sheet")
    return kept[1] if kept and kept[0] == name else None


def keep_sheet(name: str, drawn: object) -> None:
    """Keep what a sheet was drawn with: what the person changes on it is told against that."""
    st.session_state["sheet"] = (name, drawn)


def changes(key: str) -> dict[str, Any] | None:
    """What was changed in an editor since it was drawn; None if it is not on the screen."""
    found = st.session_state.get(key)
    return None if found is None else dict(found)


def say(words: str, kind: Literal["done", "error"] = "done") -> None:
    """Say something at the top of the next screen."""
    st.session_state["said"] = (kind, words)


def said() -> tuple[str, str]:
    """What is to be said now, once: "error" or "done" and the words; empty words for nothing."""
    kind, words = st.session_state.pop("said", ("", ""))
    return str(kind), str(words)


def arrived(person: Person | None, signed_in_at: int, refused: str) -> None:
    """Keep who is at the screen, for the run that has just asked; the next run asks anew.

    Args:
        person: None if they have to sign in first.
        signed_in_at: when they did, in seconds since 1970.
        refused: why they were not let in.
    """
    st.session_state["arrived"] = (person, signed_in_at, refused)


def given_name() -> str:
    """What somebody at this computer said they are called, now or on this device before; empty if they never did."""
    return _name(st.session_state.get("me") or unquote(str(st.context.cookies.get(NAME_COOKIE, ""))))


def said_name() -> bool:
    """True if they said so in this visit: what the browser keeps may be older."""
    return bool(st.session_state.get("me"))


def call_me(name: str) -> str:
    """From now on the person at this screen is `name`, as it is given back: cleaned. Not if that is empty."""
    read = _name(name)
    if read:
        st.session_state["me"] = read
    return read


def _name(typed: object) -> str:
    return " ".join(clean_text(str(typed)).split())[:MOST_NAME].strip()


def person() -> Person:
    """Who is at the screen; a mistake of ours if they were not let in."""
    found = st.session_state["arrived"][0]
    if not isinstance(found, Person):
        raise RuntimeError("nobody was let in")
    return found


def signed_in_at() -> int:
    """When they signed in, in seconds since 1970; 0 where nobody has to."""
    return int(st.session_state["arrived"][1])


def refused() -> str:
    """Why they were not let in; empty if they simply have not signed in."""
    return str(st.session_state["arrived"][2])


def made(name: str) -> bytes | None:
    """The file of this name that was made in this visit; None if there is none."""
    kept = st.session_state.get("made")
    return kept[1] if kept and kept[0] == name else None


def keep_made(name: str, file: bytes) -> None:
    """Keep a file, the last one only, so that it need not be made twice."""
    st.session_state["made"] = (name, file)


def file_name(title: str) -> str:
    """A title as a file name that every system takes: letters, digits and hyphens, at most 80 characters."""
    return re.sub(r"[^\w]+", "-", title).strip("-")[:80].strip("-") or "plan"


def id_for(name: str, *what: str) -> str:
    """The id for what a form makes: the same for the same words until `done_with`, however often it is sent.

    Two clicks in a row, or another one after the database did not answer, then make one thing.
    """
    kept = st.session_state.get(f"id-{name}")
    if kept is None or kept[0] != what:
        kept = st.session_state[f"id-{name}"] = (what, uuid4().hex)
    return str(kept[1])


def done_with(name: str) -> None:
    """The form is drawn afresh: what it makes next is something else."""
    st.session_state.pop(f"id-{name}", None)


def turn(name: str) -> int:
    """How often something of this name was done in this visit."""
    return int(st.session_state.get(f"turn-{name}", 0))


def next_turn(name: str) -> None:
    """Something of this name was done."""
    st.session_state[f"turn-{name}"] = turn(name) + 1


def note_seen(name: str, number: int) -> None:
    """Keep what a person saw when they clicked: by the time the script runs, others may have been first."""
    st.session_state[f"seen-{name}"] = number


def take_seen(name: str) -> int | None:
    """What the person saw who has just clicked; None if nobody has."""
    found = st.session_state.pop(f"seen-{name}", None)
    return None if found is None else int(found)


def keep_link(plan_id: str, link: str, ends: str) -> None:
    """Keep a link into a plan that was just made, until the person has copied it."""
    st.session_state["link"] = (plan_id, link, ends)


def link(plan_id: str) -> tuple[str, str]:
    """The link into a plan that was just made, and when it ends; empty words for none."""
    kept, words, ends = st.session_state.get("link", ("", "", ""))
    return (str(words), str(ends)) if kept == plan_id else ("", "")


def forget_link() -> None:
    """The link has been copied, or is of no use any more."""
    st.session_state.pop("link", None)


def choice(name: str) -> str:
    """What was chosen in this visit under a name; empty for nothing."""
    return str(st.session_state.get(f"choice-{name}", ""))


def keep_choice(name: str, words: str) -> None:
    """Keep what was chosen: a widget forgets it when its screen is left."""
    st.session_state[f"choice-{name}"] = words
