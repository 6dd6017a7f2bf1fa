"""Findings: what the rules say of the plan, worst first, each with the way to where it is mended."""

import streamlit as st

from mcplan.views.findings import view_findings
from pages.kit import desk, insights
from pages.kit.standing import head

here = desk.here()
head("Findings", here)
view = view_findings(desk.questionnaire(), here.findings)

st.markdown(f"**{view.message}.** A finding goes away when what causes it is mended.")
insights.findings(view)
