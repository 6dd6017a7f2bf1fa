"""Dossier: what the board will get, looked through and taken away as a Word file."""

import streamlit as st

from mcplan.dossier import write_dossier
from pages.kit import bring_back, desk, handover
from pages.kit.preview import look_through
from pages.kit.standing import head

here = desk.here()
head("Dossier", here)

st.markdown(
    "The board sees this file, never this screen. Open questions are printed as open points. "
    "The full dossier holds every answer; the board paper says on six to eight pages what a decision needs."
)
given = handover.choose(here)
handover.download(here, given)

st.subheader("Look through it", anchor=False)
look_through(write_dossier(given))

st.subheader("Bring an edited dossier back", anchor=False)
bring_back.draw(here)
