"""One question on a phase screen: the words, the box for the answer, and the guidance beside it."""

from __future__ import annotations

import streamlit as st

from mcplan.views.phase import QuestionView
from pages.kit import desk
from pages.kit.answer_box import answer_box
from pages.kit.tokens import box_address
from pages.kit.words import bullets, plain


def ask(view: QuestionView) -> None:
    """Draw a question. Its box saves by itself; nothing of it comes back through the screen."""
    with st.container(border=True, key=f"q-{view.id.replace('.', '-')}"):
        answer, guidance = st.columns([3, 2], gap="medium")
        with answer:
            st.markdown(f"#### {plain(view.code)}  {plain(view.ask)}\n\n{_facts(view)}")
            answer_box({**view.box, **box_address(view.box), "target": desk.target() == view.id}, key=f"box-{view.id}")
        with guidance:
            st.markdown(_guidance(view))


def _facts(view: QuestionView) -> str:
    return " · ".join(f"**{plain(tag)}**" if tag == "Critical" else plain(tag) for tag in view.tags)


def _guidance(view: QuestionView) -> str:
    parts = [
        f"**{heading}**  \n{plain(words)}" if isinstance(words, str) else f"**{heading}**\n\n{bullets(words)}"
        for heading, words in view.guidance
    ]
    risk = [f":material/flag: **At risk while this is open**  \n{plain(view.risk)}"] if view.risk else []
    return "\n\n".join(parts + risk)
