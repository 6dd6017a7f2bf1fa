"""Calendar: where the plan stands on its way from the first idea to the first revision, what is late, what is next."""

import streamlit as st

from mcplan.views.calendar import view_calendar
from pages.kit import cards, deeds, desk, links, maps, tables
from pages.kit.standing import head
from pages.kit.words import plain

here = desk.here()
head("Calendar", here)
view = view_calendar(desk.questionnaire(), here.plan, maps.today())

if view.message:
    st.markdown(f"**{plain(view.message)}**")
elif view.questions:
    links.to_begin("There is no day on the line yet. Begin with these:", ":material/calendar_month:", view.questions)
else:
    st.info("This plan is not asked about its stages.", icon=":material/calendar_month:")

if view.late:
    st.subheader("Late", anchor=False)
    tables.table(view.late)
if view.next:
    st.subheader("Next", anchor=False)
    tables.table(view.next)
if view.message:
    cards.questions(view.questions, key="questions")

if view.chart:
    st.subheader("On a line", anchor=False)
    st.altair_chart(maps.line_of_days(view.chart, on_dark=desk.is_dark()), alt=view.chart.says)
if view.table:
    tables.table(view.table)

if view.message:
    deeds.take_calendar(here)

if view.tasks:
    st.subheader("Tasks", anchor=False)
    tables.table(view.tasks)
