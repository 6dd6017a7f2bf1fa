"""Risks: what open points and the team's own register put at stake, how bad, and what is done about it; worst first."""

import streamlit as st

from mcplan.register import RISKS
from mcplan.views.risks import SHOWS, view_risks
from pages.kit import desk, hazards, row_past, tables
from pages.kit.question import ask_kept
from pages.kit.standing import head
from pages.kit.switch import gate_switch, switch
from pages.kit.words import plain

here = desk.here()
head("Risks", here)
gate = gate_switch("Up to gate", chosen=here.plan.gate, key="risks-gate")
show = switch("Show", SHOWS, chosen="live", key="risks-show")
view = view_risks(desk.questionnaire(), here.risks, hazards.narrow(here, gate, show))

st.markdown(f"**{plain(view.message)}.** A gap closes itself when its answer reaches the stage the gate asks for.")
tables.risk_counts(view)
hazards.heat_map(view.heat)
hazards.draw(here, view.bands)

if desk.questionnaire().has(RISKS):
    st.subheader("The register", anchor=False, divider="gray")
    hazards.take_away(here)
    hazards.raise_one(here)
    ask_kept(here, RISKS)
    row_past.ask(here, RISKS, "History of a risk")
