"""Alignment: do outcomes, assessments and activities agree, and do the hours add up?"""

import streamlit as st

from mcplan.views.design import view_design
from pages.kit import desk, insights, links, tables
from pages.kit.design_chart import describe_design, design_chart
from pages.kit.standing import head

here = desk.here()
head("Alignment", here)
view = view_design(desk.known(here.plan), here.findings)

if view.is_empty:
    links.to_begin(
        "Write the learning outcomes first. Then this screen shows what assesses each of them and what leads to it.",
        ":material/edit_note:",
        view.begin,
    )
else:
    st.altair_chart(design_chart(view, on_dark=desk.is_dark()), alt=describe_design(view))
    st.caption(view.hours)
    tables.of_rows(
        view.rows,
        {
            "outcome": "Outcome",
            "level": "Level",
            "assessed": "Shown by",
            "taught": "Led to by",
            "hours": "Hours",
            "weight": "Of the result",
            "skill": "Framework",
        },
        "Outcomes with their assessments and activities",
    )
    insights.findings(view.findings)
