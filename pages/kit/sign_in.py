"""Who is at the screen: asked anew with every run, of the provider's cookie and of the database, never of the visit.

With sign-in `arrive` lets in whoever the provider vouches for, if their address is verified, their sign-in is
not too old and nobody has ended it; everybody else sees `pages/door/sign_in.py` and nothing else.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from mcplan.facts import MOST_NAME
from mcplan.people import Person, somebody_here
from pages.kit import desk, identity, memory
from pages.kit.answer_box import sign_out_button
from pages.kit.remember import remember_name
from pages.kit.settings import computer_user
from pages.kit.switch import emphasis
from pages.kit.tokens import Caller, TokenRefused
from storage.database import reading, storing
from storage.invitations import accept_invitations
from storage.people import SignedOut, counted, fetch_known, fetch_person, sign_in, sign_out_everywhere

DOOR = "pages/door/sign_in.py"
WELCOME = "pages/door/welcome.py"
UNVERIFIED = (
    "{issuer} has not verified your e-mail address, so mcplan cannot tell who you are. "
    "Verify it there, then sign in again."
)


def arrive() -> Person | None:
    """The person at the screen, for this run; None if they have to sign in first (`say_why` says why).

    Raises:
        DatabaseProblem: the database is away.
    """
    if not identity.signs_in():
        person: Person | None = somebody_here(memory.given_name() or computer_user())
        memory.arrived(person, 0, "")
        return person
    if not st.user.is_logged_in:
        memory.arrived(None, 0, "")
        return None
    try:
        person = _vouched(dict(st.user.to_dict()))
    except SignedOut as problem:
        memory.arrived(None, 0, str(problem))
        return None
    memory.arrived(person, _seconds(dict(st.user.to_dict())), "")
    return person


def person_of(session: desk.Session, caller: Caller) -> Person:
    """The person a screen of ours was drawn for, as they are known in this transaction.

    Raises:
        TokenRefused: they have signed out since, or are no longer let in.
    """
    if not identity.signs_in():
        if caller.person_id != somebody_here("").id:
            raise TokenRefused
        return somebody_here(caller.name)
    try:
        return fetch_person(session, caller.person_id, caller.signed_in_at, desk.now())
    except SignedOut:
        raise TokenRefused from None


def behind_door(
    groups: dict[str, list[StreamlitPage]], somebody: Person | None
) -> dict[str, list[StreamlitPage]] | list[StreamlitPage]:
    """The screens for whoever is let in; else the one that comes before them.

    It stands under every address, so that a link still leads on after it.

    Args:
        groups: all there are by the heading they stand under, the first one first.
        somebody: who is at the screen; None if they have to sign in. Where nobody has to, they say once who they are.
    """
    if somebody is None:
        script, title, icon = DOOR, "Sign in", ":material/login:"
    elif somebody.is_local and not memory.given_name():
        script, title, icon = WELCOME, "Welcome", ":material/waving_hand:"
    else:
        if somebody.is_local and memory.said_name():
            remember_name("remember-now")
        return groups
    first = st.Page(script, title=title, icon=icon, default=True)
    paths = [page.url_path for pages in groups.values() for page in pages][1:]
    return [first, *(st.Page(script, title=title, url_path=path, visibility="hidden") for path in paths)]


def ask_name() -> None:
    """The form that asks, once on each device, what to write beside the words of whoever sits here."""
    with st.form("name", border=False, width=480):
        name = st.text_input("Your name", computer_user(), max_chars=MOST_NAME, key="name")
        if st.form_submit_button("Go on", type=emphasis()):
            if memory.call_me(name):
                st.rerun()
            st.error("Write a name, please: it stands beside what you write.", icon=":material/error:")


def say_why() -> None:
    """Why somebody who has signed in is asked again."""
    why = memory.refused()
    if why:
        st.warning(why, icon=":material/lock:")


def buttons() -> None:
    """A button for each provider; and one to leave the account that was refused."""
    for name in identity.providers():
        label = f"Sign in with {name.capitalize()}" if name else "Sign in"
        st.button(label, type=emphasis(), icon=":material/login:", key=f"in-{name}", on_click=_go, args=(name,))
    if st.user.is_logged_in:
        st.button("Use another account", icon=":material/switch_account:", key="other", on_click=st.logout)


def sign_out() -> None:
    """The button that ends all sign-ins of the person at the screen, on every device."""
    if sign_out_button(desk.me()):
        person, at = desk.person(), desk.now()
        storing(desk.engine(), lambda session: sign_out_everywhere(session, person.id, at))
        st.logout()


def _go(provider: str) -> None:
    if provider:
        st.login(provider)
    else:
        st.login()


def _vouched(user: dict[str, Any]) -> Person:
    issuer, subject, signed_in_at = str(user.get("iss", "")), str(user.get("sub", "")), _seconds(user)
    if not (issuer and subject and signed_in_at):
        raise SignedOut("This sign-in says too little about you. Ask whoever runs mcplan at your institution.")
    if str(user.get("email_verified", "")).lower() != "true" and issuer not in identity.trusted_issuers():
        raise SignedOut(UNVERIFIED.format(issuer=issuer))
    with reading(desk.engine()) as session:
        known = fetch_known(session, issuer, subject)
    if known is None or known.seen_at.timestamp() < signed_in_at:
        email, name = str(user.get("email", "")), str(user.get("name", ""))
        at = datetime.fromtimestamp(signed_in_at, UTC)

        def enter(session: desk.Session) -> None:
            person = sign_in(session, issuer, subject, email=email, name=name, at=at)
            accept_invitations(session, person, desk.now())

        storing(desk.engine(), enter)
        with reading(desk.engine()) as session:
            known = fetch_known(session, issuer, subject)
    if known is None:
        raise SignedOut("Please sign in.")
    return counted(known, signed_in_at, desk.now())


def _seconds(user: dict[str, Any]) -> int:
    at = user.get("iat", 0)
    return int(at) if isinstance(at, int | float) else 0
