"""The summary and the pitch: as the beginning of the team's own words, and as one page in Word."""

from __future__ import annotations

import streamlit as st

from mcplan.dossier.pitch import make_pitch
from mcplan.roles import REFUSALS
from pages.kit import desk, memory
from pages.kit.desk import Here
from pages.kit.handover import WORD
from storage.access import PlanAccess
from storage.answers import AnsweredMeanwhile, store_changes


def download(here: Here) -> None:
    """A button that hands the page over, for those who may have it."""
    if not here.may("export"):
        st.info(REFUSALS["export"], icon=":material/lock:")
        return
    name = f"pitch {here.plan.id} {here.plan.revision}"
    made = memory.made(name)
    if made is None:
        with desk.opened("export"):
            pass
        made = make_pitch(desk.known(here.plan), here.readiness, here.plan.changed_at or desk.now())
        memory.keep_made(name, made)
    st.download_button(
        "Download the page as a Word file",
        made,
        file_name=f"{memory.file_name(here.plan.title)}-pitch.docx",
        mime=WORD,
        icon=":material/download:",
        on_click="ignore",
    )


def begin(here: Here, question_id: str, text: str, words: str) -> None:
    """A button that makes composed text the beginning of the team's own; nothing for whoever may not answer."""
    if text and here.may("answer") and desk.questionnaire().has(question_id):
        begun = (
            question_id,
            text,
            here.plan.answer(desk.questionnaire().question(question_id)).revision,
            desk.new_id(),
        )
        st.button(words, icon=":material/edit:", key=f"begin-{question_id}", on_click=_begin, args=begun)


def _begin(question_id: str, text: str, seen: int, save_id: str) -> None:
    def work(access: PlanAccess) -> bool:
        try:
            store_changes(
                access, desk.questionnaire(), question_id, {"value": text}, seen=seen, save_id=save_id, at=desk.now()
            )
        except AnsweredMeanwhile:
            return False
        return True

    kept = desk.keep(work, "answer")
    if kept is not None:
        memory.say(
            "The text is in the box below." if kept else "A colleague has just begun; their text is in the box below."
        )
