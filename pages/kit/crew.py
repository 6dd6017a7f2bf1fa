"""The plan itself: who is on the team, which gate it works towards, and its facts."""

from __future__ import annotations

from datetime import date

import streamlit as st

from mcplan.plan import Member, Plan
from mcplan.views.overview import OverviewView
from pages.kit import desk
from pages.kit.words import plain
from questionnaire.model import GATES, ROLES
from storage.plans import remove_member, store_facts, store_member

NO_ROLE = "Further member"


def choose_gate(plan: Plan) -> None:
    """The gate the team works towards; readiness is measured against it."""
    key = f"gate-{plan.id}"
    desk.show_stored(key, plan.gate)
    st.segmented_control(
        "Working towards",
        list(GATES),
        format_func=lambda gate: f"{gate} {GATES[gate]}",
        required=True,
        key=key,
        on_change=_store_gate,
        args=(plan, key),
        disabled=plan.archived_at is not None,
    )


def team(plan: Plan, view: OverviewView) -> None:
    """The six seats, the further members, and a way to change them."""
    st.subheader("Team", anchor=False)
    for seat in view.seats:
        icon = ":material/person:" if seat.names else ":material/person_alert:"
        st.markdown(f"{icon} **{seat.title}**  \n{plain(seat.names) if seat.names else 'Nobody yet: a gap'}")
    further = [member.name for member in plan.team if not member.role]
    if further:
        st.markdown(f":material/group: **Further members**  \n{plain(', '.join(further))}")
    with st.container(horizontal=True):
        if st.button(
            "Add somebody", icon=":material/person_add:", key="add-member", disabled=plan.archived_at is not None
        ):
            _add_member(plan)
        if plan.team and st.button(
            "Change the team", icon=":material/edit:", key="edit-team", disabled=plan.archived_at is not None
        ):
            _edit_team(plan)


def facts(plan: Plan) -> None:
    """What the cover of the dossier says about the plan."""
    st.subheader("Facts", anchor=False)
    start = f"{plan.start.day} {plan.start:%B %Y}" if plan.start else ""
    given = {
        "Awarded by": plan.institution,
        "Owned by": plan.unit,
        "What an earner can do": plan.summary,
        "Who decides": plan.board,
        "First learners": start,
    }
    for name, words in given.items():
        st.markdown(f"**{name}**  \n{plain(words) if words else 'Not said yet'}")
    if st.button("Change the facts", icon=":material/edit:", key="edit-facts", disabled=plan.archived_at is not None):
        _edit_facts(plan)


@st.dialog("Add somebody to the team")
def _add_member(plan: Plan) -> None:
    with st.form("add-member-form", border=False):
        name = st.text_input("Name", max_chars=120)
        open_roles = plan.open_roles()
        role = st.selectbox(
            "Role", [*ROLES, ""], index=_place_of(open_roles[0] if open_roles else ""), format_func=_role_words
        )
        if st.form_submit_button("Add", type="primary"):
            if name.strip():
                _store(plan, Member("", name, role))
                st.rerun()
            st.error("Give a name, please.", icon=":material/error:")


@st.dialog("Change the team")
def _edit_team(plan: Plan) -> None:
    chosen = st.selectbox("Who", plan.team, format_func=lambda member: member.name)
    with st.form("edit-member-form", border=False):
        name = st.text_input("Name", chosen.name, max_chars=120, key=f"name-{chosen.id}")
        role = st.selectbox(
            "Role", [*ROLES, ""], index=_place_of(chosen.role), format_func=_role_words, key=f"role-{chosen.id}"
        )
        if st.form_submit_button("Save", type="primary") and name.strip():
            _store(plan, Member(chosen.id, name, role))
            st.rerun()
    st.caption("Answers this person owns stay, but count as drafted until they have a new owner.")
    if st.button("Take off the team", icon=":material/person_remove:", key=f"remove-{chosen.id}"):
        by, at = desk.me(), desk.now()
        desk.keep(lambda session: remove_member(session, desk.questionnaire(), plan.id, chosen.id, by=by, at=at))
        st.rerun()


@st.dialog("Change the facts", width="medium")
def _edit_facts(plan: Plan) -> None:
    with st.form("facts-form", border=False):
        changes = {
            "title": st.text_input("Title", plan.title, max_chars=200),
            "institution": st.text_input("Awarded by", plan.institution, max_chars=200),
            "unit": st.text_input("Owned by", plan.unit, max_chars=200, help="The school, faculty or department."),
            "summary": st.text_area("What an earner can do", plan.summary, max_chars=2_000, height=120),
            "board": st.text_input("Who decides", plan.board, max_chars=200),
            "start": st.date_input(
                "First learners", plan.start, min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)
            ),
        }
        if st.form_submit_button("Save", type="primary"):
            by, at = desk.me(), desk.now()
            desk.keep(lambda session: store_facts(session, desk.questionnaire(), plan.id, changes, by=by, at=at))
            st.rerun()


def _store(plan: Plan, member: Member) -> None:
    by, at = desk.me(), desk.now()
    desk.keep(lambda session: store_member(session, desk.questionnaire(), plan.id, member, by=by, at=at))


def _store_gate(plan: Plan, key: str) -> None:
    by, at, changes = desk.me(), desk.now(), {"gate": desk.value(key)}
    desk.keep(lambda session: store_facts(session, desk.questionnaire(), plan.id, changes, by=by, at=at))


def _place_of(role: str) -> int:
    return [*ROLES, ""].index(role)


def _role_words(role: str) -> str:
    return ROLES.get(role, NO_ROLE)
