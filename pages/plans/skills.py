"""Skills across all plans: which credential teaches which, what is taught twice, and what nobody teaches yet."""

import streamlit as st

from mcplan.views.skills import view_skills
from pages.kit import portfolio, tables
from pages.kit.standing import announce

announce()
st.title("Skills across plans", anchor=False)
view = view_skills(portfolio.skills())

if not view.rows:
    st.info(
        "No plan names its skills yet. They are asked for in the design phase of each plan.",
        icon=":material/edit_note:",
    )
else:
    st.markdown(f"**{view.message}.** A skill counts as taught once an outcome of the plan points to it.")
    tables.of_rows(
        view.rows,
        {"skill": "Skill", "framework": "Framework", "taught": "Taught in", "wanted": "Named only in", "says": "Note"},
        "Skills by credential",
    )
