"""The one door to a plan, and the guard below it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import get_args

import pytest
import sqlmodel
from sqlalchemy import column, delete, event, func, insert, lambda_stmt, select, table, update
from sqlalchemy.orm import aliased

from mcplan.people import NotAllowed, Person, somebody_here
from mcplan.roles import PERMISSIONS, ROLE_ORDER, Permission
from storage.access import authorize
from storage.answers import fetch_history, store_changes
from storage.database import open_database, reading, writing
from storage.guard import AllPlans, Unscoped, within
from storage.plans import (
    NoSuchPlan,
    archive_plan,
    count_plans,
    delete_plan,
    duplicate_plan,
    fetch_plan,
    fetch_summaries,
    start_plan,
    store_facts,
)
from storage.tables import ANSWERS, EVENTS, MEMBERSHIPS, PEOPLE, PLANS, SUMMARIES, EventRow, PlanRow
from tests.builders import NOON, a_plan, a_questionnaire, an_answer

DANA, SAM, KIM = (Person(name.lower(), name) for name in ("Dana", "Sam", "Kim"))
LATER = NOON + timedelta(hours=1)
TABLES = (PLANS, ANSWERS, SUMMARIES, EVENTS, MEMBERSHIPS)


@pytest.fixture
def people(database):
    """Dana, Sam and Kim have signed in once."""
    fields = {"iss": "https://id.example.org", "email": "", "is_admin": False, "valid_after": None}
    with writing(database) as session:
        for person in (DANA, SAM, KIM):
            row = {"id": person.id, "sub": person.id, "name": person.name, "first_at": NOON, "seen_at": NOON}
            session.connection().execute(insert(PEOPLE), fields | row | {"disabled_at": None})


@pytest.fixture
def danas(database, asked, people):
    """Dana's plan, with one answer."""
    with writing(database) as session:
        return start_plan(session, asked, a_plan(an_answer(), id="", title="Dana's"), person=DANA, at=NOON)


@pytest.fixture
def kims(database, asked, people):
    """Kim's plan, of which Dana and Sam know nothing."""
    with writing(database) as session:
        return start_plan(session, asked, a_plan(an_answer(), id="", title="Kim's"), person=KIM, at=NOON)


def join(database, plan_id, person, role, ends_at=None):
    row = {"plan_id": plan_id, "person_id": person.id, "role": role, "by": "Dana", "at": NOON, "ends_at": ends_at}
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(insert(MEMBERSHIPS), row)


def test_whoever_starts_a_plan_owns_it(database, danas):
    with reading(database) as session:
        assert authorize(session, DANA, danas, "manage_members", NOON).role == "owner"


def test_a_strangers_plan_and_one_that_never_was_give_the_same_answer(database, danas):
    said = []
    for plan_id in (danas, uuid.uuid4().hex, "", "' OR 1=1 --"):
        with pytest.raises(NoSuchPlan) as refusal, reading(database) as session:
            authorize(session, KIM, plan_id, "view", NOON)
        said.append(str(refusal.value))
    assert set(said) == {"This plan is no longer there."}


@pytest.mark.parametrize("role", ROLE_ORDER)
def test_a_role_permits_what_its_table_says_and_nothing_else(database, danas, role):
    join(database, danas, SAM, role)
    for permission in get_args(Permission):
        with reading(database) as session:
            if permission in PERMISSIONS[role]:
                assert authorize(session, SAM, danas, permission, NOON).role == role
            else:
                with pytest.raises(NotAllowed, match="Ask an owner"):
                    authorize(session, SAM, danas, permission, NOON)


def test_nobody_who_writes_a_plan_may_approve_it():
    assert [role for role in ROLE_ORDER if {"answer", "approve"} <= PERMISSIONS[role]] == []


def test_what_a_function_needs_it_asks_for_again(database, danas, asked):
    join(database, danas, SAM, "viewer")
    changes = (
        lambda access: store_changes(access, asked, "first.case", {"note": "x"}, seen=1, save_id="a", at=LATER),
        lambda access: store_facts(access, {"board": "Senate"}, at=LATER),
        lambda access: archive_plan(access, at=LATER),
        lambda access: delete_plan(access, at=LATER),
        lambda access: duplicate_plan(access, asked, title="Mine now", at=LATER),
    )
    for change in changes:
        with pytest.raises(NotAllowed), writing(database) as session:
            change(authorize(session, SAM, danas, "view", LATER))
    with reading(database) as session:
        plan = fetch_plan(authorize(session, DANA, danas, "view", NOON))
    assert (plan.revision, plan.title) == (1, "Dana's")


