"""How the open plan got where it is, on the screen: the last week, and readiness by day."""

from __future__ import annotations

from textwrap import wrap

import altair as alt
import pandas as pd
import streamlit as st

from mcplan.plan import Answer
from mcplan.readiness import Readiness
from mcplan.replay import Day, as_of, replay, writers
from mcplan.views.trend import WEEK, WHOLE, TrendView, WeekView, view_trend, view_week
from pages.kit import cards, desk, links, tables
from pages.kit.charts import DARK, LIGHT
from pages.kit.desk import Here
from pages.kit.timeline import zone
from pages.kit.words import bullets
from questionnaire.model import Gate
from storage.bundles import fetch_all_revisions

FEW = 6
"""Answers of the week that are named before somebody asks for all."""


def draw_week(here: Here, gate: Gate, readiness: Readiness) -> None:
    """What changed in the last seven days: points, answers, stops."""
    view = week(here, gate, readiness)
    st.subheader("What changed since last week", anchor=False)
    st.markdown(view.message)
    if view.stops:
        st.markdown(bullets(view.stops[:FEW]))
    cards.pointers(view.answers[:FEW], key="week")
    if len(view.answers) > FEW:
        links.to_screen("history", f"{len(view.answers) - FEW} more in the history", ":material/history:")


def draw_trend(here: Here, gate: Gate) -> None:
    """Readiness by day since the plan began; nothing while it is of one day."""
    view = trend(here, gate)
    if view is None:
        return
    st.subheader("Day by day", anchor=False)
    st.altair_chart(trend_chart(view, on_dark=desk.is_dark()), alt=view.title)
    tables.table(view.parts)
    tables.table(view.table)
    st.caption(view.note)


def week(here: Here, gate: Gate, readiness: Readiness) -> WeekView:
    """What changed in the seven days before now, in words."""
    history = _history(here)
    before = as_of(here.plan, history, desk.now() - WEEK)
    then, _, _ = desk.judge(before, gate)
    return view_week(desk.questionnaire(), here.plan, before, now=readiness, then=then, by=writers(history))


def trend(here: Here, gate: Gate) -> TrendView | None:
    """Readiness by day, worked out once for each revision of a plan; None while it is of one day."""
    key = here.plan.id, here.plan.revision, gate, str(zone())
    days = _KEPT.get(key)
    if days is None:
        days = _KEPT[key] = replay(desk.questionnaire(), here.plan, _history(here), gate, zone())
        while len(_KEPT) > AT_ONCE:
            _KEPT.pop(next(iter(_KEPT)), None)
    return view_trend(days)


def trend_chart(view: TrendView, *, on_dark: bool = False) -> alt.LayerChart:
    """The whole plan as a strong line, its phases as fine ones with their names at the end."""
    strong, _, quiet = DARK if on_dark else LIGHT
    frame = pd.DataFrame(view.lines, columns=["day", "part", "floor"])
    frame["day"] = pd.to_datetime(frame["day"])
    base = alt.Chart(frame).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b", tickCount=6)),
        y=alt.Y("floor:Q", title="Readiness, 0 to 100", scale=alt.Scale(domain=[0, 100])),
        detail=alt.Detail("part:N"),
        tooltip=[alt.Tooltip("part:N"), alt.Tooltip("day:T", format="%-d %B %Y"), alt.Tooltip("floor:Q", format=".0f")],
    )
    is_whole = alt.datum.part == WHOLE
    fine = base.transform_filter(~is_whole).mark_line(color=quiet, strokeWidth=1, opacity=0.6)
    whole = base.transform_filter(is_whole).mark_line(
        color=strong, strokeWidth=3, point=alt.OverlayMarkDef(color=strong)
    )
    ends = pd.DataFrame(view.ends, columns=["part", "floor"])
    ends["day"] = frame["day"].max()
    names = alt.Chart(ends).mark_text(align="right", dx=-4, dy=-7, color=quiet, fontSize=11)
    names = names.encode(x=alt.X("day:T"), y=alt.Y("floor:Q"), text=alt.Text("part:N"))
    titled = alt.layer(fine, whole, names).properties(
        title=alt.TitleParams(wrap(view.title, 42), anchor="start"), height=300
    )
    chart: alt.LayerChart = titled.configure_axis(labelColor=quiet, titleColor=quiet)
    return chart


def _history(here: Here) -> list[Answer]:
    with desk.opened() as access:
        return fetch_all_revisions(access)


_KEPT: dict[tuple[str, int, Gate, str], tuple[Day, ...]] = {}
AT_ONCE = 64
"""Plans of which the days are kept: many people look at the same one in a meeting."""
