"""The desk every screen works at: what is asked, which plan is open, who sits there.

The only place that touches `st.session_state`, and the only one that turns an error a person
can mend into the sentence they read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mcplan.finding import Finding
from mcplan.findings import find_findings
from mcplan.known import Known
from mcplan.membership import MembershipRefused
from mcplan.people import NotAllowed, Person
from mcplan.plan import Plan
from mcplan.readiness import Readiness, assess_readiness
from mcplan.risk import Risk
from mcplan.risks import find_risks
from mcplan.roles import Permission, Role, may
from pages.kit import memory, tab
from pages.kit.settings import database_url, questionnaire_folder
from pages.kit.tokens import Caller
from questionnaire.errors import AnswerRejected, QuestionnaireError
from questionnaire.load import load_questionnaire
from questionnaire.model import Gate, Phase, Question, Questionnaire
from storage.access import PlanAccess, authorize
from storage.comments import fetch_talk
from storage.database import DatabaseProblem, open_database, reading, storing
from storage.plans import NoSuchPlan, fetch_plan
from storage.presence import fetch_since

Engine = Any
Session = Any
Done = TypeVar("Done")
Move = Callable[..., object]
Look = Callable[[Session], Done | None]
KEPT_IN_ARCHIVE: frozenset[Permission] = frozenset({"view", "export", "manage_members", "delete"})
"""What people may still do in an archived plan."""
ICON = Path(__file__).parent / "icon.png"
"""The picture on the browser's tab; one of ours, since Streamlit would fetch its own from outside."""


@dataclass(frozen=True)
class Here:
    """The open plan as the person at the screen may see it, and what follows from it at its own gate."""

    plan: Plan
    role: Role
    """What the person at the screen is in the plan."""
    since: datetime | None
    """What others did later than this is new to the person; None on their first visit."""
    talk: int
    """Goes up with every change of a comment: what the screen was drawn from."""
    readiness: Readiness
    risks: tuple[Risk, ...]
    findings: tuple[Finding, ...]

    def may(self, permission: Permission) -> bool:
        """True if the person at the screen may do this here, and the plan is not archived if it would change it."""
        return may(self.role, permission) and (self.plan.archived_at is None or permission in KEPT_IN_ARCHIVE)


@lru_cache(maxsize=1)
def questionnaire() -> Questionnaire:
    """What plans are asked, read once in the life of the server; safe outside a visit.

    Raises:
        QuestionnaireError: a content file is wrong.
    """
    return load_questionnaire(questionnaire_folder())


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The open database, one in the life of the server; safe outside a visit.

    Raises:
        DatabaseProblem: it cannot be opened.
    """
    url, is_default = database_url()
    return open_database(url, create=is_default)


def is_visit() -> bool:
    """True while a person's page is being drawn, False while the server imports the script."""
    return get_script_run_ctx(suppress_warning=True) is not None


def person() -> Person:
    """The person at the screen."""
    return memory.person()


def caller() -> Caller:
    """The person at the screen, as tokens name them."""
    return Caller(person().id, person().name, memory.signed_in_at())


def me() -> str:
    """The name of the person at the screen."""
    return person().name


