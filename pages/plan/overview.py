"""The hub of a plan: its phases, what to do next, its gate, its team and its facts."""

import streamlit as st

from mcplan.views.news import view_news
from mcplan.views.overview import view_overview
from pages.kit import board, cards, crew, desk, links
from pages.kit.answer_box import draft_banner
from pages.kit.cards import Card, Group
from pages.kit.standing import head

here = desk.here()
view = view_overview(desk.questionnaire(), here.plan, here.readiness, here.findings)
news = view_news(desk.questionnaire(), here.plan, here.since, desk.me(), desk.now())

head(here.plan.title, here)
draft_banner(here.plan.id)

crew.choose_gate(here)
board.line(here)
crew.ways_on(here, view)
if news:
    with st.expander(news.title, icon=":material/notifications:"):
        ways = (cards.to_question(line.phase_id, line.question_id, line.words) for line in news.lines)
        cards.draw([Group(tuple(Card(ways=(way,)) for way in ways))], key="news")
        if news.more:
            links.to_screen("history", news.more, ":material/history:")

team, facts = st.columns(2, gap="medium")
with team:
    crew.team(here, view)
with facts:
    crew.facts(here)
