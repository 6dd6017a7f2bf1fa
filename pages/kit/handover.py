"""The dossier on its way out: choose its parts, look through it, make the Word file, take it away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcplan.dossier import DossierInput, make_dossier
from mcplan.roles import REFUSALS
from mcplan.views.readiness import view_readiness
from pages.kit import charts, desk, dossier_shape, memory, templates
from pages.kit.desk import Here
from pages.kit.pictures import draw_pictures
from pages.kit.switch import emphasis

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def choose(here: Here) -> DossierInput:
    """What the dossier is made from, for the gate that is picked; the chart is drawn when the file is made."""
    gate, size, shape = dossier_shape.choose(here)
    readiness, risks, findings = desk.judge(here.plan, gate)
    return DossierInput(
        questionnaire=desk.questionnaire(),
        plan=here.plan,
        readiness=readiness,
        risks=risks,
        findings=findings,
        # The time of the last change, not that of the click: the same plan gives the same file.
        made_at=here.plan.changed_at or desk.now(),
        brief=size == "brief",
        shape=shape,
    )


def download(here: Here, given: DossierInput) -> None:
    """A button that makes the file and shows how far it is, then one that hands it over; for those who may have it."""
    if not here.may("export"):
        st.info(REFUSALS["export"], icon=":material/lock:")
        return
    made = memory.made(_name(given))
    if made is None:
        if not st.button("Make the Word file", type=emphasis(), icon=":material/description:", key="make"):
            return
        made = _make(given)
    st.download_button(
        "Download the Word file",
        made,
        file_name=f"{memory.file_name(given.plan.title)}{'-board-paper' if given.brief else ''}.docx",
        mime=WORD,
        type=emphasis(),
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(f"{len(made) / 1024:.0f} KB, made from revision {given.plan.revision} of the plan.")


def _make(given: DossierInput) -> bytes:
    # Whether they may is asked once more, of the database: a screen can be old.
    with desk.opened("export"):
        pass
    bar = st.progress(0.0, text="Drawing the pictures…")
    picture = charts.readiness_png(view_readiness(given.questionnaire, given.plan, given.readiness))
    whole = replace(given, chart=picture, pictures=draw_pictures(given))
    made = make_dossier(whole, partial(_advance, bar), base=templates.file_of(given.shape.look))
    bar.empty()
    memory.keep_made(_name(given), made)
    return made


def _name(given: DossierInput) -> str:
    shape = given.shape
    chosen = f"{given.brief} {shape.paper} {shape.habit} {shape.look} {sorted(shape.left_out)}"
    return f"{given.plan.id} {given.plan.revision} {given.readiness.gate} {chosen}"


def _advance(bar: DeltaGenerator, share: float) -> None:
    bar.progress(share, text="Writing the pages…")
