"""Nothing that people wrote ever reaches a log or an error on the screen, whatever goes wrong."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from streamlit.testing.v1 import AppTest

from mcplan.plan import Member, Plan
from pages.kit import desk
from pages.kit.logs import keep_words_out
from storage.database import writing
from storage.guard import AllPlans, within
from storage.tables import ANSWERS
from tests.builders import an_answer
from tests.pages.conftest import SCREENS, keep, words
from tests.pages.test_save_route import save

MARK = "Zanzibar-7731"
CASE = "strategic.business-case"


@pytest.fixture
def plan(installation: Path) -> str:
    """A plan in which every text holds the mark."""
    answers = {CASE: an_answer(CASE, f"{MARK} answer", note=f"{MARK} note")}
    return keep(Plan("", f"{MARK} title", team=(Member("m", f"{MARK} member"),), answers=answers))


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """Everything that was logged or printed so far, at the chattiest level."""
    caplog.set_level(logging.DEBUG)
    before = logging.getLogRecordFactory()
    keep_words_out()
    yield lambda: caplog.text + "".join(capfd.readouterr())
    logging.setLogRecordFactory(before)


def test_a_value_that_does_not_fit_a_conflict_and_too_much(plan: str, log):
    question = {"question": CASE}
    replies = [
        save(plan, **question, base=1, changes={"stage": MARK}),
        save(plan, **question, base=0, changes={"value": MARK}),
        save(plan, **question, base=1, changes={"value": MARK * 100_000}),
        save(plan, **question, base=1, changes={"value": MARK, MARK: 1}),
    ]
    assert [reply.status for reply in replies] == [422, 409, 413, 422]
    assert MARK not in log()


def test_a_database_that_goes_away(plan: str, installation: Path, log):
    installation.rename(installation.with_name("gone.db"))
    reply = save(plan, question=CASE, base=1, changes={"value": MARK})
    assert reply.status == 503
    assert MARK not in reply.body.decode() + log()


def test_a_mistake_of_ours_in_the_database(plan: str, log):
    with writing(desk.engine()) as session, within(session, AllPlans()):
        row = dict(session.connection().execute(select(ANSWERS)).mappings().one())
        with pytest.raises(IntegrityError) as mistake:
            session.connection().execute(insert(ANSWERS), row)
    assert MARK not in str(mistake.value)


def test_words_of_an_exception_wherever_they_are_logged(log):
    try:
        try:
            {}[MARK]
        except KeyError as error:
            raise ValueError(MARK) from error
    except ValueError as error:
        logging.getLogger("anywhere").exception("It broke")
        logging.getLogger("elsewhere").error("It broke: %s", error)
    said = log()
    assert MARK not in said
    assert "builtins.ValueError from builtins.KeyError" in said
    assert "test_logs.py" in said


@pytest.mark.parametrize("screen", ["overview", "strategic", "dossier", "history"])
def test_a_screen_that_breaks(visit, plan: str, installation: Path, log, screen: str):
    desk.engine().dispose()
    with sqlite3.connect(installation) as connection:
        connection.execute("UPDATE mc_answer SET value = ?, evidence = ?", (f'{{"{MARK}": ', f'["{MARK}", '))
        connection.execute("UPDATE mc_plan SET stamp = 'another', gate = ?", (f"{MARK}",))
    connection.close()
    page: AppTest = visit(plan=plan)
    page.switch_page(SCREENS[screen]).run()
    broken = [str(each.message) + str(each.stack_trace) for each in page.exception]
    assert broken or page.error
    assert MARK not in "".join(broken) + words(page).replace(f"{MARK} title", "")
    assert MARK not in log()


def test_a_question_that_is_gone(plan: str, log):
    assert save(plan, question="no.longer", base=0, changes={"value": MARK}).status == 422
    assert MARK not in log()
