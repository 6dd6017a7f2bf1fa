"""The dossier on its way out: choose its parts, look through it, make the Word file, take it away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcplan.dossier import DossierInput, make_dossier
from mcplan.roles import REFUSALS
from mcplan.version import Version
from pages.kit import desk, dossier_shape, memory, templates
from pages.kit.desk import Here
from pages.kit.made_from import gather
from pages.kit.pictures import NoPictures, with_pictures
from pages.kit.switch import emphasis
from pages.kit.words import plain
from storage.versions import fetch_versions

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


TODAY = ""
"""The choice of the plan as it is now, among the ids of its versions."""


def choose(here: Here) -> DossierInput:
    """What the dossier is made from, for the gate and version that are picked; pictures are drawn when it is made."""
    gate, size, shape = dossier_shape.choose(here)
    with desk.opened() as access:
        versions = {each.id: each for each in fetch_versions(access)}
    version = versions.get(_pick(versions))
    with desk.opened() as access:
        return gather(
            access, desk.questionnaire(), version, gate=gate, brief=size == "brief", shape=shape, now=desk.now()
        )


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
        try:
            made = _make(given)
        except NoPictures as problem:
            st.error(str(problem), icon=":material/error:")
            return
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
    made = make_dossier(with_pictures(given), partial(_advance, bar), base=templates.file_of(given.shape.look))
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
