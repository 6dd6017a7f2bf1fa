"""What the screens share that show what mcplan has worked out: lists of findings."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from mcplan.views.findings import FindingsView
from pages.kit import cards
from pages.kit.cards import Card, Group

MOST = 12
"""Findings of one severity that are shown before somebody asks for all."""

FEW = 6
"""The same where they stand beside something else."""


def findings(view: FindingsView) -> None:
    """Findings by severity, each with the way to the question where it is mended."""
    cards.draw(_groups(view), key="findings")
    if not view.groups:
        st.markdown(f":material/check: {view.message}.")


def findings_beside(view: FindingsView) -> None:
    """Findings that stop nothing, folded; all of a plan stand on their own screen."""
    if not view.groups:
        st.caption(f"{view.message}.")
        return
    with st.expander(view.message, icon=":material/rule:"):
        few = [replace(group, cards=group.cards[:FEW]) for group in _groups(view)]
        cards.draw([*few, Group((Card(ways=(cards.to_screen("findings", "All findings", "rule"),)),))], key="beside")


def _groups(view: FindingsView) -> list[Group]:
    return [
        Group(tuple(Card(ways=(cards.to_pointer(line),)) for line in group.lines), group.title, "lines", MOST)
        for group in view.groups
    ]
