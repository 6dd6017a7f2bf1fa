"""Roles × screens: what each screen shows and offers to each role, and that a stranger learns nothing anywhere.

A screen without a row in `SCREEN_ROWS`, or a route without one in `ROUTE_ROWS`, fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from mcplan.decisions import Submission
from mcplan.people import Person
from mcplan.plan import Member, Plan
from mcplan.presence import Presence
from mcplan.roles import ROLE_ORDER, Permission, may
from pages.kit import desk
from pages.kit.server import ROUTES
from pages.kit.tokens import Caller, secret, write_token
from storage.access import authorize
from storage.answers import store_changes
from storage.database import reading, writing
from storage.decisions import store_submission
from storage.guard import AllPlans, within
from storage.people import set_admin
from storage.plans import delete_plan, start_plan
from storage.presence import store_presence
from storage.tables import MEMBERSHIPS
from storage.timeline import fetch_question_events
from storage.versions import store_version
from storage.workshops import Agenda, open_workshop, store_agenda
from tests.builders import an_answer
from tests.enrolled import DANA, ISSUER, KIM, SAM, enrol
from tests.pages.conftest import APP, boxes, words
from tests.pages.test_save_route import ask

MARK = "Zanzibar"
"""Stands in every text of the plan: whoever must not see it must not find this word anywhere."""
NOW = datetime.now(UTC)
CASE = "credential.title-reason"
"""Of the first block: its screen is drawn for the path of all phases."""


@dataclass(frozen=True)
class Row:
    """A screen, and how one can see what it lets people do."""

    path: str
    offers: dict[Permission, Callable[[AppTest], bool]]
    """By permission, whether the screen offers it: exactly those who have it must find it."""
    is_of_a_plan: bool = True


def folds(page: AppTest) -> list[str]:
    return [fold.proto.popover.label for fold in page.main.get("popover")]


def given(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(each.proto.json) for each in page.get("bidi_component") if each.proto.json]


def has_open_box(page: AppTest) -> bool:
    return any(not box.get("closed") for box in boxes(page))


def can_choose_gate(page: AppTest) -> bool:
    return any(each.label == "Working towards" and not each.proto.disabled for each in page.get("button_group"))


SCREEN_ROWS = (
    Row("pages/door/sign_in.py", {}, is_of_a_plan=False),
    Row("pages/door/welcome.py", {}, is_of_a_plan=False),
    Row("pages/plans/plans.py", {}, is_of_a_plan=False),
    Row("pages/plans/skills.py", {}, is_of_a_plan=False),
    Row("pages/plans/portfolio.py", {}, is_of_a_plan=False),
    Row("pages/plans/meeting.py", {}, is_of_a_plan=False),
    Row("pages/plans/work.py", {}, is_of_a_plan=False),
    Row("pages/admin/people.py", {}, is_of_a_plan=False),
    Row("pages/admin/installation.py", {}, is_of_a_plan=False),
    Row("pages/admin/templates.py", {}, is_of_a_plan=False),
    Row("pages/plan/overview.py", {"answer": lambda page: has_open_box(page) and "Add somebody" in folds(page)}),
    Row("pages/plan/phase.py", {"answer": has_open_box}),
    Row("pages/plan/comments.py", {}),
    Row("pages/plan/history.py", {}),
    Row("pages/plan/table.py", {}),
    Row("pages/plan/people.py", {"manage_members": lambda page: "Invite by e-mail" in folds(page)}),
    Row("pages/review/readiness.py", {}),
    Row("pages/review/one_page.py", {}),
    Row(
        "pages/review/risks.py",
        {"answer": has_open_box, "export": lambda page: bool(page.get("download_button"))},
    ),
    Row(
        "pages/review/actions.py",
        {"answer": has_open_box, "export": lambda page: bool(page.get("download_button"))},
    ),
    Row("pages/review/findings.py", {}),
    Row("pages/review/alignment.py", {}),
    Row("pages/review/pathway.py", {}),
    Row("pages/review/sources.py", {}),
    Row("pages/review/finance.py", {}),
    Row(
        "pages/review/dossier.py",
        {
            "export": lambda page: any(each.key == "make" for each in page.button),
            "answer": lambda page: bool(page.file_uploader),
        },
    ),
    Row(
        "pages/review/summary.py",
        {"answer": has_open_box, "export": lambda page: bool(page.get("download_button"))},
    ),
    Row("pages/review/badge.py", {"export": lambda page: bool(page.get("download_button"))}),
    Row(
        "pages/review/data.py",
        {
            "export": lambda page: bool(page.get("download_button")),
            "answer": lambda page: bool(page.main.get("file_uploader")),
        },
    ),
    Row("pages/review/ecosystem.py", {}),
    Row("pages/review/journey.py", {}),
    Row("pages/review/lifecycle.py", {}),
    Row("pages/decide/versions.py", {"snapshot": lambda page: "Freeze a version" in folds(page)}),
    Row("pages/decide/review.py", {"comment": lambda page: any(each.label == "Hand in" for each in page.button)}),
    Row(
        "pages/decide/decision.py",
        {
            "submit": lambda page: "Withdraw" in folds(page),
            "approve": lambda page: any(each.label == "Decision" for each in page.radio),
        },
    ),
    Row(
        "pages/workshop/workshops.py",
        {"facilitate": lambda page: any(each.key == "workshop-minutes" for each in page.number_input)},
    ),
    Row("pages/workshop/agenda.py", {}),
    Row("pages/workshop/lead.py", {"facilitate": lambda page: any("wall" in each for each in given(page))}),
    Row("pages/workshop/report.py", {"export": lambda page: any(each.key == "make-report" for each in page.button)}),
)
"""To add a screen, add a row: its script, and for what it lets people do, how that shows."""
OF_A_PLAN = [row for row in SCREEN_ROWS if row.is_of_a_plan]

ROUTE_ROWS: dict[str, tuple[Permission, dict[str, Any]]] = {
    "/api/answers": ("answer", {"question": CASE, "base": 1, "changes": {"note": "x"}, "save_id": "a"}),
    "/api/pulse": ("view", {"visit": "v", "screen": "risks", "typing": "", "revision": 0, "known": {CASE: 0}}),
    "/api/comments": ("comment", {"question": CASE, "act": "write", "id": "c1", "text": "Really?"}),
    "/api/history": ("view", {"question": CASE}),
    "/api/workshop": ("facilitate", {"workshop": "w1", "act": "look"}),
    "/api/aside": ("answer", {"question": CASE, "field": "answer", "text": "Given up"}),
}
"""To add a route, add a row: what it needs, and a call that would do something."""


@pytest.fixture
def zanzibar(installation: Path) -> str:
    """Dana's plan, in which every text holds the mark, before its board; Sam and Kim have signed in."""
    enrol(desk.engine(), DANA, SAM, KIM)
    answers = {CASE: an_answer(CASE, f"{MARK} answer", note=f"{MARK} note", owner="m")}
    team = (Member("m", f"{MARK} member", "initiative-lead"),)
    plan = Plan("", f"{MARK} title", institution=f"{MARK} college", summary=f"{MARK}", team=team, answers=answers)
    with writing(desk.engine()) as session:
        id = start_plan(session, desk.questionnaire(), plan, person=DANA, at=NOW)
        access = authorize(session, DANA, id, "submit", NOW)
        store_version(access, desk.questionnaire(), "v1", f"{MARK} version", at=NOW)
        given = Submission("s1", "v1", "G1", f"{MARK} presenter", f"{MARK} board", NOW.date(), "", NOW)
        store_submission(access, given, seen=0, move_id="s", at=NOW)
        access = authorize(session, DANA, id, "facilitate", NOW)
        agenda = Agenda("Pricing day", 60, 5, 10, False, ((CASE, 0),))
        store_agenda(access, desk.questionnaire(), "w1", agenda, at=NOW)
        open_workshop(access, "w1", "K7M4PQ", {}, at=NOW)
    return id


