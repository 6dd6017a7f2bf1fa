"""The people of the installation: the list, and what administrators do to it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from mcplan.views.accounts import view_account
from pages.kit import desk, memory
from pages.kit.words import plain
from storage.administrators import as_administrator
from storage.database import reading
from storage.people import Known, fetch_known, fetch_people, set_admin, set_disabled, sign_out_everywhere

AT_ONCE = 50


def everybody() -> list[Known]:
    """Everybody who has ever signed in, by name."""
    with reading(desk.engine()) as session:
        return fetch_people(session)


def draw(people: list[Known]) -> None:
    """The list, as much of it as was asked for."""
    shown, now = memory.amount("accounts", AT_ONCE), desk.now()
    for known in people[:shown]:
        facts = view_account(known.person, known.seen_at, known.disabled_at, now)
        with st.container(border=True, key=f"account-{known.person.id}"):
            st.markdown(f":material/person: **{plain(known.person.name)}**  \n:small[{plain(facts)}]")
    if len(people) > shown:
        label = f"Show more ({len(people) - shown})"
        st.button(label, key="more-accounts", on_click=memory.ask_more, args=("accounts", AT_ONCE))


def change(people: list[Known]) -> None:
    """Choose somebody, and what becomes of them here."""
    # By id: a choice outlives the drawing, and what it was drawn from is old by then.
    known = {each.person.id: each for each in people}
    who = known[st.selectbox("Who", list(known), format_func=lambda id: known[id].person.name, key="account")]
    person, shut_out = who.person, who.disabled_at is not None
    with st.container(horizontal=True):
        _button("Sign out everywhere", ":material/logout:", "out", who, _sign_out)
        _button("Let in again" if shut_out else "Shut out", ":material/block:", "shut", who, _turn_disabled)
        label = "Make no administrator" if person.is_admin else "Make an administrator"
        _button(label, ":material/shield_person:", "admin", who, _turn_admin)
    st.caption("An administrator looks after people and back-ups; that alone opens no plan.")


def _button(label: str, icon: str, key: str, who: Known, deed: Callable[[desk.Session, Known], None]) -> None:
    st.button(label, icon=icon, key=f"{key}-{who.person.id}", on_click=_do, args=(who, deed))


def _do(who: Known, deed: Callable[[desk.Session, Known], None]) -> None:
    me, before = desk.person(), _state(who)

    def done(session: desk.Session) -> bool | None:
        # Whoever is an administrator no longer cannot ask for that again.
        known = fetch_known(session, who.iss, who.sub)
        return True if known and _state(known) != before else None

    def work(session: desk.Session) -> bool:
        as_administrator(session, me, lambda session: deed(session, who))
        return True

    if desk.keep_any(work, done):
        memory.say(f"Done for {who.person.name}.")


def _state(known: Known) -> tuple[bool, bool]:
    return known.person.is_admin, known.disabled_at is None


def _sign_out(session: desk.Session, who: Known) -> None:
    sign_out_everywhere(session, who.person.id, desk.now())


def _turn_disabled(session: desk.Session, who: Known) -> None:
    set_disabled(session, who.person.id, disabled=who.disabled_at is None, at=desk.now())


def _turn_admin(session: desk.Session, who: Known) -> None:
    set_admin(session, who.iss, who.sub, is_admin=not who.person.is_admin, at=desk.now())
