"""Pathway: where does the credential lead, and does anything lead nowhere?"""

import streamlit as st

from mcplan.views.pathway import describe_pathway, view_pathway
from pages.kit import desk, insights, links, tables
from pages.kit.pathway_chart import pathway_chart
from pages.kit.standing import head

here = desk.here()
head("Pathway", here)
view = view_pathway(desk.known(here.plan), here.findings)

if view.is_empty:
    links.to_begin(
        "Name the credentials around this one first. Then this screen draws how they lead to one another.",
        ":material/edit_note:",
        view.begin,
    )
else:
    st.altair_chart(pathway_chart(view, on_dark=desk.is_dark()), alt=describe_pathway(view))
    tables.of_rows(
        view.rows,
        {"credential": "Credential", "status": "Status", "size": "Size", "leads": "Leads"},
        "Credentials and where they lead",
    )
    insights.findings(view.findings)
