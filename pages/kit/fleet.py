"""The plans of the portfolio, drawn: the table, its pages, the heat map, and a few plans side by side."""

from __future__ import annotations

import streamlit as st

from mcplan.portfolio import MOST_COMPARED, Wanted
from mcplan.views.portfolio import PortfolioView, view_portfolio, view_side_by_side
from pages.kit import desk, memory, tables, wanting
from pages.kit.heat_chart import heat_chart
from pages.kit.words import clip, plain
from storage.database import reading
from storage.portfolio import fetch_some
from storage.portfolio_list import AT_ONCE, fetch_portfolio_page


def look(wanted: Wanted) -> PortfolioView:
    """The page of the portfolio that the person at the screen has turned to."""
    now = desk.now()
    page = fetch_portfolio_page(
        desk.engine(), desk.questionnaire(), desk.person(), wanted, at=now, number=wanting.page()
    )
    return view_portfolio(desk.questionnaire(), page, AT_ONCE, now)


def nothing(wanted: Wanted) -> None:
    """What to say where no plan is shown."""
    if wanted.is_narrowed:
        st.info("No plan is like that. Take a filter away to see more.", icon=":material/filter_alt_off:")
        st.button("Show all plans", key="all-plans", on_click=wanting.choose, args=(Wanted(),))
    else:
        st.info("There is no plan yet. Start one on the list of plans.", icon=":material/folder_open:")


def table(view: PortfolioView) -> None:
    """The plans, a row each; the title leads to the plan."""
    st.markdown(f"**{plain(view.message)}**")
    tables.plans(view.lines)


def turn_pages(view: PortfolioView) -> None:
    """The way to the page before and the one after."""
    if view.pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _turn("Earlier plans", "arrow_back", view.number - 1, view)
        st.markdown(f"Page {view.number} of {view.pages}", width="content")
        _turn("Further plans", "arrow_forward", view.number + 1, view)


def heat(view: PortfolioView) -> None:
    """How far each phase of each plan shown is, as a picture and as a table."""
    st.subheader("Phases", anchor=False)
    st.altair_chart(heat_chart(view, on_dark=desk.is_dark()), width="stretch")
    with st.expander("The same as a table"):
        tables.table(view.heat_table)


def compare(view: PortfolioView) -> None:
    """A choice of a few plans shown, and these side by side."""
    st.subheader("Side by side", anchor=False)
    titles = {line.id: f"{clip(line.title, 60)} ({line.gate})" for line in view.lines}
    chosen = st.multiselect(
        f"Plans to compare, two to {MOST_COMPARED}",
        list(titles),
        format_func=lambda id: titles[id],
        max_selections=MOST_COMPARED,
        key="compare",
        placeholder="Choose plans of this page",
    )
    if len(chosen) < 2:
        st.caption("Choose at least two plans.")
        return
    with reading(desk.engine()) as session:
        plans = fetch_some(session, desk.person(), chosen, at=desk.now())
    judged = [(plan, *desk.judge(plan, plan.gate)[:2]) for plan in plans]
    tables.table(view_side_by_side(desk.questionnaire(), judged))


def _turn(label: str, icon: str, number: int, view: PortfolioView) -> None:
    there = 1 <= number <= view.pages
    st.button(
        label,
        icon=f":material/{icon}:",
        key=f"turn-{icon}",
        disabled=not there,
        on_click=memory.show_stored,
        args=(wanting.PAGE, number),
    )
