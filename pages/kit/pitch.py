"""The pitch on its way out: one page as a Word file."""

from __future__ import annotations

import streamlit as st

from mcplan.dossier.pitch import make_pitch
from mcplan.roles import REFUSALS
from pages.kit import desk, memory
from pages.kit.desk import Here
from pages.kit.handover import WORD


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
