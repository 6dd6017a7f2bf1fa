"""A plan on its way out as data: bundle, spreadsheet, European sheet. Made when somebody clicks, never before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import streamlit as st

from mcplan.people import Person
from mcplan.roles import REFUSALS
from mcplan.views.exchange import file_name, view_annex_table
from pages.kit import desk, files, links, tables
from pages.kit.desk import Here
from pages.kit.words import plain
from questionnaire.model import Questionnaire
from storage.access import PlanAccess, authorize
from storage.database import reading

Make = Callable[[PlanAccess, Questionnaire], bytes]


class Way(NamedTuple):
    """A kind of file to take away."""

    title: str
    short: str
    """What the button says, behind “Download”."""
    says: str
    suffix: str
    mime: str
    part: str
    """What stands in the file's name behind that of the plan."""
    make: Make


def draw(here: Here) -> None:
    """A button for each kind of file, for those who may have them."""
    if not here.may("export"):
        st.info(REFUSALS["export"], icon=":material/lock:")
        return
    for name, way in WAYS.items():
        with st.container(border=True):
            words, button = st.columns([3, 1], vertical_alignment="center")
            words.markdown(f"**{way.title}**")
            words.caption(way.says)
            button.download_button(
                f"Download {way.short}",
                deferred(way.make),
                file_name=file_name(here.plan, way.suffix, desk.now().date(), way.part),
                mime=way.mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"take-{name}",
                width="stretch",
            )
    links.to_screen("calendar", "The days of the plan for a calendar are on the screen “Calendar”", ":material/event:")
    links.to_screen("badge", "The Open Badges draft is on the screen “Badge”", ":material/workspace_premium:")


def annex(here: Here) -> None:
    """What the European sheet says by now."""
    message, table = view_annex_table(desk.known(here.plan))
    with st.expander(f"What the European sheet says: {plain(message)}"):
        tables.table(table)


def deferred(make: Make) -> Callable[[], bytes]:
    """A file for a button: made once it is clicked, from the plan as it is then, if the person still may take it."""
    # It runs after the screen, in a thread that knows of no visit: who asks is settled here, what they may then.
    engine, person, id, asked = desk.engine(), desk.person(), desk.plan_id(), desk.questionnaire()

    def work() -> bytes:
        return _made(engine, person, id, asked, make)

    return work


def _made(engine: desk.Engine, person: Person, id: str, asked: Questionnaire, make: Make) -> bytes:
    with reading(engine) as session:
        access = authorize(session, person, id, "export", desk.now())
        return make(access, asked)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, CSV, JSON = "application/zip", "text/csv", "application/json"
WAYS: Mapping[str, Way] = {
    "bundle": Way(
        "Plan bundle", "bundle",
        "Answers with their whole history, comments, frozen versions, decisions and what was asked. Another mcplan, "
        "or this one, makes a plan of it again. Who may open the plan stays here.",
        "mcplan", ZIP, "", files.bundle,
    ),
    "xlsx": Way(
        "Spreadsheet", "Excel",
        "Answers and tables, actions among them, to work on in Excel or LibreOffice and bring in again; risks, next "
        "steps, finance and matrix to read.",
        "xlsx", XLSX, "", files.workbook,
    ),
    "csv": Way(
        "CSV files in a zip", "CSV", "The same sheets for programs that know no other format.",
        "zip", ZIP, "csv", files.csvs,
    ),
    "eu": Way(
        "European sheet, CSV", "EU CSV", "The elements of Annex I of the Council Recommendation on micro-credentials.",
        "csv", CSV, "EU-Annex-I", files.annex_csv,
    ),
    "eu-json": Way(
        "European sheet, JSON", "EU JSON", "The same for programs.", "json", JSON, "EU-Annex-I", files.annex_json,
    ),
}  # fmt: skip
"""To add a kind of file, add it here, and to `mcplan export`."""
