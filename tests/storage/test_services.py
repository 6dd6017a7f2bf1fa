"""Roles × services: everything that can be done to a plan asks for the right permission, and nothing for a stranger.

A function of `storage` that takes a `PlanAccess` without a row in `SERVICES` fails the first test.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import func, insert, select

import storage
from mcplan.deciding import Draft
from mcplan.decisions import Submission
from mcplan.people import NotAllowed, Person
from mcplan.plan import Member
from mcplan.presence import Presence
from mcplan.reviews import scorer_of
from mcplan.roles import ROLE_ORDER, Permission, Role, may
from mcplan.rubric import load_rubric
from questionnaire.model import Column, Questionnaire
from storage import (
    answers,
    bundle_records,
    bundles,
    comments,
    decisions,
    events,
    invitations,
    members,
    plans,
    presence,
    reviews,
    sittings,
    team,
    timeline,
    workshop_notes,
    workshops,
)
from storage import versions as frozen
from storage.access import PlanAccess, authorize
from storage.database import reading, writing
from storage.guard import AllPlans, within
from storage.plans import NoSuchPlan, start_plan
from storage.tables import EVENTS, MEMBERSHIPS, PEOPLE, PLANS
from storage.workshop_tables import PARTICIPANTS
from storage.workshops import Agenda
from tests.builders import NOON, a_plan, a_question, a_questionnaire, an_answer

DANA, SAM, KIM = (Person(name.lower(), name) for name in ("Dana", "Sam", "Kim"))
ASKED = a_questionnaire(
    a_question("case", gate="G1"),
    a_question("price", gate="G1"),
    a_question("steps", kind="table", columns=(Column("name", "Step"),), gate="G1"),
)
CASE = "first.case"
FOR_G2 = Submission("s2", "v1", "G2", "Dana", "Senate", NOON.date(), "", NOON)
APPROVAL = Draft("approve", decided_on=NOON.date(), reason="Well done.")
SCORES = {each.id: {"score": 1, "reason": "x"} for each in load_rubric().criteria}


def reviewing(access: PlanAccess) -> Any:
    """For whom the person at the screen writes a review: a viewer for nobody, so they try it for the team."""
    return scorer_of(access.person, access.role) or scorer_of(DANA, "owner")


def scored(access: PlanAccess) -> Any:
    """A review with everything in it, before it is handed in."""
    return reviews.store_review(access, "s1", reviewing(access), SCORES, move_id="b", at=NOON)


def brought_back(access: PlanAccess, moves: int) -> Any:
    """An owner submits once more, after they have taken back what was with the board."""
    decisions.withdraw(access, "", seen=moves, move_id="w", at=NOON)
    decisions.store_submission(access, FOR_G2, seen=moves + 1, move_id="s", at=NOON)


def opened_again(access: PlanAccess) -> Any:
    """An owner reopens what a reviewer has approved."""
    if access.role == "owner":
        reviewer = replace(access, person=KIM, role="reviewer")
        decisions.store_decision(reviewer, ASKED, APPROVAL, seen=1, move_id="a", at=NOON)
    decisions.reopen(access, "Why not", seen=2, move_id="r", at=NOON)


AGENDA = Agenda("Pricing day", 60, 5, 10, False, ((CASE, 0),))


def to_merge(access: PlanAccess, asked: Questionnaire) -> dict[str, Any]:
    """Lead the workshop to where an answer can be stored; what a commit then has to say."""
    workshops.open_workshop(access, "w1", "K7M4PQ", {}, at=NOON)
    for seen in range(2, 7):
        sittings.move_on(access, asked, "w1", "next", seen=seen, at=NOON)
    return {"seen": 7, "base": 1, "save_id": "s", "at": NOON}


@dataclass(frozen=True)
class Service:
    """A function on a plan, what it needs, and a call of it that does something."""

    function: Callable[..., Any]
    needs: Permission
    call: Callable[[PlanAccess, Questionnaire], Any]


SERVICES = (
    Service(plans.open_to_change, "answer", lambda access, _: plans.open_to_change(access)),
    Service(
        plans.move_on, "answer", lambda access, _: plans.move_on(access, plans.fetch_plan(access), NOON, {"unit": "x"})
    ),
    Service(plans.fetch_plan, "view", lambda access, _: plans.fetch_plan(access)),
    Service(plans.fetch_revision, "view", lambda access, _: plans.fetch_revision(access)),
    Service(
        answers.append_row,
        "answer",
        lambda access, asked: answers.append_row(access, asked, "first.steps", {"id": "r", "name": "Cut"}, at=NOON),
    ),
    Service(
        answers.put_row,
        "view",
        lambda access, asked: answers.put_row(access, asked, "first.steps", {"id": "p", "name": "Sew"}, at=NOON),
    ),
    Service(timeline.fetch_timeline, "view", lambda access, _: timeline.fetch_timeline(access)),
    Service(timeline.fetch_authors, "view", lambda access, _: timeline.fetch_authors(access)),
    Service(
        timeline.fetch_revisions, "view", lambda access, _: timeline.fetch_revisions(access, CASE, below=9, most=9)
    ),
    Service(
        timeline.fetch_question_events,
        "view",
        lambda access, _: timeline.fetch_question_events(access, CASE, "set aside"),
    ),
    Service(answers.fetch_history, "view", lambda access, _: answers.fetch_history(access, CASE)),
    Service(
        answers.store_changes,
        "answer",
        lambda access, asked: answers.store_changes(access, asked, CASE, {"note": "x"}, seen=1, save_id="a", at=NOON),
    ),
    Service(plans.store_facts, "answer", lambda access, _: plans.store_facts(access, {"unit": "x"}, at=NOON)),
    Service(
        plans.store_fact,
        "answer",
        lambda access, _: plans.store_fact(access, "unit", "x", seen=1, at=NOON),
    ),
    Service(
        team.store_member,
        "answer",
        lambda access, _: team.store_member(access, Member("", "Kit"), at=NOON),
    ),
    Service(team.remove_member, "answer", lambda access, _: team.remove_member(access, "sam", at=NOON)),
    Service(
        plans.duplicate_plan,
        "export",
        lambda access, asked: plans.duplicate_plan(access, asked, title="Copy", at=NOON),
    ),
    Service(plans.archive_plan, "delete", lambda access, _: plans.archive_plan(access, at=NOON)),
    Service(plans.unarchive_plan, "delete", lambda access, _: plans.unarchive_plan(access, at=NOON)),
    Service(plans.delete_plan, "delete", lambda access, _: plans.delete_plan(access, at=NOON)),
    Service(plans.restore_plan, "delete", lambda access, _: plans.restore_plan(access, at=NOON)),
    Service(events.record, "view", lambda access, _: events.record(access, "started", NOON)),
    Service(presence.fetch_pulse, "view", lambda access, _: presence.fetch_pulse(access, NOON)),
    Service(presence.fetch_since, "view", lambda access, _: presence.fetch_since(access, NOON)),
    Service(
        presence.store_presence,
        "view",
        lambda access, _: presence.store_presence(access, Presence("v", "Dana", "first", "", NOON)),
    ),
    Service(presence.leave, "view", lambda access, _: presence.leave(access, "v")),
    Service(members.fetch_members, "view", lambda access, _: members.fetch_members(access)),
    Service(members.leave, "view", lambda access, _: members.leave(access, at=NOON)),
    Service(
        members.change_role, "manage_members", lambda access, _: members.change_role(access, "sam", "viewer", at=NOON)
    ),
    Service(members.set_end, "manage_members", lambda access, _: members.set_end(access, "sam", None, at=NOON)),
    Service(
        members.remove_member_of_plan,
        "manage_members",
        lambda access, _: members.remove_member_of_plan(access, "dana", at=NOON),
    ),
    Service(
        members.hand_over, "manage_members", lambda access, _: members.hand_over(access, "dana", stay=True, at=NOON)
    ),
    Service(
        invitations.fetch_invitations,
        "manage_members",
        lambda access, _: invitations.fetch_invitations(access, NOON),
    ),
    Service(
        invitations.invite_by_email,
        "manage_members",
        lambda access, _: invitations.invite_by_email(access, "kim@south.example", "viewer", at=NOON),
    ),
    Service(
        invitations.invite_by_link,
        "manage_members",
        lambda access, _: invitations.invite_by_link(access, "viewer", at=NOON),
    ),
    Service(
        invitations.end_invitation,
        "manage_members",
        lambda access, _: invitations.end_invitation(access, "none", at=NOON),
    ),
    Service(bundles.fetch_bundle, "export", bundles.fetch_bundle),
    Service(bundles.fetch_all_revisions, "view", lambda access, _: bundles.fetch_all_revisions(access)),
    Service(
        bundles.take_over,
        "answer",
        lambda access, asked: bundles.take_over(access, asked, (), name="f", save_id="a", at=NOON),
    ),
    Service(bundle_records.fetch_records, "export", lambda access, _: bundle_records.fetch_records(access)),
    Service(bundle_records.store_records, "answer", lambda access, _: bundle_records.store_records(access, (), ())),
    Service(comments.fetch_threads, "view", lambda access, _: comments.fetch_threads(access)),
    Service(comments.fetch_counts, "view", lambda access, _: comments.fetch_counts(access)),
    Service(comments.fetch_talk, "view", lambda access, _: comments.fetch_talk(access)),
    Service(
        comments.store_comment,
        "comment",
        lambda access, asked: comments.store_comment(access, asked, "new", "x", question_id=CASE, at=NOON),
    ),
    Service(
        comments.edit_comment, "comment", lambda access, _: comments.edit_comment(access, "c1", "x", seen=1, at=NOON)
    ),
    Service(comments.settle_thread, "comment", lambda access, _: comments.settle_thread(access, "c1", at=NOON)),
    Service(comments.reopen_thread, "comment", lambda access, _: comments.reopen_thread(access, "c1", at=NOON)),
    Service(frozen.fetch_versions, "view", lambda access, _: frozen.fetch_versions(access)),
    Service(frozen.fetch_state, "view", lambda access, _: frozen.fetch_state(access, "v1")),
    Service(
        frozen.store_version, "snapshot", lambda access, asked: frozen.store_version(access, asked, "v2", "x", at=NOON)
    ),
    Service(decisions.fetch_board, "view", lambda access, _: decisions.fetch_board(access)),
    Service(decisions.store_submission, "submit", lambda access, _: brought_back(access, 1)),
    Service(
        decisions.hand_over_decision,
        "submit",
        lambda access, _: decisions.hand_over_decision(access, "Kim", "", seen=1, move_id="h", at=NOON),
    ),
    Service(
        decisions.withdraw, "submit", lambda access, _: decisions.withdraw(access, "", seen=1, move_id="w", at=NOON)
    ),
    Service(decisions.reopen, "submit", lambda access, _: opened_again(access)),
    Service(
        decisions.store_decision,
        "approve",
        lambda access, asked: decisions.store_decision(access, asked, APPROVAL, seen=1, move_id="a", at=NOON),
    ),
    Service(decisions.begin_review, "review", lambda access, _: decisions.begin_review(access, move_id="b", at=NOON)),
    Service(reviews.store_review, "comment", lambda access, _: scored(access)),
    Service(
        reviews.hand_in_review,
        "comment",
        lambda access, _: [scored(access), reviews.hand_in_review(access, "s1", reviewing(access), at=NOON)],
    ),
    Service(
        reviews.fetch_review,
        "comment",
        lambda access, _: reviews.fetch_review(access, "s1", reviewing(access)),
    ),
    Service(reviews.fetch_reviews, "view", lambda access, _: reviews.fetch_reviews(access, "s1", None)),
    Service(reviews.fetch_all_handed_in, "export", lambda access, _: reviews.fetch_all_handed_in(access, "s1")),
    Service(reviews.count_reviews, "view", lambda access, _: reviews.count_reviews(access, "s1")),
    Service(comments.assign_thread, "comment", lambda access, _: comments.assign_thread(access, "c1", "sam", at=NOON)),
    Service(
        answers.store_confidence,
        "facilitate",
        lambda access, asked: answers.store_confidence(access, asked, CASE, {"Sam": 4}, save_id="a", at=NOON),
    ),
    Service(workshops.fetch_workshops, "view", lambda access, _: workshops.fetch_workshops(access)),
    Service(workshops.fetch_sitting, "view", lambda access, _: workshops.fetch_sitting(access, "w1")),
    Service(
        workshops.store_agenda,
        "facilitate",
        lambda access, asked: workshops.store_agenda(access, asked, "w2", AGENDA, at=NOON),
    ),
    Service(
        workshops.drop_workshop,
        "facilitate",
        lambda access, asked: (
            workshops.store_agenda(access, asked, "w2", AGENDA, at=NOON),
            workshops.drop_workshop(access, "w2"),
        ),
    ),
    Service(
        workshops.open_workshop,
        "facilitate",
        lambda access, _: workshops.open_workshop(access, "w1", "K7M4PQ", {}, at=NOON),
    ),
    Service(
        workshops.close_workshop,
        "facilitate",
        lambda access, _: (
            workshops.open_workshop(access, "w1", "K7M4PQ", {}, at=NOON),
            workshops.close_workshop(access, "w1", {}, at=NOON),
        ),
    ),
    Service(
        sittings.move_on,
        "facilitate",
        lambda access, asked: (
            to_merge(access, asked),
            sittings.move_on(access, asked, "w1", "back", seen=7, at=NOON),
        ),
    ),
    Service(
        sittings.commit_answer,
        "facilitate",
        lambda access, asked: sittings.commit_answer(access, asked, "w1", {"value": "x"}, **to_merge(access, asked)),
    ),
    Service(
        sittings.store_draft,
        "facilitate",
        lambda access, asked: (
            to_merge(access, asked),
            sittings.store_draft(access, "w1", workshops.fetch_sitting(access, "w1").items[0].id, "x", seen=0, at=NOON),
        ),
    ),
    Service(
        sittings.set_door,
        "facilitate",
        lambda access, asked: (to_merge(access, asked), sittings.set_door(access, "w1", is_locked=True, at=NOON)),
    ),
    Service(
        sittings.rename_participant,
        "facilitate",
        lambda access, asked: (to_merge(access, asked), sittings.rename_participant(access, "w1", "p1", "Kit")),
    ),
    Service(
        sittings.remove_participant,
        "facilitate",
        lambda access, asked: (to_merge(access, asked), sittings.remove_participant(access, "w1", "p1", at=NOON)),
    ),
    Service(
        workshop_notes.store_note,
        "facilitate",
        lambda access, asked: workshop_notes.store_note(access, asked, "w1", "n2", "parking", "x", at=NOON),
    ),
    Service(
        workshop_notes.turn_into,
        "facilitate",
        lambda access, asked: workshop_notes.turn_into(access, asked, "w1", "n1", "comment", at=NOON),
    ),
    Service(sittings.lead_is_here, "facilitate", lambda access, _: sittings.lead_is_here(access, "w1", at=NOON)),
)
"""To add a service, add a row: the function, the permission it needs, and a call that changes or shows something."""


def services() -> set[Callable[..., Any]]:
    """Every public function of this floor that takes an opened plan."""
    found = set()
    for module in pkgutil.iter_modules(storage.__path__):
        if module.ispkg:
            continue
        for _, function in inspect.getmembers(importlib.import_module(f"storage.{module.name}"), inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            takes = first is not None and "PlanAccess" in str(first.annotation)
            if takes and not function.__name__.startswith("_"):
                found.add(function)
    return found


@pytest.fixture
def plan_id(database) -> str:
    """Dana's plan before its board, with a comment of Sam's from when he was in it; Sam and Kim have signed in once."""
    fields = {"iss": "https://id.example.org", "email": "", "is_admin": False, "valid_after": None}
    with writing(database) as session:
        for person in (DANA, SAM, KIM):
            row = {"id": person.id, "sub": person.id, "name": person.name, "first_at": NOON, "seen_at": NOON}
            session.connection().execute(insert(PEOPLE), fields | row | {"disabled_at": None})
        plan = a_plan(an_answer(CASE), id="", title="Dana's")
        id = start_plan(session, ASKED, plan, person=DANA, at=NOON)
        by_sam = replace(authorize(session, DANA, id, "comment", NOON), person=SAM)
        comments.store_comment(by_sam, ASKED, "c1", "Sam wonders", question_id=CASE, at=NOON)
        by_dana = authorize(session, DANA, id, "submit", NOON)
        frozen.store_version(by_dana, ASKED, "v1", "For the Senate", at=NOON)
        first = replace(FOR_G2, id="s1", gate="G1")
        decisions.store_submission(by_dana, first, seen=0, move_id="s1", at=NOON)
        by_dana = authorize(session, DANA, id, "facilitate", NOON)
        workshops.store_agenda(by_dana, ASKED, "w1", AGENDA, at=NOON)
        workshop_notes.store_note(by_dana, ASKED, "w1", "n1", "parking", "Later", at=NOON)
        row = {"id": "p1", "plan_id": id, "workshop_id": "w1", "name": "Kit Two", "name_key": "kit two"}
        session.connection().execute(
            insert(PARTICIPANTS), row | {"person_id": "", "joined_at": NOON, "removed_at": None}
        )
        return id


def test_every_service_has_a_row():
    assert services() == {service.function for service in SERVICES}


@pytest.mark.parametrize("role", ROLE_ORDER)
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.function.__name__)
def test_a_service_does_its_work_for_those_who_may_and_for_nobody_else(database, plan_id, service, role: Role):
    row = {"plan_id": plan_id, "person_id": SAM.id, "role": role, "by": "Dana", "at": NOON, "ends_at": None}
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(insert(MEMBERSHIPS), row)
    before = state(database)
    if may(role, service.needs):
        with writing(database) as session:
            service.call(authorize(session, SAM, plan_id, "view", NOON), ASKED)
        return
    with pytest.raises(NotAllowed) as refused, writing(database) as session:
        service.call(authorize(session, SAM, plan_id, "view", NOON), ASKED)
    assert refused.value.permission == service.needs
    assert state(database) == before


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.function.__name__)
def test_a_stranger_gets_to_no_service_at_all(database, plan_id, service):
    before = state(database)
    with pytest.raises(NoSuchPlan), writing(database) as session:
        service.call(authorize(session, KIM, plan_id, "view", NOON), ASKED)
    assert state(database) == before


def state(database) -> Any:
    """What any change of a plan would change."""
    with reading(database) as session, within(session, AllPlans()):
        found = session.connection().execute(select(PLANS).order_by(PLANS.c.id)).all()
        number = session.connection().execute(select(func.count()).select_from(EVENTS)).scalar()
    return found, number
