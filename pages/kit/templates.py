"""The institution's templates: kept by administrators, chosen by whoever makes a dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

import streamlit as st

from mcplan.dossier import DossierInput, make_dossier
from mcplan.dossier.word.template import LIMITS, Template, prepare_template
from mcplan.example import load_example
from mcplan.parcel import MEBIBYTE, ParcelRefused
from pages.kit import desk, memory
from pages.kit.switch import emphasis
from pages.kit.words import bullets, plain
from storage.database import reading
from storage.templates import Kept, fetch_template, fetch_templates, remove_template, store_template

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG_AGO = datetime(2027, 1, 1, tzinfo=UTC)
FINE = "Nothing had to be left out or added, and every colour can be read."


def names() -> dict[str, str]:
    """What dossiers can look like, by id: "" for the look of mcplan itself."""
    with reading(desk.engine()) as session:
        return {"": "mcplan", **{each.id: each.name for each in fetch_templates(session)}}


def file_of(id: str) -> bytes | None:
    """The file of a template; None for the look of mcplan, or if it has been taken away."""
    if not id:
        return None
    with reading(desk.engine()) as session:
        return fetch_template(session, id)


def kept() -> list[Kept]:
    """All that are kept, by name."""
    with reading(desk.engine()) as session:
        return fetch_templates(session)


def draw(templates: list[Kept]) -> None:
    """Each template with what there is to say of it, a try, and a way to take it away."""
    if not templates:
        st.info("There is no template yet: every dossier has the look of mcplan.", icon=":material/draft:")
    for each in templates:
        with st.container(border=True, key=f"template-{each.id}"):
            st.markdown(f":material/description: **{plain(each.name)}**")
            st.caption(plain(f"Added by {each.by} on {each.at:%d %B %Y}. SHA-256 {each.hash[:16]}."))
            st.markdown(bullets(each.notes) if each.notes else plain(FINE))
            with st.container(horizontal=True):
                _try(each)
                st.button(
                    "Take it away", icon=":material/delete:", key=f"away-{each.id}", on_click=_remove, args=(each,)
                )


def add() -> None:
    """A field for the file; what is wrong with it is said below it."""
    file = st.file_uploader(
        "A Word file with the institution's styles, head and foot",
        type=["docx", "dotx"],
        max_upload_size=LIMITS.packed // MEBIBYTE,
        key=f"template-{memory.turn('template')}",
    )
    if file is None:
        return
    try:
        template = _prepared(file.getvalue())
    except ParcelRefused as refused:
        st.error(plain(str(refused)), icon=":material/error:")
        return
    st.markdown(bullets(template.notes) if template.notes else plain(FINE))
    name = st.text_input("What people choose it by", file.name.rpartition(".")[0], max_chars=80, key="template-name")
    st.button(
        "Keep this template", icon=":material/save:", type=emphasis(), key="keep", on_click=_keep, args=(template, name)
    )


@lru_cache(maxsize=2)
def _prepared(packed: bytes) -> Template:
    return prepare_template(packed)


def _try(each: Kept) -> None:
    key = f"try {each.id} {each.hash}"
    made = memory.made(key)
    if made is None:
        if not st.button("Try it with the worked example", icon=":material/visibility:", key=f"try-{each.id}"):
            return
        made = make_dossier(_example(), base=file_of(each.id))
        memory.keep_made(key, made)
    st.download_button("Download the try", made, f"{memory.file_name(each.name)}-try.docx", WORD, on_click="ignore")


def _example() -> DossierInput:
    plan = replace(load_example(), id="example", revision=1)
    return DossierInput(desk.questionnaire(), plan, *desk.judge(plan, plan.gate), made_at=LONG_AGO, brief=True)


def _keep(template: Template, name: str) -> None:
    me, at = desk.person(), desk.now()
    id = memory.id_for("template", name, sha256(template.file).hexdigest())
    stored = desk.keep_any(lambda session: store_template(session, me, id, name, template, at))
    if stored:
        memory.done_with("template")
        memory.next_turn("template")
        memory.say(f"{stored} is kept. Whoever makes a dossier can choose it.")


def _remove(each: Kept) -> None:
    me = desk.person()
    if desk.keep_any(lambda session: remove_template(session, me, each.id)):
        memory.say(f"{each.name} is no longer offered.")
