"""The shelf plans stand on: draw one, start one, duplicate, archive, delete, and bring back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import streamlit as st

from mcplan.example import load_example
from mcplan.plan import Plan
from mcplan.views.plans import PlanCard, view_plan_card
from pages.kit import desk, memory
from pages.kit.standing import announce
from pages.kit.switch import badge, emphasis, switch
from pages.kit.words import plain
from storage.database import reading
from storage.plans import (
    archive_plan,
    count_plans,
    delete_plan,
    duplicate_plan,
    fetch_summaries,
    restore_plan,
    start_plan,
    unarchive_plan,
)

Which = Literal["current", "archived", "deleted"]
SHELVES: dict[Which, str] = {"current": "Current", "archived": "Archived", "deleted": "Deleted"}
NOTHING: dict[Which, str] = {
    "current": "There is no current plan. Start one, or open the worked example.",
    "archived": "Nothing is archived. An archived plan can be read but not changed.",
    "deleted": "Nothing is deleted. A deleted plan waits here until you bring it back.",
}
AT_ONCE = 20


def choose_shelf() -> Which:
    """The shelf to look at; only asked once there is something on another one."""
    if not (_count("archived") or _count("deleted")):
        return "current"
    return switch("Show", SHELVES, chosen="current", key="shelf")


def is_empty() -> bool:
    """True while no plan was ever started here."""
    return not any(_count(which) for which in SHELVES)


def plans(which: Which) -> list[PlanCard]:
    """The plans on a shelf, the one changed last first; as many as asked for so far."""
    most, now = memory.amount(which, AT_ONCE), desk.now()
    found = fetch_summaries(desk.engine(), desk.questionnaire(), desk.person(), at=now, which=which, limit=most)
    return [view_plan_card(summary, now) for summary in found]


def more(which: Which) -> None:
    """A button for further plans, while there are any."""
    left = _count(which) - memory.amount(which, AT_ONCE)
    if left > 0:
        st.button(f"Show more ({left})", key="more", on_click=memory.ask_more, args=(which, AT_ONCE))


def start_button() -> None:
    """A fold that asks for a title and opens a new plan."""
    fold = st.popover("Start a plan", type=emphasis(), icon=":material/add:", key="start")
    with fold, st.form("start-plan", border=False):
        title = st.text_input("What will it be called?", max_chars=200, placeholder="A working title is fine")
        institution = st.text_input(
            "Who will award it?", max_chars=200, placeholder="Your college or professional body"
        )
        if st.form_submit_button("Start", type=emphasis()):
            id = memory.id_for("start", title, institution)
            _keep_and_open(Plan(id=id, title=title, institution=institution))
        else:
            memory.done_with("start")


def example_button() -> None:
    """One click from nothing to a plan worth looking at."""
    if st.button("Open the worked example", icon=":material/school:", key="example"):
        _keep_and_open(replace(load_example(), id=memory.id_for("example")))
    else:
        memory.done_with("example")


def draw(card: PlanCard, which: Which) -> None:
    """One plan as a card with what can be done to it."""
    with st.container(border=True, key=f"plan-{card.id}"):
        words, sign, actions = st.columns([6, 3, 2], vertical_alignment="center")
        with words:
            if which == "deleted":
                st.markdown(f"**{plain(card.title)}**")
            else:
                overview = desk.page("overview")
                st.page_link(overview, label=f"**{plain(card.title)}**", query_params={"plan": card.id})
            st.caption(" · ".join(plain(part) for part in (card.institution, card.facts, card.changed) if part))
        with sign:
            badge(card.sign)
            st.caption(card.readiness)
        with actions:
            _actions(card, which)


def _actions(card: PlanCard, which: Which) -> None:
    if which == "deleted":
        if card.may_put_away:
            _button("Bring back", "undo", "back", card, _restore)
    elif card.may_copy or card.may_put_away:
        with st.popover("More", icon=":material/more_horiz:", key=f"more-{card.id}"):
            _deeds(card, which)


def _deeds(card: PlanCard, which: Which) -> None:
    if card.may_copy:
        _button("Duplicate", "content_copy", "copy", card, _duplicate)
    if not card.may_put_away:
        return
    if which == "archived":
        _button("Take out of the archive", "unarchive", "out", card, _unarchive)
    else:
        _button("Archive", "archive", "archive", card, _archive)
    _button("Delete", "delete", "delete", card, _delete)


def _button(label: str, icon: str, key: str, card: PlanCard, deed: Callable[[PlanCard], None]) -> None:
    st.button(label, icon=f":material/{icon}:", key=f"{key}-{card.id}", on_click=deed, args=(card,))


def _keep_and_open(plan: Plan) -> None:
    person, at = desk.person(), desk.now()
    id = desk.keep_any(lambda session: start_plan(session, desk.questionnaire(), plan, person=person, at=at))
    if id:
        desk.open_plan(id)
        st.switch_page(desk.page("overview"), query_params={"plan": id})
    announce()


def _duplicate(card: PlanCard) -> None:
    title = f"{card.title} (copy)"
    at, id = desk.now(), desk.new_id()
    copy = desk.keep(
        lambda access: duplicate_plan(access, desk.questionnaire(), title=title, at=at, id=id), "export", plan=card.id
    )
    if copy:
        memory.say(f"“{title}” is on the list.")


def _archive(card: PlanCard) -> None:
    _change(archive_plan, card, "is archived: it can be read, not changed.")


def _unarchive(card: PlanCard) -> None:
    _change(unarchive_plan, card, "is out of the archive.")


def _delete(card: PlanCard) -> None:
    _change(delete_plan, card, "is deleted. You can bring it back under “Deleted”.")


def _restore(card: PlanCard) -> None:
    _change(restore_plan, card, "is back.")


def _change(move: desk.Move, card: PlanCard, outcome: str) -> None:
    at = desk.now()
    if desk.keep(lambda access: [move(access, at=at)], "delete", plan=card.id):
        memory.say(f"“{card.title}” {outcome}")


def _count(which: Which) -> int:
    with reading(desk.engine()) as session:
        return count_plans(session, desk.person(), at=desk.now(), which=which)