def give(plan_id: str, role: str) -> None:
    """Sam has this role in the plan."""
    row = {"plan_id": plan_id, "person_id": SAM.id, "role": role, "by": "Dana", "at": NOW, "ends_at": None}
    with writing(desk.engine()) as session, within(session, AllPlans()):
        session.connection().execute(insert(MEMBERSHIPS), row)


def everything(page: AppTest) -> str:
    """All that was sent to the browser."""
    return repr(page._tree) + "".join(str(each.proto) for each in page.get("bidi_component")) + words(page)


def test_every_screen_has_a_row():
    screens = {str(path.relative_to(APP.parent)) for path in (APP.parent / "pages").glob("*/*.py")}
    rooms = {path for path in screens if not path.startswith(("pages/kit/", "pages/console/"))}
    assert {row.path for row in SCREEN_ROWS} == {path for path in rooms if not path.endswith("__init__.py")}


@pytest.mark.parametrize("role", ROLE_ORDER)
@pytest.mark.parametrize("row", OF_A_PLAN, ids=lambda row: row.path)
def test_a_screen_shows_and_offers_what_the_role_permits(as_person, zanzibar, row, role):
    give(zanzibar, role)
    page = as_person(SAM, row.path, plan=zanzibar)
    assert not page.exception
    assert not page.error
    assert MARK in everything(page)
    assert {permission: offers(page) for permission, offers in row.offers.items()} == {
        permission: may(role, permission) for permission in row.offers
    }


