"""A few choices side by side, one of which always holds; and states shown as icon and word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

import streamlit as st

from mcplan.views.verdict import Sign
from questionnaire.model import GATES, Gate

Choice = TypeVar("Choice", bound=str)


def switch(label: str, options: Mapping[Choice, str], *, chosen: Choice, key: str) -> Choice:
    """The option that holds now; `chosen` until somebody picks another one."""
    picked = st.segmented_control(
        label, list(options), format_func=lambda option: options[option], default=chosen, required=True, key=key
    )
    return picked or chosen


def gate_switch(label: str, *, chosen: Gate, key: str) -> Gate:
    """The gate to look at."""
    return switch(label, {gate: f"{gate} {name}" for gate, name in GATES.items()}, chosen=chosen, key=key)


def badge(sign: Sign, tip: str = "") -> None:
    """A state as icon and word, on a ground of its colour."""
    st.badge(sign.words, icon=sign.icon, color=sign.colour, help=tip or None)


def emphasis() -> Literal["primary", "secondary"]:
    """How the one button that matters most on a screen looks.

    On a dark ground Streamlit writes white on the accent, which cannot be read there: the
    same accent has to be light enough to be read as text.
    """
    return "primary" if st.context.theme.type == "light" else "secondary"
