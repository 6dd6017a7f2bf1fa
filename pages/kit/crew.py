"""The plan itself: who is on the team, which gate it works towards, and its facts."""

from __future__ import annotations

import zlib

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcplan.facts import FACTS
from mcplan.plan import Member, Plan
from mcplan.views import view_fact_box
from mcplan.views.overview import OverviewView
from pages.kit import cards, desk, icons, memory
from pages.kit.answer_box import answer_boxes
from pages.kit.cards import Card, Group
from pages.kit.desk import Here
from pages.kit.standing import announce
from pages.kit.switch import emphasis
from pages.kit.tokens import box_address
from pages.kit.words import plain
from questionnaire.model import GATES, ROLES
from storage.plans import store_facts
from storage.team import remove_member, store_member

NO_ROLE = "Further member"


def choose_gate(here: Here) -> None:
    """The gate the team works towards; readiness is measured against it."""
    key = f"gate-{here.plan.id}"
    memory.show_stored(key, here.plan.gate)
    st.segmented_control(
        "Working towards",
        list(GATES),
        format_func=lambda gate: f"{gate} {GATES[gate]}",
        required=True,
        key=key,
        on_change=_store_gate,
        args=(key,),
        disabled=not here.may("answer"),
    )


def ways_on(here: Here, view: OverviewView) -> None:
    """What to do next, and the phases side by side: how far each is, and the way there."""
    ways = [cards.to_screen("findings", view.findings, "rule")]
    if here.readiness.whole.stops:
        ways.insert(0, cards.to_screen("readiness", "See what stops it and what would raise readiness most", "speed"))
    if view.next_step:
        ways.append(cards.to_question(view.next_step.phase_id, view.next_step.question_id, view.next_step.words))
    first = Card(title="What to do next", says=view.next_words, ways=tuple(ways))
    tiles = (
        Card(
            title=phase.title,
            address=cards.address_of(phase.id),
            icon=icons.icon_of(phase.place),
            sign=phase.sign,
            share=phase.share,
            facts=f"{phase.progress} · {phase.readiness}",
        )
        for phase in view.phases
    )
    cards.draw([Group((first,), looks="frames"), Group(tuple(tiles), looks="tiles")], key="ways-on")


def team(here: Here, view: OverviewView) -> None:
    """The six seats, the further members, and a way to change them."""
    st.subheader("Team", anchor=False)
    seats = [
        f"{':material/person:' if seat.names else ':material/person_alert:'} **{seat.title}**  \n"
        f"{plain(seat.names) if seat.names else 'Nobody yet: a gap'}"
        for seat in view.seats
    ]
    further = [member.name for member in here.plan.team if not member.role]
    if further:
        seats.append(f":material/group: **Further members**  \n{plain(', '.join(further))}")
    st.markdown("\n\n".join(seats))
    if not here.may("answer"):
        return
    with st.container(horizontal=True):
        with _fold(here.plan, "Add somebody", ":material/person_add:"):
            _add_member(here.plan)
        if here.plan.team:
            with _fold(here.plan, "Change the team", ":material/edit:"):
                _edit_team(here.plan)


def facts(here: Here) -> None:
    """What the cover of the dossier says about the plan; typed into boxes that save by themselves."""
    st.subheader("Facts", anchor=False)
    closed = not here.may("answer")
    boxes = [view_fact_box(here.plan, fact, desk.me(), closed=closed) for fact in FACTS]
    answer_boxes([("", [{**box, **box_address(box)} for box in boxes])], key="facts")


def _fold(plan: Plan, label: str, icon: str) -> DeltaGenerator:
    # Its name changes with the team, so that a fold closes once what was put in is stored, and not before.
    return st.popover(label, icon=icon, key=f"{label} {_mark(plan)}")


def _mark(plan: Plan) -> int:
    return zlib.crc32(repr(plan.team).encode())


def _add_member(plan: Plan) -> None:
    with st.form(f"add-member-{_mark(plan)}", border=False):
        name = st.text_input("Name", max_chars=120, key=f"new-name-{_mark(plan)}")
        role = _ask_role(next(iter(plan.open_roles()), ""), key=f"new-role-{_mark(plan)}")
        if st.form_submit_button("Add", type=emphasis()):
            _store_member(plan, Member(desk.new_id(), name, role))


def _edit_team(plan: Plan) -> None:
    chosen = st.selectbox("Who", plan.team, format_func=lambda member: member.name, key=f"who-{_mark(plan)}")
    with st.form(f"edit-member-{_mark(plan)}", border=False):
        name = st.text_input("Name", chosen.name, max_chars=120, key=f"name-{chosen.id}-{_mark(plan)}")
        role = _ask_role(chosen.role, key=f"role-{chosen.id}-{_mark(plan)}")
        if st.form_submit_button("Save", type=emphasis()):
            _store_member(plan, Member(chosen.id, name, role))
    st.caption("Answers this person owns stay, but count as drafted until they have a new owner.")
    if st.button("Take off the team", icon=":material/person_remove:", key=f"remove-{chosen.id}-{_mark(plan)}"):
        at = desk.now()
        desk.keep(lambda access: remove_member(access, chosen.id, at=at), "answer")
        st.rerun()


def _ask_role(role: str, *, key: str) -> str:
    roles = [*ROLES, ""]
    return st.selectbox("Role", roles, roles.index(role), format_func=lambda each: ROLES.get(each, NO_ROLE), key=key)


def _store_member(plan: Plan, member: Member) -> None:
    at = desk.now()
    if desk.keep(lambda access: store_member(access, member, at=at), "answer"):
        st.rerun()
    announce()


def _store_gate(key: str) -> None:
    at, changes = desk.now(), {"gate": memory.value(key)}
    desk.keep(lambda access: store_facts(access, changes, at=at), "answer")
