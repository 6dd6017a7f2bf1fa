"""Files of a plan for screens and commands alike: made from it, and compared with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mcplan.annex import write_annex_csv, write_annex_json
from mcplan.bundle import write_bundle
from mcplan.bundle.meeting import find_left_behind, incoming_of
from mcplan.bundle.reading import bundle_in
from mcplan.dates import write_calendar
from mcplan.handed_in import open_file
from mcplan.incoming import Difference, find_difference
from mcplan.known import Known
from mcplan.register import RISKS
from mcplan.spreadsheet import Grid, lay_out, read_file, read_grids, write_csvs, write_workbook
from mcplan.spreadsheet.csvs import say_csv
from mcplan.spreadsheet.layout import Judged
from mcplan.version import Version
from pages.kit.made_from import state_at
from questionnaire.cells import say_cell
from questionnaire.model import Question, Questionnaire
from storage.access import PlanAccess
from storage.bundles import fetch_all_revisions, fetch_bundle
from storage.plans import fetch_plan


def difference(access: PlanAccess, asked: Questionnaire, packed: bytes, at: datetime) -> Difference:
    """What a file would change in a plan that was opened for somebody.

    Raises:
        ParcelRefused: it is not accepted; the message says why.
    """
    kind, parcel = open_file(packed)
    plan, history, by = fetch_plan(access), fetch_all_revisions(access), access.person.name
    if kind == "bundle":
        given = bundle_in(parcel)
        found = find_difference(asked, plan, incoming_of(given, history), by=by, at=at)
        left = find_left_behind(given, plan)
        return replace(found, notes=(*found.notes, left)) if left else found
    reading = read_grids(read_file(kind, parcel, packed), asked, plan, history)
    found = find_difference(asked, plan, reading.incoming, by=by, at=at)
    return Difference(found.proposals, found.unknown, found.same, (*reading.notes, *found.notes))


def judged(asked: Questionnaire, access: PlanAccess, version: Version | None = None) -> Judged:
    """A plan with what follows from it, as of a version if one is given, for the sheets that say so."""
    then = state_at(access, asked, version, datetime.now(UTC))
    return Judged(then.questionnaire, then.plan, then.readiness[then.plan.gate], then.risks, then.findings)


def bundle(access: PlanAccess, asked: Questionnaire) -> bytes:
    """The plan bundle."""
    return write_bundle(fetch_bundle(access, asked))


def workbook(access: PlanAccess, asked: Questionnaire, version: Version | None = None) -> bytes:
    """The spreadsheet."""
    sheets: tuple[Grid, ...] = lay_out(found := judged(asked, access, version))
    return write_workbook(sheets, found.plan.title)


def csvs(access: PlanAccess, asked: Questionnaire, version: Version | None = None) -> bytes:
    """Its sheets as CSV files in a zip."""
    return write_csvs(lay_out(judged(asked, access, version)))


def annex_csv(access: PlanAccess, asked: Questionnaire, version: Version | None = None) -> bytes:
    """The European sheet as CSV."""
    return write_annex_csv(_known(access, asked, version))


def annex_json(access: PlanAccess, asked: Questionnaire, version: Version | None = None) -> bytes:
    """The European sheet as JSON."""
    return write_annex_json(_known(access, asked, version)).encode()


def register(access: PlanAccess, asked: Questionnaire) -> bytes:
    """The rows of the register of risks as CSV, a line each."""
    rows = Known(asked, fetch_plan(access)).rows(RISKS)
    return rows_csv(asked.question(RISKS), [row.cells for row in rows])


def rows_csv(question: Question, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows of a table as CSV, a line each; no cell is one that a spreadsheet would reckon with."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.label for column in question.columns])
    for cells in rows:
        writer.writerow([say_csv(say_cell(column, cells.get(column.id))) for column in question.columns])
    return out.getvalue().encode("utf-8-sig")


def calendar(access: PlanAccess, asked: Questionnaire) -> bytes:
    """The days of the plan as a calendar file."""
    now = datetime.now(UTC)
    return write_calendar(Known(asked, fetch_plan(access), now.date()), now)


def _known(access: PlanAccess, asked: Questionnaire, version: Version | None) -> Known:
    if version is None:
        return Known(asked, fetch_plan(access))
    then = state_at(access, asked, version, datetime.now(UTC))
    return Known(then.questionnaire, then.plan)
