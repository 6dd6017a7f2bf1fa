"""The workshops of the open plan on the screens: the list, and what each is to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from mcplan.views.workshops import WorkshopCard, ask_of, say_fit, say_offer, standing_of, view_workshops
from mcplan.workshop.agenda import CLOSING, MOST, OPENING, suggest
from mcplan.workshop.sitting import Item, Sitting, WorkshopRefused
from pages.kit import desk, memory
from pages.kit.desk import Here
from pages.kit.switch import emphasis
from pages.kit.words import clip, plain
from storage.access import PlanAccess
from storage.database import reading
from storage.workshops import (
    Agenda,
    drop_workshop,
    fetch_sitting,
    fetch_templates,
    fetch_workshops,
    new_code,
    open_workshop,
    questions_of,
    store_agenda,
)

SCREEN = "workshops"


def cards(here: Here) -> tuple[WorkshopCard, ...]:
    """The workshops of the open plan."""
    with desk.opened() as access:
        found = fetch_workshops(access)
    return view_workshops(found, may_lead=here.may("facilitate"))


def draw(card: WorkshopCard) -> None:
    """One workshop in the list, with the way to it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"workshop-{card.id}"):
        with st.container(gap="xxsmall", width="stretch"):
            st.markdown(f"**{plain(card.title)}**")
            st.caption(plain(card.facts))
        st.badge(card.state, icon=card.icon, color="green" if card.state == "Open now" else "gray")
        to_workshop(card.screen, card.id, card.leads_to)


def to_workshop(screen: str, id: str, words: str) -> None:
    """A link to a screen of one workshop."""
    st.page_link(
        desk.page(f"workshop-{screen}"),
        label=plain(words),
        icon=":material/arrow_forward:",
        query_params={"plan": desk.plan_id(), "workshop": id},
    )


def prepare(here: Here) -> None:
    """The form that prepares a workshop: how long, and which questions, the suggested ones chosen."""
    minutes = int(st.number_input("Minutes there are", 20, MOST, 90, 5, key="workshop-minutes"))
    offers = suggest(here.readiness, minutes)
    templates = {each.workshop.id: each for each in _templates()}
    labels = {offer.question.id: say_offer(offer) for offer in offers}
    from_template = st.selectbox(
        "Begin with",
        ["", *templates],
        format_func=lambda id: f"Template: {templates[id].workshop.title}" if id else "What holds the plan up most",
        key="workshop-template",
    )
    suggested = [offer.question.id for offer in offers if offer.fits]
    chosen = _of_template(templates[from_template], labels) if from_template else suggested
    with st.form("prepare", border=False):
        title = st.text_input("Title", f"Workshop on {clip(here.plan.title, 60)}", max_chars=120)
        ids = st.multiselect(
            "Questions, in the order they are taken",
            list(labels),
            default=chosen,
            format_func=lambda id: labels[id],
            key=f"workshop-questions-{minutes}-{from_template}",
            help="Suggested: what stops the gate first, then what gives most points a minute, as far as time allows.",
        )
        anonymous = st.checkbox("Proposals are shown without names")
        if st.form_submit_button("Prepare the workshop", type=emphasis()):
            agenda = Agenda(title, minutes, OPENING, CLOSING, anonymous, tuple((id, 0) for id in ids))
            _prepared(agenda)


def open_sitting() -> Sitting:
    """The workshop that the address names.

    Raises:
        NoSuchPlan, NotAllowed: as `desk.opened`.
    """
    found = _find()
    if found is None:
        st.switch_page(desk.page(SCREEN), query_params={"plan": desk.plan_id()})
    return found


def say_agenda(here: Here, sitting: Sitting) -> None:
    """The agenda; while the workshop is prepared, whoever may lead it sets order and minutes."""
    st.markdown(say_fit([item.minutes for item in sitting.items], sitting.workshop))
    changes = sitting.workshop.state == "draft" and here.may("facilitate")
    for number, item in enumerate(sitting.items, 1):
        with st.container(border=True, key=f"item-{item.id}"):
            words, minutes, up, off = st.columns([7, 2, 0.8, 0.8], vertical_alignment="center")
            words.markdown(f"{number}\\. {plain(ask_of(desk.questionnaire(), item))}")
            if changes:
                with minutes:
                    _change_minutes(sitting, item)
                with up:
                    _move_up(sitting, number - 1, item)
                with off:
                    _take_off(sitting, item)
            else:
                minutes.caption(f"{item.minutes} min")


