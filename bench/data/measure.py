"""What files cost on their way out and in: `python bench/data/measure.py`.

Times are medians of five rounds, memory is the growth of the whole process over what it had when it was ready, each
hostile file in a process of its own. The largest files that are still accepted are among them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from mcplan.bundle import Bundle, FrozenText, read_bundle, write_bundle
from mcplan.example import load_example
from mcplan.findings import find_findings
from mcplan.handed_in import open_file
from mcplan.parcel import ParcelRefused
from mcplan.people import somebody_here
from mcplan.plan import Plan
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from mcplan.spreadsheet import lay_out, read_file, read_grids, write_workbook
from mcplan.spreadsheet.layout import Judged
from mcplan.version import Version, freeze, state_of
from questionnaire.load import load_questionnaire
from storage.bundles import start_from_bundle
from storage.database import open_database, writing

ROUNDS = 5
REVISIONS = 1_000
VERSIONS = 5
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
CONTENT = Path(__file__).parents[2] / "questionnaire" / "content"
MEBIBYTE = 1 << 20
GOALS = {"import of a bundle with 1,000 revisions": 2.0, "its reading alone": 1.5, "spreadsheet written": 2.0,
         "spreadsheet read and compared": 1.5}  # fmt: skip
MOST_MEMORY = 250
"""MiB that any file may cost, accepted or refused."""
ASKED = load_questionnaire(CONTENT)


def main() -> None:
    """Print every figure with its goal."""
    bundle = a_bundle()
    packed = write_bundle(bundle)
    print(f"bundle: {len(packed) / 1024:.0f} KB, {len(bundle.history):,} revisions")
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/plans.db", create=True)
        number = iter(range(1_000))

        def bring_in() -> None:
            read = read_bundle(packed)
            with writing(engine) as session:
                start_from_bundle(
                    session, ASKED, read, id=f"p{next(number)}", person=somebody_here("Dana"), at=datetime.now(UTC)
                )

        figure("import of a bundle with 1,000 revisions", bring_in)
        engine.dispose()
    figure("its reading alone", lambda: read_bundle(packed))
    plan = bundle.plan
    risks, findings = find_risks(ASKED, plan), find_findings(ASKED, plan)
    ready = assess_readiness(ASKED, plan, plan.gate, findings=findings, risks=risks)
    judged = Judged(ASKED, plan, ready, risks, findings)
    figure("spreadsheet written", lambda: write_workbook(lay_out(judged), plan.title))
    book = write_workbook(lay_out(judged), plan.title)

    def compare() -> None:
        kind, parcel = open_file(book)
        read_grids(read_file(kind, parcel, book), ASKED, plan, bundle.history)

    figure("spreadsheet read and compared", compare)
    for name in FILES:
        told = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=True).stdout
        used, says = told.strip().split(" ", 1)
        good = "well" if float(used) <= MOST_MEMORY else "TOO MUCH"
        print(f"{name:44} {float(used):8.1f} MiB  (goal {MOST_MEMORY})  {good}: {says}")


def figure(name: str, work: Callable[[], object]) -> None:
    """Print how long something takes."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    taken = statistics.median(times)
    good = "well" if taken <= GOALS[name] else "TOO SLOW"
    print(f"{name:44} {taken:8.3f} s    (goal {GOALS[name]})  {good}")


def a_bundle() -> Bundle:
    """The worked example after a thousand saves, frozen five times."""
    plan = load_example()
    history, answers = [], {}
    ids = sorted(plan.answers)
    for at, id in enumerate(ids):
        times = REVISIONS // len(ids) + (at < REVISIONS % len(ids))
        for revision in range(1, times + 1):
            said = NOON + timedelta(minutes=revision)
            answers[id] = replace(plan.answers[id], revision=revision, by="Dana", at=said, note=f"Note {revision}")
            history.append(answers[id])
    plan = replace(plan, id="bench", revision=REVISIONS, answers=answers)
    return Bundle(plan, ASKED, tuple(history), versions=frozen(plan, VERSIONS))


def frozen(plan: Plan, number: int) -> tuple[FrozenText, ...]:
    """So many versions of a plan."""
    state, made = state_of(ASKED, plan, NOON.date()), []
    for each in range(1, number + 1):
        text = freeze(state, number=each, name="For the Senate", by="Dana", at=NOON)
        version = Version("", each, "For the Senate", "Dana", NOON, plan.revision, text.sha256)
        made.append(FrozenText(version, text.content, text.wording))
    return tuple(made)


