"""Ways into the open plan: invite an address, make a link, take either back; and come in by a link."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from mcplan.invitations import DAYS, LINK_ROLES, MOST_DAYS
from mcplan.people import Person
from mcplan.roles import ROLE_ORDER
from mcplan.views.people import InvitationCard
from mcplan.views.plans import on_day
from pages.kit import desk, memory
from pages.kit.people import ask_role, done, fold, kept, key
from pages.kit.remember import forget_invitation, invitation, remember_invitation
from pages.kit.switch import emphasis
from pages.kit.words import plain
from storage.invitations import accept_link, end_invitation, invite_by_email, invite_by_link, new_secret

SECRET = "invite"  # noqa: S105
"""What the secret of a link is called in the address."""


def by_email() -> None:
    """A fold that invites one address."""
    with fold("Invite by e-mail", ":material/mail:"), st.form(key("by-address"), border=False):
        st.caption("They are let in when they next sign in with this address. mcplan sends no mail: tell them.")
        address = st.text_input("E-mail address", max_chars=254, key=key("address"))
        role, days = ask_role(ROLE_ORDER, "editor", key("address-role")), _ask_days(key("address-days"))
        if st.form_submit_button("Invite", type=emphasis()):
            at, id = desk.now(), desk.new_id()
            done(
                kept(lambda access: invite_by_email(access, address, role, days=days, at=at, id=id)),
                f"{address.strip()} is invited.",
            )


def by_link() -> None:
    """A fold that makes a link for several people."""
    with fold("Invite by a link", ":material/link:"), st.form(key("by-link"), border=False):
        st.caption("Whoever has the link and can sign in here is let in, until it ends or is taken back.")
        role, days = ask_role(LINK_ROLES, "viewer", key("link-role")), _ask_days(key("link-days"))
        if st.form_submit_button("Make a link", type=emphasis()):
            at, id, secret = desk.now(), desk.new_id(), new_secret()
            made = desk.keep(
                lambda access: invite_by_link(access, role, days=days, at=at, id=id, secret=secret), "manage_members"
            )
            if made:
                memory.keep_link(desk.plan_id(), f"{_root()}/?{SECRET}={made[1]}", on_day(made[0].ends_at))
            done(made, "The link is made. Copy it now.")


def new_link() -> None:
    """The link that was just made, with a button to copy it: the secret in it is not kept."""
    link, ends = memory.link(desk.plan_id())
    if link:
        with st.container(border=True):
            st.markdown(f"**Copy this link: it is shown this once.** It lets people in until {ends}.")
            st.code(link, language=None, wrap_lines=True)
            st.button("I have copied it", icon=":material/check:", key="link-seen", on_click=memory.forget_link)


def draw(card: InvitationCard) -> None:
    """One way in that is open, and a button that closes it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(gap="xxsmall", width="stretch"):
            st.markdown(f"{card.icon} **{plain(card.whom)}**")
            st.caption(plain(card.facts))
        st.button("Take back", icon=":material/undo:", key=f"end-{card.id}", on_click=_take_back, args=(card,))


def keep_for_sign_in() -> None:
    """On the screen that asks people to sign in: the link they came by outlasts it."""
    if SECRET in st.query_params:
        remember_invitation(st.query_params[SECRET])


def accept_from_address(person: Person | None) -> None:
    """Let in whoever has come with a link, and open the plan; the secret leaves the address either way.

    Args:
        person: who is at the screen. While nobody has signed in the link has to wait: see `keep_for_sign_in`.
    """
    secret, at = _brought() if person else "", desk.now()
    if not (person and secret):
        return
    if person.is_local:
        memory.say("Nobody has to sign in here, so every plan is open to you: choose one.")
        return
    plan_id = desk.keep_any(lambda session: accept_link(session, person, secret, at))
    if plan_id:
        desk.open_plan(plan_id)
        memory.say("You are in. This plan stands on your list from now on.")
        st.switch_page(desk.page("overview"), query_params={"plan": plan_id})


def _brought() -> str:
    kept = invitation()
    if kept:
        # A visit goes on seeing the cookies it began with.
        with st.sidebar:
            forget_invitation()
        kept = "" if memory.turn(SECRET) else kept
        memory.next_turn(SECRET)
    return st.query_params.pop(SECRET, kept)


def _take_back(card: InvitationCard) -> None:
    at = desk.now()
    if kept(lambda access: end_invitation(access, card.id, at=at)):
        memory.say("The invitation is taken back. Whoever came in by it stays.")
        memory.forget_link()


def _ask_days(key: str) -> int:
    return int(st.number_input("Open for days", 1, MOST_DAYS, DAYS, key=key))


def _root() -> str:
    # The address people came by, without the path of this screen.
    address = urlsplit(str(st.context.url))
    return f"{address.scheme}://{address.netloc}{address.path.removesuffix('/people').rstrip('/')}"
