"""Which plans of the portfolio to show: filters, order, and the choices a person has saved."""

from __future__ import annotations

import streamlit as st

from mcplan.portfolio import MOST_NAME, MOST_TEXT, ORDERS, VERDICTS, SavedView, Wanted
from mcplan.views.portfolio import VERDICT_WORDS
from pages.kit import desk, memory
from pages.kit.switch import emphasis
from pages.kit.words import plain
from questionnaire.model import GATES
from storage.database import reading
from storage.views import delete_view, fetch_views, store_view

PAGE = "portfolio-page"
NAMES = ("text", "gates", "verdicts", "has_stops", "changed_since", "order")


def page() -> int:
    """The page that the person has turned to, from 1."""
    return memory.number(PAGE, 1)


def ask() -> Wanted:
    """Which plans the person wants, as they have put it now."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Find", max_chars=MOST_TEXT, key=_key("text"), on_change=_first_page, placeholder="Title, institution, unit"
        )
        order = st.selectbox(
            "Sort", list(ORDERS), format_func=lambda each: ORDERS[each], key=_key("order"), on_change=_first_page
        )
        with st.popover("Filter", icon=":material/filter_alt:", key="portfolio-filter"):
            gates = st.multiselect(
                "Gate",
                list(GATES),
                format_func=lambda gate: f"{gate} {GATES[gate]}",
                key=_key("gates"),
                on_change=_first_page,
                placeholder="Every gate",
            )
            verdicts = st.multiselect(
                "Verdict",
                list(VERDICTS),
                format_func=lambda verdict: VERDICT_WORDS[verdict],
                key=_key("verdicts"),
                on_change=_first_page,
                placeholder="Every verdict",
            )
            stops = st.checkbox("Only plans with stops", key=_key("has_stops"), on_change=_first_page)
            since = st.date_input("Changed since", value=None, key=_key("changed_since"), on_change=_first_page)
        wanted = Wanted(" ".join((text or "").split()), tuple(gates), tuple(verdicts), stops, since, order)
        _saved(wanted)
    return wanted


def choose(wanted: Wanted) -> None:
    """Let the filters show this choice."""
    for name in NAMES:
        value = getattr(wanted, name)
        memory.show_stored(_key(name), list(value) if isinstance(value, tuple) else value)
    _first_page()


def _saved(wanted: Wanted) -> None:
    with reading(desk.engine()) as session:
        mine = fetch_views(session, desk.person())
    with st.popover("Saved views", icon=":material/bookmark:", key="portfolio-views"):
        for view in mine:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(plain(view.name), key=f"view-{view.id}", on_click=choose, args=(view.wanted,))
                st.button(
                    f"Delete “{plain(view.name)}”",
                    icon=":material/delete:",
                    type="tertiary",
                    key=f"drop-{view.id}",
                    on_click=_delete,
                    args=(view,),
                )
        with st.form("save-view", border=False, clear_on_submit=True):
            name = st.text_input("Save what is shown now as", max_chars=MOST_NAME)
            if st.form_submit_button("Save", type=emphasis()):
                _store(name, wanted)
        if not mine:
            st.caption("Only you see your saved views.")


def _store(name: str, wanted: Wanted) -> None:
    id, person, at = memory.id_for("view", name), desk.person(), desk.now()
    kept = desk.keep_any(lambda session: store_view(session, person, id, name, wanted, at=at))
    memory.done_with("view")
    if kept:
        memory.say(f"“{kept}” is saved.")
    st.rerun()


def _delete(view: SavedView) -> None:
    person = desk.person()
    if desk.keep_any(lambda session: delete_view(session, person, view.id)):
        memory.say(f"“{view.name}” is deleted.")


def _first_page() -> None:
    memory.show_stored(PAGE, 1)


def _key(name: str) -> str:
    return f"portfolio-{name}"