def zipped(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def in_workbook(part: str, content: bytes) -> bytes:
    """A small workbook with one part in place of its own."""
    from mcplan.spreadsheet import Grid

    with zipfile.ZipFile(BytesIO(write_workbook([Grid("About", {"What": 9.0}, (("Format",),))], "x"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {part: content})


def many_revisions(number: int) -> bytes:
    """A bundle of revisions as short as they can be, with all hashes right."""
    entry = b'{"question":"q","stage":"blank","revision":%d,"by":"","at":"2026-01-01T00:00:00+00:00"}'
    lines = [entry % at for at in range(1, number + 1)]
    parts = {
        "plan.json": b'{"id":"p","title":"t","gate":"G1","revision":1,"team":[]}',
        "answers.json": b"[" + lines[-1] + b"]",
        "questionnaire.json": b'{"phases":[]}',
    }
    for at in range(0, number, 20_000):
        parts[f"history-{at // 20_000 + 1:04}.json"] = b"[" + b",".join(lines[at : at + 20_000]) + b"]"
    named = [{"name": name, "sha256": sha256(content).hexdigest()} for name, content in parts.items()]
    manifest = json.dumps({"product": "mcplan", "format": 1, "parts": named}).encode()
    return zipped({"bundle.json": manifest} | parts)


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
FILES: dict[str, Callable[[], bytes]] = {
    "bundle: the thousand revisions": lambda: write_bundle(a_bundle()),
    "bundle: as many versions as fit": lambda: write_bundle(replace(a_bundle(), versions=frozen(a_bundle().plan, 200))),
    "bundle: a part of 100 MB": lambda: zipped({"bundle.json": b" " * 100 * MEBIBYTE}),
    "bundle: the largest part that unpacks": lambda: zipped({"bundle.json": b" " * (20 * MEBIBYTE - 2) + b"{}"}),
    "bundle: one long text": lambda: zipped({"bundle.json": b'{"a":"' + b"x" * (20 * MEBIBYTE - 8) + b'"}'}),
    "bundle: as many objects as are looked at": lambda: zipped({"bundle.json": b"[" + b"{}," * 299_000 + b"{}]"}),
    "bundle: as many numbers as are looked at": lambda: zipped({"bundle.json": b"[" + b"1.5," * 1_990_000 + b"1]"}),
    "bundle: 200,000 short revisions": lambda: many_revisions(200_000),
    "bundle: 45,000 short revisions": lambda: many_revisions(45_000),
    "bundle: nested a million deep": lambda: zipped({"bundle.json": b"[" * 290_000}),
    "workbook: a million rows": lambda: in_workbook("xl/worksheets/sheet1.xml", SHEET + b"<row/>" * 1_000_000),
    "workbook: 240,000 cells": lambda: in_workbook(
        "xl/worksheets/sheet1.xml",
        SHEET + (b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>") * 2_400 + b"</sheetData></worksheet>",
    ),
    "workbook: 90,000 texts": lambda: in_workbook(
        "xl/sharedStrings.xml", STRINGS + b"<si><t>abc</t></si>" * 90_000 + b"</sst>"
    ),
    "workbook: many styles": lambda: in_workbook("xl/styles.xml", b"<styleSheet>" + b"<x/>" * 200_000),
    "workbook: 90,000 styles": lambda: in_workbook(
        "xl/styles.xml",
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
        + b"<xf/>" * 90_000
        + b"</cellXfs></styleSheet>",
    ),
}
"""Files that cost most: each is made before memory is looked at."""


def weigh(name: str) -> None:
    """Print what one file costs, and what is said of it."""
    packed = FILES[name]()
    # What making the file took must not hide what reading it takes.
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(packed)
        kept.flush()
        subprocess.run([sys.executable, __file__, "--read", kept.name], check=True)


def read(file: str) -> None:
    """The same in a process that has made nothing."""
    packed = Path(file).read_bytes()
    # A process begins with the peak of the one that started it.
    Path("/proc/self/clear_refs").write_text("5")
    before = peak()
    try:
        kind, parcel = open_file(packed)
        says = "accepted"
        if kind == "bundle":
            read_bundle(packed)
        else:
            read_file(kind, parcel, packed)
    except ParcelRefused as refused:
        says = str(refused)
    print(f"{peak() - before:.1f} {says}")


def peak() -> float:
    """The most memory this process had so far, in MiB; Linux says so."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    if len(sys.argv) > 2:
        read(sys.argv[2])
    elif len(sys.argv) > 1:
        weigh(sys.argv[1])
    else:
        main()