def test_a_membership_ends_when_it_says(database, danas):
    join(database, danas, SAM, "facilitator", ends_at=LATER)
    with reading(database) as session:
        assert authorize(session, SAM, danas, "answer", LATER - timedelta(seconds=1)).role == "facilitator"
    with pytest.raises(NoSuchPlan), reading(database) as session:
        authorize(session, SAM, danas, "view", LATER)
    assert fetch_summaries(database, a_questionnaire(), SAM, at=LATER) == []


def test_a_list_holds_a_persons_plans_and_no_others(database, danas, kims):
    join(database, danas, SAM, "viewer")
    for person, titles in ((DANA, ["Dana's"]), (SAM, ["Dana's"]), (KIM, ["Kim's"])):
        found = fetch_summaries(database, a_questionnaire(), person, at=NOON)
        assert [each.title for each in found] == titles
        with reading(database) as session:
            assert count_plans(session, person, at=NOON) == len(titles)


def test_an_administrator_opens_no_plan_by_that_alone(database, danas):
    boss = Person(SAM.id, SAM.name, is_admin=True)
    with pytest.raises(NoSuchPlan), reading(database) as session:
        authorize(session, boss, danas, "view", NOON)
    with reading(database) as session:
        assert count_plans(session, boss, at=NOON) == 0


def test_a_statement_on_plans_without_a_scope_raises(database, danas):
    statements = [select(table) for table in TABLES]
    statements += [select(func.count()).select_from(table) for table in TABLES]
    statements += [select(PLANS.c.id).where(PLANS.c.id.in_(select(ANSWERS.c.plan_id)))]
    statements += [update(PLANS).values(title="x"), delete(MEMBERSHIPS), PLANS.alias().select()]
    statements += [select(PLANS.c.id).union(select(ANSWERS.c.plan_id))]
    for statement in statements:
        with pytest.raises(Unscoped), writing(database) as session:
            session.connection().execute(statement)
        with pytest.raises(Unscoped), writing(database) as session:
            session.exec(statement)


def test_a_refused_door_leaves_no_scope_behind(database, danas):
    with reading(database) as session:
        with pytest.raises(NoSuchPlan):
            authorize(session, KIM, danas, "view", NOON)
        with pytest.raises(Unscoped):
            session.connection().execute(select(PLANS.c.title))


def test_whatever_a_statement_asks_for_it_gets_only_the_plan_in_scope(database, danas, kims):
    other = PLANS.alias("other")
    with reading(database) as session:
        connection = authorize(session, DANA, danas, "view", NOON).session.connection()
        assert connection.execute(select(PLANS.c.title)).scalars().all() == ["Dana's"]
        assert connection.execute(select(PLANS.c.title).where(PLANS.c.id == kims)).all() == []
        assert connection.execute(select(func.count()).select_from(ANSWERS)).scalar() == 1
        assert connection.execute(select(other.c.title)).scalars().all() == ["Dana's"]
        joined = select(PLANS.c.title, ANSWERS.c.question_id).join(ANSWERS, ANSWERS.c.plan_id != PLANS.c.id)
        assert connection.execute(joined).all() == []
        inner = select(ANSWERS.c.plan_id).where(ANSWERS.c.plan_id == kims)
        assert connection.execute(select(select(PLANS.c.title).where(PLANS.c.id.in_(inner)).subquery())).all() == []
        # A count of another plan's answers, hidden in a column.
        hidden = select(func.count()).select_from(ANSWERS).where(ANSWERS.c.plan_id == kims).scalar_subquery()
        assert connection.execute(select(hidden.label("count"), PLANS.c.title)).first() == (0, "Dana's")
        # An outer join keeps the rows for which there is nothing.
        beside = select(PLANS.c.title, other.c.title).select_from(PLANS.outerjoin(other, other.c.title == "none"))
        assert connection.execute(beside).all() == [("Dana's", None)]
        either = select(PLANS.c.title).union_all(select(other.c.title))
        assert connection.execute(either).scalars().all() == ["Dana's", "Dana's"]


def test_no_statement_changes_or_adds_to_a_plan_outside_the_scope(database, danas, kims):
    event = {"at": NOON, "by": "Dana", "kind": "started", "question_id": "", "details": {}}
    with writing(database) as session:
        connection = authorize(session, DANA, danas, "view", NOON).session.connection()
        assert connection.execute(update(PLANS).where(PLANS.c.id == kims).values(title="Taken")).rowcount == 0
        assert connection.execute(update(SUMMARIES).values(floor=1.0)).rowcount == 1
        assert connection.execute(delete(SUMMARIES).where(SUMMARIES.c.plan_id == kims)).rowcount == 0
        for rows in ({"plan_id": kims}, [{"plan_id": danas}, {"plan_id": kims}]):
            each = [event | row for row in rows] if isinstance(rows, list) else event | rows
            with pytest.raises(Unscoped):
                connection.execute(insert(EVENTS), each)
        with pytest.raises(Unscoped):
            connection.execute(insert(EVENTS).values(**event, plan_id=kims))
        with pytest.raises(Unscoped):
            connection.execute(insert(EVENTS).from_select(list(EVENTS.c.keys())[1:], select(*list(EVENTS.c)[1:])))
    with reading(database) as session:
        assert fetch_plan(authorize(session, KIM, kims, "view", NOON)).title == "Kim's"


