"""What the screens share that show what mcplan has worked out: lists of findings."""

from __future__ import annotations

import streamlit as st

from mcplan.views.findings import FindingsView
from mcplan.views.pointers import Pointer
from pages.kit import links
from pages.kit.words import plain

MOST = 12
"""Findings of one severity that are shown before somebody asks for all."""

FEW = 6
"""The same where they stand beside something else."""


def findings(view: FindingsView) -> None:
    """Findings by severity, each with the way to the question where it is mended."""
    for group in view.groups:
        st.subheader(group.title, anchor=False)
        for line in group.lines[:MOST]:
            _finding(line)
        if len(group.lines) > MOST:
            with st.expander(f"{len(group.lines) - MOST} more"):
                for line in group.lines[MOST:]:
                    _finding(line)
    if not view.groups:
        st.markdown(f":material/check: {view.message}.")


def findings_beside(view: FindingsView) -> None:
    """Findings that stop nothing, folded; all of a plan stand on their own screen."""
    if not view.groups:
        st.caption(f"{view.message}.")
        return
    with st.expander(view.message, icon=":material/rule:"):
        for group in view.groups:
            st.markdown(f"**{group.sign.icon} {group.title}**")
            for line in group.lines[:FEW]:
                _finding(line)
        links.to_screen("findings", "All findings", ":material/rule:")


def _finding(line: Pointer) -> None:
    where, says = st.columns([1.5, 7], gap="small", vertical_alignment="center")
    with where:
        if line.question_id:
            links.to_question(line.phase_id, line.question_id, line.question, line.row_id)
    says.markdown(plain(line.says))
