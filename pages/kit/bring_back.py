"""An edited dossier comes back: what is different in it, and a person who takes it over answer by answer."""

from __future__ import annotations

from functools import lru_cache, partial
from hashlib import sha256

import streamlit as st

from mcplan.dossier.brought import Brought, Change, Taken, find_changes, read_dossier, together
from mcplan.numbers import count
from mcplan.parcel import MEBIBYTE, USUAL, ParcelRefused
from mcplan.plan import Answer
from mcplan.roles import REFUSALS
from mcplan.views.brought import BroughtView, ChangeView, view_brought
from pages.kit import desk, memory
from pages.kit.desk import Here
from pages.kit.switch import emphasis
from pages.kit.timeline import marked
from pages.kit.words import plain
from questionnaire.errors import AnswerRejected
from storage.access import PlanAccess
from storage.answers import AnsweredMeanwhile, store_changes
from storage.timeline import fetch_revisions

AT_ONCE = 20
MOST_MB = USUAL.packed // MEBIBYTE


def draw(here: Here) -> None:
    """Take a file, and show what is different in it."""
    if not here.may("answer"):
        st.info(REFUSALS["answer"], icon=":material/lock:")
        return
    st.markdown(
        "Edit the answers of a dossier in Word, with tracked changes or without, and bring the file back. "
        "Nothing changes until you take it over."
    )
    file = st.file_uploader("The edited dossier", type="docx", max_upload_size=MOST_MB, key=f"back-{here.plan.id}")
    if file is None:
        return
    try:
        brought = _read(file.getvalue(), here.plan.id)
    except ParcelRefused as refused:
        st.error(plain(str(refused)), icon=":material/error:")
        return
    _show(here, view_brought(desk.questionnaire(), brought, _changes(here, brought), here.plan.revision))


@lru_cache(maxsize=4)
def _read(packed: bytes, plan_id: str) -> Brought:
    # Every click draws the screen anew; the file stays the same.
    return read_dossier(packed, plan_id)


def _changes(here: Here, brought: Brought) -> tuple[Change, ...]:
    bases = dict[str, Answer]()
    with desk.opened() as access:
        for id in brought.question_ids:
            seen = brought.revision_of(id)
            found = fetch_revisions(access, id, below=seen + 1, most=1) if seen else []
            bases[id] = found[0] if found else Answer(id)
    return find_changes(desk.questionnaire(), here.plan, brought, bases)


def _show(here: Here, view: BroughtView) -> None:
    st.markdown(f"**{plain(view.message)}** {plain(view.origin)}")
    for note in view.notes:
        st.caption(plain(note))
    if len(view.free) > 1:
        label = f"Take over all {len(view.free)} that nothing stands against"
        st.button(label, icon=":material/done_all:", type=emphasis(), key="take-all", on_click=_take, args=(view.free,))
    shown = memory.amount("brought", AT_ONCE)
    for change in view.changes[:shown]:
        with st.container(border=True, key=f"brought-{_key(change)}"):
            _one(change)
    if len(view.changes) > shown:
        label = f"Show more ({len(view.changes) - shown})"
        st.button(label, key="more-brought", on_click=memory.ask_more, args=("brought", AT_ONCE))


def _one(view: ChangeView) -> None:
    st.markdown(f"**{plain(view.question)}**")
    if view.where:
        st.caption(plain(view.where))
    if view.conflict:
        st.warning(plain(view.conflict), icon=":material/group:")
    st.markdown(marked(view.pieces))
    if view.problem:
        st.error(plain(f"{view.problem} Put it in on the screen of the question."), icon=":material/edit_off:")
        return
    label = "Take it over all the same" if view.conflict else "Take it over"
    st.button(label, icon=":material/check:", key=f"take-{_key(view)}", on_click=_take, args=((view.change,),))


def _take(changes: tuple[Change, ...]) -> None:
    """Store what was edited, each for itself, as the person at the screen."""
    taken = together(changes)
    for done, each in enumerate(taken):
        if desk.keep(partial(_store, each), "answer") is None:
            memory.say(f"{memory.said()[1]} {done or 'None'} of {len(taken)} were taken over.", kind="error")
            return
    memory.say(f"{count(len(taken), 'answer')} taken over from the file.")


def _store(taken: Taken, access: PlanAccess) -> Answer:
    # A second click, or another try after a lost line, stores nothing twice.
    words = repr((taken.question.id, taken.seen, taken.changes))
    save_id = sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
    try:
        return store_changes(
            access,
            desk.questionnaire(),
            taken.question.id,
            taken.changes,
            seen=taken.seen,
            save_id=save_id,
            at=desk.now(),
        )
    except AnsweredMeanwhile as meanwhile:
        raise AnswerRejected("A colleague has just answered this question. Look at it once more.") from meanwhile


def _key(view: ChangeView) -> str:
    return sha256(view.key.encode("utf-8", "replace")).hexdigest()[:12]
