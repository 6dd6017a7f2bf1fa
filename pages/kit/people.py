"""The people of the open plan: the list, and what its owners and the people on it can do to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcplan.membership import Membership, People, end_of, last_day
from mcplan.roles import ROLE_ORDER, ROLE_WORDS, Permission, Role
from mcplan.views.people import MemberCard, PeopleView, view_people
from pages.kit import desk, memory
from pages.kit.desk import Here
from pages.kit.standing import announce
from pages.kit.switch import emphasis
from pages.kit.words import plain
from storage import members
from storage.access import PlanAccess
from storage.events import was_recorded
from storage.invitations import fetch_invitations

NO_SIGN_IN = (
    "Nobody has to sign in here, so everybody at this computer owns every plan in it. "
    "To work under your own names and with a role for each, let mcplan sign people in: the README says how."
)
STAY, GO = "become an editor", "leave the plan"


def look(here: Here) -> PeopleView:
    """The people of the open plan; and its invitations, for those who look after them."""
    with desk.opened() as access:
        people, now = members.fetch_members(access), desk.now()
        invitations = fetch_invitations(access, now) if here.may("manage_members") else ()
    return view_people(people, invitations, desk.person(), now)


def draw(member: MemberCard) -> None:
    """One person: what they are here, what that permits, and since when."""
    with st.container(border=True, key=f"member-{member.id}"):
        who = f":material/person: **{plain(member.name)}** · {member.role}: {member.permits}"
        st.markdown(f"{who}  \n:small[{plain(member.facts)}]")


def change(view: PeopleView) -> None:
    """A fold that gives somebody another role or a last day, or takes them off the list."""
    if not view.changeable:
        return
    with fold("Change somebody", ":material/manage_accounts:"):
        who = _ask_whom("Who", view.changeable, key("who"))
        with st.form(key(f"change-{who.person_id}"), border=False):
            role = ask_role(ROLE_ORDER, who.role, key(f"role-{who.person_id}"))
            day = _ask_last_day(who)
            if st.form_submit_button("Save", type=emphasis()):
                done(kept(lambda access: _store(access, who, role, day)), f"{who.name} is changed.")
        st.caption("Whoever may do less than before could come back by a link, so open links are then taken back.")
        if st.button("Take off the list", icon=":material/person_remove:", key=key(f"remove-{who.person_id}")):
            done(
                kept(lambda access: members.remove_member_of_plan(access, who.person_id, at=desk.now())),
                f"{who.name} cannot open this plan any more. What they wrote stays.",
            )


def hand_over(view: PeopleView) -> None:
    """A fold that makes somebody else the owner."""
    if not view.takers:
        return
    with fold("Hand over", ":material/swap_horiz:"), st.form(key("hand-over"), border=False):
        who = _ask_whom("To", view.takers, key("taker"))
        stay = st.radio("And you", [STAY, GO], key=key("stay")) == STAY
        if st.form_submit_button("Hand over", type=emphasis()):
            at = desk.now()
            done(
                kept(
                    lambda access: members.hand_over(access, who.person_id, stay=stay, at=at),
                    done=_recorded("handed over", at),
                ),
                f"{who.name} owns the plan now.",
                gone=not stay,
            )


def leave() -> None:
    """A fold that takes the person at the screen off the list."""
    with fold("Leave", ":material/logout:"):
        st.caption("You cannot open this plan any more then. What you wrote stays.")
        if st.button("Leave the plan", key=key("leave"), type=emphasis()):
            at = desk.now()
            left = kept(lambda access: members.leave(access, at=at), "view", done=_recorded("left", at))
            done(left, "You have left the plan.", gone=True)


def ask_role(roles: tuple[Role, ...], chosen: Role, key: str) -> Role:
    """A role, each with what it permits."""
    words = {role: ": ".join(ROLE_WORDS[role]) for role in roles}
    return st.selectbox("Role", roles, roles.index(chosen), format_func=lambda role: words[role], key=key)


def fold(label: str, icon: str) -> DeltaGenerator:
    """A fold that closes when what was put in is stored."""
    return st.popover(label, icon=icon, key=key(label))


def key(name: str) -> str:
    """The key of a widget in a fold: another one after each change, so that it is empty again."""
    return f"{name} {memory.turn('people')}"


def kept(
    work: Callable[[PlanAccess], object],
    permission: Permission = "manage_members",
    done: desk.Look[list[object]] | None = None,
) -> bool:
    """Change the people of the open plan; True if that is stored. The arguments are those of `desk.keep`."""
    return bool(desk.keep(lambda access: [work(access)], permission, done=done))


def done(outcome: object, words: str, *, gone: bool = False) -> None:
    """Draw the screen anew and say what was done, or say why it was not.

    Args:
        outcome: something true if it was done.
        words: what to say then.
        gone: the person at the screen is not on the list any more then.
    """
    if not outcome:
        announce()
        return
    memory.say(words)
    memory.next_turn("people")
    if gone:
        desk.close_plan()
        st.switch_page(desk.page(""))
    st.rerun()


def _recorded(kind: str, at: datetime) -> desk.Look[list[object]]:
    # Whoever has given the plan away cannot open it to see that they have.
    plan, me = desk.plan_id(), desk.me()
    return lambda session: [kind] if was_recorded(session, plan, kind, by=me, at=at) else None


def _store(access: PlanAccess, who: Membership, role: Role, day: date | None) -> None:
    # The role first: an owner has no last day, and who is made less may get one.
    members.change_role(access, who.person_id, role, at=desk.now())
    members.set_end(access, who.person_id, end_of(day) if day else None, at=desk.now())


def _ask_last_day(who: Membership) -> date | None:
    return st.date_input(
        "Last day",
        last_day(who.ends_at) if who.ends_at else None,
        key=key(f"day-{who.person_id}"),
        help="Leave it empty if there is none. An owner has none.",
    )


def _ask_whom(label: str, people: People, key: str) -> Membership:
    # By id: a choice outlives the drawing, and what it was drawn from is old by then.
    known = {each.person_id: each for each in people}
    return known[st.selectbox(label, list(known), format_func=lambda id: known[id].name, key=key)]
