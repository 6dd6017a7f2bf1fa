"""Finance: whether it pays for itself, year by year, and what that hangs on."""

import streamlit as st

from mcplan.views.finance import view_finance
from pages.kit import cards, desk, money_charts, tables
from pages.kit.standing import head
from pages.kit.words import bullets, plain

here = desk.here()
head("Finance", here)
view = view_finance(desk.questionnaire(), here.plan)
paper = view.paper

if paper is None:
    st.info("Nothing can be reckoned yet. Once this is filled in, the figures stand here.", icon=":material/calculate:")
    cards.pointers(view.gaps, key="gaps")
else:
    with st.container(border=True):
        st.markdown(f"**{plain(paper.headline)}.** {plain(paper.why)}")
        tables.figures(paper.figures, 3)

    st.subheader("What it is for", anchor=False)
    tables.figures(paper.mission, 4)
    st.markdown(bullets(paper.measures))

    st.subheader("What to think about", anchor=False)
    cards.pointers(paper.remarks, key="remarks")
    if not paper.remarks:
        st.markdown(":material/check: No limit is crossed, and nothing rests on hope.")

    st.subheader("Year by year", anchor=False)
    st.altair_chart(money_charts.years(paper.years, on_dark=desk.is_dark()), alt=paper.years.says)
    tables.table(paper.by_year)

    st.subheader("How it may turn out", anchor=False)
    tables.table(paper.scenarios)

    st.subheader("What the surplus hangs on", anchor=False)
    chart, table = st.columns([3, 2])
    chart.altair_chart(money_charts.drivers(paper.drivers, on_dark=desk.is_dark()), alt=paper.drivers.says)
    with table:
        tables.table(paper.by_driver)
    st.markdown(f"**{plain(paper.by_price.caption)}**")
    tables.table(paper.by_price)

    st.subheader("Where the money goes", anchor=False)
    tables.table(paper.learner)
    tables.table(paper.costs)

st.subheader("What this is reckoned from", anchor=False)
cards.questions(view.inputs, key="inputs")
