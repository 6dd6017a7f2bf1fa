"""Templates: the institution's own look for the dossiers of all plans; for administrators."""

import streamlit as st

from pages.kit import templates
from pages.kit.standing import announce

kept = templates.kept()

announce()
st.title("Word templates", anchor=False)
st.markdown(
    "A dossier can wear the institution's own styles, colours, letterhead and foot. Bring a Word file that has them; "
    "its text is left out, and macros, embedded files and anything loaded from outside are refused."
)
templates.draw(kept)
st.subheader("Add a template", anchor=False, divider="gray")
templates.add()
