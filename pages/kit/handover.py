"""The dossier on its way out: choose its parts, look through it, make the Word file, take it away."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from mcplan.dossier import DossierInput, make_dossier
from mcplan.views.readiness import view_readiness
from pages.kit import charts, desk
from pages.kit.desk import Here

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def dossier_input(here: Here) -> DossierInput:
    """What the dossier of the open plan is made from; the chart comes later, since drawing it takes a while."""
    return DossierInput(
        questionnaire=desk.questionnaire(),
        plan=here.plan,
        readiness=here.readiness,
        risks=here.risks,
        findings=here.findings,
        made_at=here.plan.changed_at or desk.now(),
        chart=None,
    )


def download(here: Here, given: DossierInput) -> None:
    """A button that makes the file and shows how far it is, then one that hands it over."""
    made = desk.made(here)
    if made is None:
        if not st.button("Make the Word file", type="primary", icon=":material/description:", key="make"):
            return
        made = _make(here, given)
    st.download_button(
        "Download the Word file",
        made,
        file_name=f"{desk.file_name(here.plan.title)}.docx",
        mime=WORD,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(f"{len(made) / 1024:.0f} KB, made from revision {here.plan.revision} of the plan.")


def _make(here: Here, given: DossierInput) -> bytes:
    bar = st.progress(0.0, text="Drawing the chart…")
    picture = charts.readiness_png(view_readiness(desk.questionnaire(), here.plan, here.readiness))
    made = make_dossier(replace(given, chart=picture), lambda share: bar.progress(share, text="Writing the pages…"))
    bar.empty()
    desk.keep_made(here, made)
    return made
