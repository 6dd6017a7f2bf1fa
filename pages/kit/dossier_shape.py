"""How somebody wants the dossier of a plan: chosen once, and remembered for them and this plan on their device."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Literal, NamedTuple

import streamlit as st

from mcplan.dossier.given import PAPERS, Paper, Shape
from mcplan.dossier.saying import HABITS, USUAL
from mcplan.dossier.sections import BOARD, CHOICES, CONTENTS
from pages.kit import desk, remember, templates
from pages.kit.desk import Here
from pages.kit.switch import gate_switch, switch
from questionnaire.model import Gate

Size = Literal["full", "brief"]
SIZES: dict[Size, str] = {"full": "Full dossier", "brief": "Board paper"}


class Wanted(NamedTuple):
    """What was chosen."""

    gate: Gate
    size: Size
    shape: Shape


def choose(here: Here) -> Wanted:
    """Ask for the gate, how much of it, and how it looks."""
    key = sha256(f"{desk.person().id} {here.plan.id}".encode()).hexdigest()[:12]
    looks, before = templates.names(), _kept().get(key, DEFAULT)
    size, paper, habit, look, left_out = _read(before, looks)
    gate = gate_switch("Decision asked for", chosen=here.plan.gate, key="dossier-gate")
    size = switch("How much of it", SIZES, chosen=size, key="dossier-size")
    with st.popover("Layout and chapters", icon=":material/tune:"):
        paper = switch("Paper", PAPERS, chosen=paper, key="dossier-paper")
        if len(looks) > 1:
            ids = list(looks)
            look = st.selectbox(
                "Look", ids, index=ids.index(look), format_func=lambda id: looks[id], key="dossier-look"
            )
        habits = list(HABITS)
        habit = st.selectbox(
            "Days and numbers",
            habits,
            index=habits.index(habit),
            format_func=lambda tag: HABITS[tag],
            key="dossier-habit",
        )
        chapters = [each for each, _ in (BOARD if size == "brief" else CONTENTS) if each]
        kept = st.multiselect(
            "Chapters",
            chapters,
            default=[each for each in chapters if each not in left_out],
            format_func=lambda each: CHOICES[each],
            key=f"dossier-chapters-{size}",
        )
    left_out = (left_out - set(chapters)) | (set(chapters) - set(kept))
    words = "|".join((size, paper, habit, look, ",".join(sorted(left_out))))
    if words != before:
        # The last ones only: all that a browser keeps goes with every request.
        others = [f"{plan}={said}" for plan, said in _kept().items() if plan != key]
        remember.remember_choice(NAME, "~".join([f"{key}={words}", *others][:MOST]))
    return Wanted(gate, size, Shape(paper, habit, look, frozenset(left_out)))


def _kept() -> dict[str, str]:
    """What was chosen for each plan, the last one first."""
    entries = (each.partition("=") for each in remember.choice(NAME).split("~"))
    return {key: words for key, _, words in entries if key}


def _read(words: str, looks: Mapping[str, str]) -> tuple[Size, Paper, str, str, set[str]]:
    """What was chosen before; whatever a cookie holds, it comes out as something there is."""
    size, paper, habit, look, left_out = (*words.split("|"), "", "", "", "", "")[:5]
    return (
        "brief" if size == "brief" else "full",
        "Letter" if paper == "Letter" else "A4",
        habit if habit in HABITS else USUAL,
        look if look in looks else "",
        {each for each in left_out.split(",") if each in CHOICES},
    )


NAME = "dossier"
MOST = 12
"""Plans for which a device remembers how their dossier is wanted."""
DEFAULT = f"full|A4|{USUAL}||"
