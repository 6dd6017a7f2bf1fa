"""Installation: which questions are asked, where plans are kept, and its back-ups; for administrators."""

import streamlit as st

from pages.kit import backups, desk, installation, mail
from pages.kit.standing import announce
from pages.kit.words import bullets, plain

view = installation.look()

announce()
st.title("Installation", anchor=False)
st.subheader("Questions", anchor=False, divider="gray")
st.markdown(plain(view.questions))
st.markdown(bullets(view.phases))
st.subheader("List of plans", anchor=False, divider="gray")
st.markdown(
    "The list is always right; after the questions have changed it only opens slower once, unless it was done here."
)
installation.recompute()
st.subheader("Database", anchor=False, divider="gray")
st.markdown(plain(view.database))
st.subheader("Back-ups", anchor=False, divider="gray")
backups.draw()
st.subheader("E-mail", anchor=False, divider="gray")
st.markdown(plain(mail.say_state(desk.engine())))