def begin(here: Here, sitting: Sitting) -> None:
    """What can be done with a workshop that is prepared."""
    id = sitting.workshop.id
    with st.container(horizontal=True):
        if sitting.workshop.state != "draft" or not here.may("facilitate"):
            return
        if st.button("Open the workshop", type=emphasis(), icon=":material/podium:", key="open"):
            code, at, standing = new_code(), desk.now(), standing_of(here.readiness)
            desk.keep(lambda access: open_workshop(access, id, code, standing, at=at), "facilitate")
            go("lead", id)
        if st.button("Save as a template", icon=":material/bookmark_add:", key="template"):
            _save_template(sitting)
        st.button("Take it away", icon=":material/delete:", key="drop", on_click=_drop, args=(id,))


def _templates() -> tuple[Sitting, ...]:
    with reading(desk.engine()) as session:
        return fetch_templates(session, desk.person(), desk.now())


def _of_template(template: Sitting, labels: dict[str, str]) -> list[str]:
    # What is settled in this plan is not on the list any more.
    return [id for id, _ in questions_of(template) if id in labels]


def _prepared(agenda: Agenda) -> None:
    id, at = memory.id_for("workshop", repr(agenda)), desk.now()
    asked = desk.questionnaire()
    if _kept(lambda access: store_agenda(access, asked, id, agenda, at=at)):
        memory.done_with("workshop")
        go("agenda", id)
    st.rerun()


def _change_minutes(sitting: Sitting, item: Item) -> None:
    minutes = st.number_input(
        f"Minutes for question {sitting.items.index(item) + 1}",
        1,
        120,
        item.minutes,
        key=f"minutes-{item.id}",
        label_visibility="collapsed",
    )
    if minutes != item.minutes:
        changed = replace(item, minutes=int(minutes))
        _reorder(sitting, [changed if each.id == item.id else each for each in sitting.items])


def _move_up(sitting: Sitting, place: int, item: Item) -> None:
    items, is_first = list(sitting.items), place == 0
    if st.button("", icon=":material/arrow_upward:", key=f"up-{item.id}", disabled=is_first, help="Take it earlier"):
        items[place - 1], items[place] = items[place], items[place - 1]
        _reorder(sitting, items)


def _take_off(sitting: Sitting, item: Item) -> None:
    last = len(sitting.items) == 1
    if st.button("", icon=":material/close:", key=f"off-{item.id}", disabled=last, help="Take it off the agenda"):
        _reorder(sitting, [each for each in sitting.items if each.id != item.id])


def _reorder(sitting: Sitting, items: Sequence[Item]) -> None:
    agenda, asked, at = _agenda(sitting, items), desk.questionnaire(), desk.now()
    desk.keep(lambda access: store_agenda(access, asked, sitting.workshop.id, agenda, at=at), "facilitate")
    st.rerun()


def _save_template(sitting: Sitting) -> None:
    agenda, id, at, asked = _agenda(sitting, sitting.items), desk.new_id(), desk.now(), desk.questionnaire()
    if _kept(lambda access: store_agenda(access, asked, id, agenda, at=at, state="template")):
        memory.say("The agenda is saved as a template. Choose it when you prepare the next workshop.")
    st.rerun()


def _agenda(sitting: Sitting, items: Sequence[Item]) -> Agenda:
    workshop = sitting.workshop
    return Agenda(
        workshop.title,
        workshop.minutes,
        workshop.opening,
        workshop.closing,
        workshop.is_anonymous,
        tuple((item.question_id, item.minutes) for item in items),
    )


def _drop(id: str) -> None:
    if _kept(lambda access: drop_workshop(access, id)):
        memory.say("The workshop is taken away.")


def _find() -> Sitting | None:
    named = str(st.query_params.get("workshop", ""))
    with desk.opened() as access:
        try:
            # An address without one means the last that was prepared.
            return fetch_sitting(access, named or next((each.id for each in fetch_workshops(access)), ""))
        except WorkshopRefused as gone:
            memory.say(str(gone), kind="error")
            return None


def _kept(work: Callable[[PlanAccess], None]) -> bool:
    def done(access: PlanAccess) -> bool:
        work(access)
        return True

    return bool(desk.keep(done, "facilitate"))


def go(screen: str, id: str) -> None:
    """On to a screen of one workshop."""
    st.switch_page(desk.page(f"workshop-{screen}"), query_params={"plan": desk.plan_id(), "workshop": id})
