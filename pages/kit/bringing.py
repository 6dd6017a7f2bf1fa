"""Files on their way in: looked through first, stored once somebody has said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from mcplan.incoming import Difference, Proposal
from mcplan.numbers import count
from mcplan.parcel import ParcelRefused
from mcplan.roles import REFUSALS
from pages.kit import desk, memory
from pages.kit.desk import Here
from pages.kit.switch import badge, emphasis
from pages.kit.timeline import marked
from pages.kit.words import plain

if TYPE_CHECKING:
    from mcplan.bundle import Bundle
    from mcplan.views.exchange import Change

# What reads files is loaded with the first file: the first screen of a server would wait for it.
INTO = ["mcplan", "xlsx", "zip"]


def into(here: Here) -> None:
    """Bring a file into the open plan: what would change, answer by answer, and then what was ticked."""
    if not here.may("answer"):
        st.info(REFUSALS["answer"], icon=":material/lock:")
        return
    file = st.file_uploader("A plan bundle or a spreadsheet", type=INTO, key=f"bring-{memory.turn('bring')}")
    if file is None:
        return
    from mcplan.views.exchange import view_difference
    from pages.kit import files

    try:
        with desk.opened("answer") as access:
            found = files.difference(access, desk.questionnaire(), file.getvalue(), desk.now())
    except ParcelRefused as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    view = view_difference(found)
    st.markdown(f"**{plain(view.message)}**")
    for note in view.notes:
        st.info(plain(note), icon=":material/info:")
    if view.changes:
        _choose(found, view.changes, file)


def new_plan() -> None:
    """A fold that makes a new plan of a bundle."""
    with st.popover("Bring in a plan", icon=":material/upload_file:", key="bring-plan"):
        file = st.file_uploader("A plan bundle (.mcplan)", type=["mcplan"], key=f"new-{memory.turn('new')}")
        if file is None:
            st.caption("It becomes a plan of yours, with its whole history. Who did what stays as it was there.")
            return
        from mcplan.bundle import read_bundle
        from mcplan.views.exchange import view_bundle

        try:
            bundle = read_bundle(file.getvalue())
        except ParcelRefused as problem:
            st.error(plain(str(problem)), icon=":material/error:")
            return
        message, notes = view_bundle(bundle, desk.questionnaire())
        st.markdown(plain(message))
        for note in notes:
            st.info(plain(note), icon=":material/info:")
        if st.button("Make a plan of it", type=emphasis(), icon=":material/add:", key="bring-new"):
            _start(bundle, memory.id_for("bring-new", file.file_id))


def _choose(found: Difference, changes: tuple[Change, ...], file: Any) -> None:
    with st.form(f"choose-{file.file_id}", border=False):
        chosen = [
            proposal for proposal, change in zip(found.proposals, changes, strict=True) if _draw(change, file.file_id)
        ]
        if st.form_submit_button("Take over what is ticked", type=emphasis(), icon=":material/check:"):
            _keep(chosen, file)


def _draw(change: Change, file_id: str) -> bool:
    with st.container(border=True):
        badge(change.sign)
        taken = False
        if change.may_take:
            taken = st.checkbox(plain(change.title), change.is_taken, key=f"take-{file_id}-{change.question_id}")
        else:
            st.markdown(f"**{plain(change.title)}**")
            st.caption(plain(change.problem))
        for what, pieces in change.lines[:MOST_LINES]:
            st.markdown(f"{plain(what)}: " + marked(pieces))
        if len(change.lines) > MOST_LINES:
            st.caption(f"And {count(len(change.lines) - MOST_LINES, 'more change')} in the same table.")
    return taken


def _keep(chosen: list[Proposal], file: Any) -> None:
    if not chosen:
        st.warning("Nothing is ticked, so nothing was taken over.", icon=":material/info:")
        return
    from storage.bundles import take_over

    at, save_id, asked, name = desk.now(), memory.id_for("bring", file.file_id), desk.questionnaire(), file.name
    done = desk.keep(lambda access: take_over(access, asked, chosen, name=name, save_id=save_id, at=at), "answer")
    if done:
        memory.say(f"{count(done, 'answer').capitalize()} taken over from “{name}”.")
        memory.next_turn("bring")
        memory.done_with("bring")
    st.rerun()


def _start(bundle: Bundle, id: str) -> None:
    from storage.bundles import start_from_bundle

    person, at, asked = desk.person(), desk.now(), desk.questionnaire()
    made = desk.keep_any(lambda session: start_from_bundle(session, asked, bundle, id=id, person=person, at=at))
    if made:
        memory.next_turn("new")
        memory.done_with("bring-new")
        desk.open_plan(made)
        st.switch_page(desk.page("overview"), query_params={"plan": made})
    st.rerun()


MOST_LINES = 20