def is_dark() -> bool:
    """True if this screen has a dark ground."""
    return st.context.theme.type == "dark"


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id for something new, made before the work that stores it: that may run twice, and makes it once."""
    return uuid4().hex


def plan_id() -> str:
    """The id of the open plan: the one in the address, else the last one this visit opened; "" if none."""
    in_address = st.query_params.get("plan", "")
    if in_address:
        st.session_state["plan"] = in_address
    return str(st.session_state.get("plan", ""))


def ask_tab() -> bool:
    """Ask the tab for its plan in a new visit that came without one; True until it has said so (`pages.kit.tab`)."""
    if plan_id() or "plan" in st.session_state:
        return False
    tab.ask(open_plan)
    return True


def open_plan(id: str) -> None:
    """Make `id` the open plan of this visit."""
    st.session_state["plan"] = id


def close_plan() -> None:
    """Leave the open plan."""
    st.session_state["plan"] = ""
    st.session_state.pop("here", None)


def here() -> Here:
    """The open plan as it is stored now; its id is put into the address, so that a reload finds it.

    Raises:
        NoSuchPlan: there is none with this id, or none is open.
        DatabaseProblem: the database is away.
    """
    id = plan_id()
    if ask_tab():
        st.stop()
    if not id:
        raise NoSuchPlan("No plan is open. Choose one from the list of plans.")
    if st.query_params.get("plan") != id:
        st.query_params["plan"] = id
    with opened() as access:
        plan, since, talk = fetch_plan(access), fetch_since(access, now()), fetch_talk(access)
    today, (day, kept) = now().date(), st.session_state.get("here", (None, None))  # an acceptance may end with a day
    if kept and (kept.plan.id, kept.plan.revision, day) == (id, plan.revision, today):
        found: Here = replace(kept, plan=plan, role=access.role, since=since, talk=talk)
    else:
        found = Here(plan, access.role, since, talk, *judge(plan, plan.gate))
    st.session_state["here"] = today, found
    return found


@contextmanager
def opened(permission: Permission = "view") -> Iterator[PlanAccess]:
    """The open plan in a transaction that reads, for the person at the screen.

    Raises:
        NoSuchPlan: it is not there, for them.
        NotAllowed: they may open it, but not do this.
        DatabaseProblem: the database is away.
    """
    with reading(engine()) as session:
        yield authorize(session, person(), plan_id(), permission, now())


def judge(plan: Plan, gate: Gate) -> tuple[Readiness, tuple[Risk, ...], tuple[Finding, ...]]:
    """Readiness for a gate, risks and findings of a plan."""
    asked, today = questionnaire(), now().date()
    risks, findings = find_risks(asked, plan, today), find_findings(asked, plan, today)
    return assess_readiness(asked, plan, gate, findings=findings, risks=risks), risks, findings


def known(plan: Plan) -> Known:
    """What a plan says, for whatever works something out of it."""
    return Known(questionnaire(), plan, now().date())


def turn_to(page: StreamlitPage, pages: list[StreamlitPage]) -> None:
    """Remember which screen is drawn, and where the others are, for the links between them."""
    memory.begin_screen()
    st.session_state.update(page=page.url_path, pages={each.url_path: each for each in pages})


def page(name: str) -> StreamlitPage:
    """A screen by its path in the address; KeyError if there is none."""
    found: StreamlitPage = st.session_state["pages"][name]
    return found


def screen() -> str:
    """The path in the address of the screen that is drawn."""
    return str(st.session_state["page"])


def phase() -> Phase:
    """The phase whose screen is drawn."""
    return questionnaire().phase(screen())


def target() -> str:
    """The id of the question the address points to; "" if it points to none."""
    return str(st.query_params.get("question", ""))


def target_row() -> str:
    """The id of the row the address points to, in the table it points to; "" if it points to none."""
    return str(st.query_params.get("row", ""))


def opens_talk() -> bool:
    """True if the address points to the threads at its question."""
    return st.query_params.get("talk") == "open"


def table() -> Question | None:
    """The table the address points to; None if it points to none."""
    asked = questionnaire()
    question = asked.question(target()) if asked.has(target()) else None
    return question if question and question.columns else None


def lost_target() -> str:
    """What to say if the address points to a question that is not asked; "" if all is well."""
    if not target() or questionnaire().has(target()):
        return ""
    return "The question in this address is not in the questionnaire. Here are those that are."


def keep(
    work: Callable[[PlanAccess], Done], permission: Permission, *, plan: str = "", done: Look[Done] | None = None
) -> Done | None:
    """Do `work` on a plan in one write transaction; what a person can mend is said at the top of the next screen.

    Args:
        work: what to do, with the plan opened for the person at the screen. It is tried again if the line to
            the database breaks, so what it makes has its id from before (`new_id`).
        permission: what they need for it.
        plan: its id; the open plan if empty.
        done: for work that takes away the right to itself, what an earlier try has stored (`storing`).

    Returns:
        What `work` returns, or None if it was refused.
    """
    me, id = person(), plan or plan_id()
    return keep_any(lambda session: work(authorize(session, me, id, permission, now())), done)


def keep_any(work: Callable[[Session], Done], done: Look[Done] | None = None) -> Done | None:
    """The same for work that opens no plan that is there already, such as starting one."""
    try:
        return storing(engine(), work, done)
    except (AnswerRejected, MembershipRefused, NoSuchPlan, NotAllowed, DatabaseProblem) as problem:
        memory.say(str(problem), kind="error")
        return None


@contextmanager
def plain_words() -> Iterator[None]:
    """Inside, whatever a person can mend is said in a sentence instead of breaking the screen."""
    try:
        yield
    except NoSuchPlan as problem:
        close_plan()
        st.query_params.clear()
        st.error(str(problem), icon=":material/search_off:")
        st.page_link("pages/plans/plans.py", label="Go to the list of plans", icon=":material/arrow_back:")
    except NotAllowed as problem:
        st.error(str(problem), icon=":material/lock:")
    except (DatabaseProblem, QuestionnaireError) as problem:
        st.error(str(problem), icon=":material/error:")