def test_objects_of_tables_pass_the_same_guard(database, danas, kims):
    with pytest.raises(Unscoped), writing(database) as session:
        session.get(PlanRow, danas)
    with writing(database) as session:
        authorize(session, DANA, danas, "view", NOON)
        assert session.get(PlanRow, kims) is None
        assert [plan.title for plan in session.exec(sqlmodel.select(PlanRow))] == ["Dana's"]
        assert [plan.title for plan in session.exec(sqlmodel.select(aliased(PlanRow)))] == ["Dana's"]
        session.add(EventRow(plan_id=kims, at=NOON, by="Dana", kind="started", question_id="", details={}))
        with pytest.raises(Unscoped):
            session.flush()


def test_what_the_guard_cannot_look_into_it_refuses(database, danas):
    with reading(database) as session:
        connection = authorize(session, DANA, danas, "view", NOON).session.connection()
        for statement in (lambda_stmt(lambda: select(PLANS.c.title)), table("mc_plan", column("title")).select()):
            with pytest.raises(Unscoped):
                connection.execute(statement)


def test_a_scope_ends_with_its_transaction(database, danas):
    with reading(database) as session:
        authorize(session, DANA, danas, "view", NOON)
    for _ in range(3):
        with pytest.raises(Unscoped), reading(database) as session:
            session.connection().execute(select(PLANS.c.title))


def test_a_role_taken_away_meanwhile_refuses_the_next_save(database, danas, asked):
    join(database, danas, SAM, "editor")
    with writing(database) as session:
        access = authorize(session, SAM, danas, "answer", NOON)
        store_changes(access, asked, "first.case", {"note": "in time"}, seen=1, save_id="a", at=NOON)
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(delete(MEMBERSHIPS).where(MEMBERSHIPS.c.person_id == SAM.id))
    with pytest.raises(NoSuchPlan), writing(database) as session:
        authorize(session, SAM, danas, "answer", NOON)
    with reading(database) as session:
        history = fetch_history(authorize(session, DANA, danas, "view", NOON), "first.case")
    assert [each.answer.note for each in history] == ["", "in time"]


def test_a_database_opened_anew_is_guarded_too(database, url, danas):
    engine = open_database(url)
    try:
        with pytest.raises(Unscoped), reading(engine) as session:
            session.connection().execute(select(PLANS.c.title))
    finally:
        engine.dispose()


def test_a_list_says_what_the_person_is_in_each_plan_and_asks_once(database, asked, danas):
    with writing(database) as session:
        mine = start_plan(session, asked, a_plan(id="", title="Sam's"), person=SAM, at=NOON)
    row = {"plan_id": danas, "person_id": SAM.id, "role": "viewer", "by": "Dana", "at": NOON, "ends_at": None}
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(insert(MEMBERSHIPS), row)
    asked_for = []
    event.listen(database, "before_cursor_execute", lambda *given: asked_for.append(given[2]))
    found = {each.id: each.role for each in fetch_summaries(database, asked, SAM, at=NOON)}
    here = {each.role for each in fetch_summaries(database, asked, somebody_here("Sam"), at=NOON)}
    assert found == {mine: "owner", danas: "viewer"}
    assert here == {"owner"}
    assert len([each for each in asked_for if each.startswith("SELECT")]) == 2


@pytest.mark.parametrize(("role", "may_rate"), [("reviewer", True), ("editor", True), ("viewer", False)])
def test_whoever_may_comment_says_how_sure_they_are_and_nothing_else(database, asked, danas, role, may_rate):
    row = {"plan_id": danas, "person_id": SAM.id, "role": role, "by": "Dana", "at": NOON, "ends_at": None}
    with writing(database) as session, within(session, AllPlans()):
        session.connection().execute(insert(MEMBERSHIPS), row)

    def save(changes, save_id):
        with writing(database) as session:
            access = authorize(session, SAM, danas, "view", NOON)
            return store_changes(access, asked, "first.case", changes, seen=1, save_id=save_id, at=NOON)

    if role != "editor":
        with pytest.raises(NotAllowed):
            save({"confidence": 2, "value": "Rewritten."}, "a")
    if not may_rate:
        with pytest.raises(NotAllowed):
            save({"confidence": 2}, "b")
        return
    rated = save({"confidence": 2}, "b")
    assert (rated.confidence["Sam"], rated.value) == (2, an_answer().value)
