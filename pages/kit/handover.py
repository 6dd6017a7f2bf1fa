"""The dossier on its way out: choose its parts, look through it, make the Word file, take it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcplan.dossier import DossierInput, make_dossier
from mcplan.dossier.kept import action_rows, change_rows, decision_rows, frozen_version
from mcplan.known import Known
from mcplan.roles import REFUSALS
from mcplan.version import State, Version, state_of
from mcplan.views.readiness import view_readiness
from pages.kit import charts, desk, dossier_shape, memory, templates
from pages.kit.desk import Here
from pages.kit.pictures import draw_pictures
from pages.kit.switch import emphasis
from pages.kit.words import plain
from storage.decisions import fetch_board
from storage.versions import fetch_state, fetch_versions

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


TODAY = ""
"""The choice of the plan as it is now, among the ids of its versions."""


def choose(here: Here) -> DossierInput:
    """What the dossier is made from, for the gate and version that are picked; pictures are drawn when it is made."""
    gate, size, shape = dossier_shape.choose(here)
    with desk.opened() as access:
        versions = {each.id: each for each in fetch_versions(access)}
        board = fetch_board(access)
    picked = _pick(versions)
    version = versions.get(picked)
    earlier = [each for each in versions.values() if version is None or each.number < version.number]
    with desk.opened() as access:
        state = fetch_state(access, version.id) if version else now_as_state(here)
        before = fetch_state(access, earlier[0].id) if earlier else None
    given = DossierInput(
        questionnaire=state.questionnaire,
        plan=state.plan,
        readiness=state.readiness[gate],
        risks=state.risks,
        findings=state.findings,
        # The time of the last change, not that of the click: the same plan gives the same file.
        made_at=(version.at if version else here.plan.changed_at) or desk.now(),
        brief=size == "brief",
        shape=shape,
        version=frozen_version(version) if version else None,
        decisions=decision_rows(board.moves, board.submissions, versions),
    )
    return replace(
        given,
        actions=action_rows(Known(given.questionnaire, given.plan), given.made_at.date()),
        changes=change_rows(before, state) if before else (),
        since=earlier[0].called if before else "",
    )


def now_as_state(here: Here) -> State:
    """The open plan as it is now, in the form that a version has."""
    return state_of(desk.questionnaire(), here.plan, desk.now().date())


def _pick(versions: Mapping[str, Version]) -> str:
    """The id of the version to make it from; TODAY for the plan as it is now."""
    if not versions:
        return TODAY
    names = {TODAY: "The plan as it is today, marked as a draft"}
    names |= {each.id: f"Version {each.called}" for each in versions.values()}
    return st.selectbox("Made from", list(names), format_func=lambda id: names[id], key="dossier-version")


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
    made_from = f"version {given.version.name}" if given.version else f"revision {given.plan.revision} of the plan"
    st.caption(plain(f"{len(made) / 1024:.0f} KB, made from {made_from}."))


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
    made_from = given.version.hash if given.version else given.plan.revision
    # Decisions are taken without a new revision of the plan.
    return f"{given.plan.id} {made_from} {len(given.decisions)} {given.since} {given.readiness.gate} {chosen}"


def _advance(bar: DeltaGenerator, share: float) -> None:
    bar.progress(share, text="Writing the pages…")
