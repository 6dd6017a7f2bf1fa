"""How a screen looks on paper: a component that draws nothing and brings a style sheet along."""

from pathlib import Path

import streamlit as st

STYLE = (Path(__file__).parent / "one_page.css").read_text(encoding="utf-8")


def dress() -> None:
    """Print this screen as one sheet of A4: only what stands in the container with the key `sheet`."""
    _style(key="paper")


# Not isolated: the frame around the sheet is Streamlit's, and has to stay off the paper.
_style = st.components.v2.component("mcplan_paper", css=STYLE, isolate_styles=False)
