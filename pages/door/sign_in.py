"""The only screen for whoever is not let in yet: it tells nothing of any plan."""

import streamlit as st

from pages.kit import invite, sign_in

st.title("mcplan", anchor=False)
st.markdown("Plan a micro-credential with your team, and leave with a plan that a board can decide on.")
sign_in.say_why()
invite.keep_for_sign_in()
sign_in.buttons()
st.caption("You are let into the plans that you started or were invited to.")
