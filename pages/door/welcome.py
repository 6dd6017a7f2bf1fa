"""The first screen on a device where nobody has to sign in: it asks once what to call whoever sits here."""

import streamlit as st

from pages.kit import sign_in

st.title("What should colleagues see as your name?", anchor=False)
st.markdown("It stands beside what you write, and is remembered on this device.")
sign_in.ask_name()
st.caption("You can change it later: it stands at the side of every plan.")
