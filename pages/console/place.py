"""Which database a command works on, and what people read when it cannot."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from mcplan.finding import Finding
from mcplan.findings import find_findings
from mcplan.people import Person, somebody_here
from mcplan.plan import Plan
from mcplan.readiness import Readiness, assess_readiness
from mcplan.risk import Risk
from mcplan.risks import find_risks
from pages.kit.settings import computer_user, database_url, questionnaire_folder
from questionnaire.load import load_questionnaire
from questionnaire.model import Gate, Questionnaire


class Refused(Exception):
    """What was asked for is not possible; the message says why and what to do."""


class Judged(NamedTuple):
    """A plan, what it is asked, and what there is to say about it."""

    questionnaire: Questionnaire
    plan: Plan
    readiness: Readiness
    risks: tuple[Risk, ...]
    findings: tuple[Finding, ...]


def operator() -> Person:
    """Whoever gives a command: they have the database in their hands, and so every plan in it."""
    return somebody_here(computer_user())


def choose_database(database: str, *, create: bool) -> None:
    """From here on this process works on `database`: a file or an address; empty leaves things as they are."""
    if database:
        os.environ["MCPLAN_DATABASE"] = database
    if create:
        os.environ["MCPLAN_CREATE"] = "1"


@contextmanager
def plans_at(database: str, *, create: bool = False) -> Iterator[Any]:
    """The database as `storage` takes it, open. What is wrong with it, or with a plan in it, comes out as `Refused`.

    Args:
        database: a file or an address; empty for that of `pages.kit.settings`.
        create: make it if it is not there.
    """
    from storage.database import open_database

    choose_database(database, create=create)
    with refusing():
        url, may_create = database_url()
        engine = open_database(url, create=may_create)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def refusing() -> Iterator[None]:
    """Inside, a problem that a person can mend becomes a `Refused` with the same sentence."""
    from mcplan.membership import MembershipRefused
    from mcplan.version import VersionRefused
    from storage.database import DatabaseProblem
    from storage.plans import NoSuchPlan

    try:
        yield
    except (DatabaseProblem, NoSuchPlan, MembershipRefused, VersionRefused) as problem:
        raise Refused(str(problem)) from problem


def fetch_judged(plan_id: str, database: str, gate: Gate | None = None) -> Judged:
    """A plan with its readiness for `gate`; None stands for the gate it works towards.

    Raises:
        Refused: the database cannot be opened, or there is no such plan in it.
    """
    from storage.access import authorize
    from storage.database import reading
    from storage.plans import fetch_plan

    asked = load_questionnaire(questionnaire_folder())
    with plans_at(database) as engine, reading(engine) as session:
        plan = fetch_plan(authorize(session, operator(), plan_id, "view", datetime.now(UTC)))
    today = datetime.now(UTC).date()
    risks, findings = find_risks(asked, plan, today), find_findings(asked, plan, today)
    ready = assess_readiness(asked, plan, gate or plan.gate, findings=findings, risks=risks)
    return Judged(asked, plan, ready, risks, findings)