@pytest.mark.parametrize("row", OF_A_PLAN, ids=lambda row: row.path)
@pytest.mark.parametrize("is_admin", [False, True], ids=["stranger", "administrator"])
def test_whoever_is_no_member_learns_nothing_from_any_screen(as_person, zanzibar, row, is_admin):
    if is_admin:
        with writing(desk.engine()) as session:
            set_admin(session, ISSUER, KIM.id, is_admin=True, at=NOW)
    seen = []
    for plan in (zanzibar, "no-such-plan"):
        page = as_person(KIM, row.path, plan=plan)
        assert MARK not in everything(page)
        assert not boxes(page)
        assert not [each for each in given(page) if "strip" in each]
        seen.append(words(page))
    assert seen[0] == seen[1]
    assert "This plan is no longer there." in seen[0]


def test_a_list_names_a_persons_own_plans_only(as_person, zanzibar):
    assert MARK in everything(as_person(DANA, ""))
    page = as_person(KIM, "")
    assert MARK not in everything(page)
    assert "Walk" in words(page), "for Kim it is as if no plan were there"


@pytest.mark.parametrize("role", ROLE_ORDER)
def test_a_list_offers_what_the_role_in_each_plan_permits(as_person, zanzibar, role):
    give(zanzibar, role)
    with writing(desk.engine()) as session:
        start_plan(session, desk.questionnaire(), Plan("sams", "Sam's own"), person=SAM, at=NOW)
    keys = {each.key for each in as_person(SAM, "").button}
    assert {f"{deed}-sams" for deed in ("copy", "archive", "delete")} <= keys
    offered = {"export": f"copy-{zanzibar}" in keys, "delete": f"archive-{zanzibar}" in keys}
    assert offered == {permission: may(role, permission) for permission in offered}
    assert (f"delete-{zanzibar}" in keys) == may(role, "delete")
    folds = [fold.proto.popover.label for fold in as_person(SAM, "").main.get("popover")]
    assert folds.count("More") == 1 + may(role, "export")

    with writing(desk.engine()) as session:
        delete_plan(authorize(session, DANA, zanzibar, "delete", NOW), at=NOW)
    page = as_person(SAM, "")
    page.segmented_control(key="shelf").set_value("deleted").run()
    assert (f"back-{zanzibar}" in {each.key for each in page.button}) == may(role, "delete")


