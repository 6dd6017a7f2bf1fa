"""The facilitator's screen as a component of Streamlit: drawn by `lead.js`, which asks `pages.kit.lead_route`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.kit.room.files import script_of


def lead_screen(view: Mapping[str, Any]) -> bool:
    """Draw it; True in the run in which the workshop has just been seen closed.

    Args:
        view: `plan`, `token`, `workshop`, the `wall` that lets the projector in, `where` phones come in, and `how`
            to let them if they cannot yet.
    """
    told = _lead(key=f"lead-{view['workshop']}", data=dict(view), on_ended_change=_draw_again)
    return bool(told.get("ended"))


def _draw_again() -> None:
    """The screen is drawn again, and then shows the report; nothing else is to be done."""


_lead = st.components.v2.component("mcplan_lead", js=script_of("lead.js"))
