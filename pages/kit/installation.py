"""The installation as a whole: what its administrators see and do, none of it in a plan."""

from __future__ import annotations

import streamlit as st

from mcplan.numbers import count
from mcplan.views.installation import InstallationView, view_installation
from pages.kit import desk
from pages.kit.settings import database_url, questionnaire_folder
from storage.schema import NEWEST
from storage.summaries import recompute_summaries


def look() -> InstallationView:
    """Which questions are asked, and where plans are kept."""
    url, _ = database_url()
    file = url.partition(":///")[2] if url.startswith("sqlite") else ""
    return view_installation(desk.questionnaire(), str(questionnaire_folder()), file, NEWEST)


def recompute() -> None:
    """A button that works out the numbers in the list of plans ahead of time."""
    if not st.button("Work out the list of plans afresh", icon=":material/calculate:", key="recompute"):
        return
    bar = st.progress(0.0, "Working…")
    done = recompute_summaries(
        desk.engine(),
        desk.questionnaire(),
        lambda done, of: bar.progress(done / of, f"{done} of {count(of, 'plan')}"),
        at=desk.now(),
    )
    bar.empty()
    st.success(f"{count(done, 'plan')} in the list brought up to date.".capitalize(), icon=":material/check:")