@pytest.mark.parametrize("row", [row for row in SCREEN_ROWS if "admin" in row.path], ids=lambda row: row.path)
def test_screens_of_administrators_are_for_them_alone_and_name_no_plan(as_person, zanzibar, row):
    page = as_person(DANA, "", plan=zanzibar)
    assert not any("accounts" in str(each) for each in (page.session_state["pages"] or {}))
    with writing(desk.engine()) as session:
        set_admin(session, ISSUER, KIM.id, is_admin=True, at=NOW)
    page = as_person(KIM, row.path)
    assert not page.exception
    assert MARK not in everything(page)


def test_every_route_has_a_row():
    assert {route.path for route in ROUTES if route.path.startswith("/api/")} == set(ROUTE_ROWS)


@pytest.mark.parametrize("path", ROUTE_ROWS)
@pytest.mark.parametrize("role", ROLE_ORDER)
def test_a_route_serves_those_who_may(as_person, zanzibar, path, role):
    give(zanzibar, role)
    needs, _ = ROUTE_ROWS[path]
    status, told = reply(path, SAM, zanzibar)
    assert (status == 200) == may(role, needs), told
    assert status in (200, 403)


@pytest.mark.parametrize("role", ROLE_ORDER)
def test_how_sure_somebody_is_the_route_takes_from_whoever_may_comment(as_person, zanzibar, monkeypatch, role):
    give(zanzibar, role)
    for changes, needs in (({"confidence": 2}, "comment"), ({"confidence": 3, "note": "x"}, "answer")):
        row = {"question": CASE, "base": 1, "changes": changes, "save_id": needs}
        monkeypatch.setitem(ROUTE_ROWS, "/api/answers", (needs, row))
        status, told = reply("/api/answers", SAM, zanzibar)
        # The second one comes too late for whoever may do both.
        assert status == (403 if not may(role, needs) else 200 if needs == "comment" else 409), told
    rates = {box["rates"] for box in boxes(as_person(SAM, "pages/plan/phase.py", plan=zanzibar))}
    assert rates == {may(role, "comment")}


@pytest.mark.parametrize("path", ROUTE_ROWS)
def test_a_route_tells_a_stranger_that_nothing_is_there(as_person, zanzibar, path):
    answers = {reply(path, KIM, plan) for plan in (zanzibar, "no-such-plan")}
    assert len(answers) == 1
    status, told = answers.pop()
    assert status == 404
    assert MARK not in told


def reply(path: str, person: Person, plan_id: str) -> tuple[int, str]:
    """What a route answers somebody who has signed in: status and words."""
    caller = Caller(person.id, person.name, int(datetime.now(UTC).timestamp()))
    parts = {"plan": plan_id, "token": write_token(secret(), caller, plan_id, desk.now())} | ROUTE_ROWS[path][1]
    answer = ask(path, json.dumps(parts).encode())
    return answer.status, answer.body.decode()


def test_an_answer_that_a_colleague_changed_since_the_last_visit_is_marked(as_person, zanzibar):
    give(zanzibar, "viewer")
    with writing(desk.engine()) as session:
        seen = authorize(session, SAM, zanzibar, "view", NOW)
        store_presence(seen, Presence("v", SAM.name, "credential", "", NOW - timedelta(days=2)))
        changed = authorize(session, DANA, zanzibar, "answer", NOW)
        store_changes(changed, desk.questionnaire(), CASE, {"note": "New."}, seen=1, save_id="a", at=NOW)
    news = {
        person: [each.get("news") for each in boxes(as_person(person, "pages/plan/phase.py", plan=zanzibar))]
        for person in (SAM, DANA)
    }
    assert f"New from {DANA.name}" in news[SAM]
    assert not any(news[DANA])


def test_a_text_that_was_given_up_is_kept_once_however_often_it_is_sent(as_person, zanzibar):
    assert [reply("/api/aside", DANA, zanzibar)[0] for _ in range(2)] == [200, 200]
    with reading(desk.engine()) as session:
        access = authorize(session, DANA, zanzibar, "view", NOW)
        assert [each.details["after"] for each in fetch_question_events(access, CASE, "set aside")] == ["Given up"]
