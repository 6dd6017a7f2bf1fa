"""People of the installation, for administrators: who signs in here, and who may; no plan is named."""

import streamlit as st

from pages.kit import accounts
from pages.kit.standing import announce

people = accounts.everybody()

announce()
st.title("People who sign in", anchor=False)
accounts.change(people)
accounts.draw(people)
