"""Pathway: where does the credential lead, and does anything lead nowhere?"""

import streamlit as st

from mcplan.views.pathway import describe_pathway, view_pathway
from pages.kit import desk, insights
from pages.kit.pathway_chart import pathway_chart
from pages.kit.standing import head

here = desk.here()
head("Pathway", here)
view = view_pathway(desk.known(here.plan), here.findings)

if view.is_empty:
    insights.nothing(
        "Name the credentials around this one first. Then this screen draws how they lead to one another.",
        "design.credentials",
        "Name the credentials",
    )
else:
    st.altair_chart(pathway_chart(view, on_dark=desk.is_dark()), alt=describe_pathway(view))
    insights.table(
        view.rows,
        {"credential": "Credential", "status": "Status", "size": "Size", "leads": "Leads"},
        "Credentials and where they lead",
    )
    insights.findings(view.findings)
