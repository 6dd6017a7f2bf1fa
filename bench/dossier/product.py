"""Our writer on somebody else's content, to be held against other makers of Word files.

`python -m bench.dossier.product FOLDER OUT`. FOLDER holds `content.json` (title, summary, charts, phases with
questions, three tables) and the pictures it names; OUT is the file to write. Text, tables, headings and pictures are
those of the content; contents, heads and feet come with our look. With `--warm` it is written ten times in one process,
and the median of the last nine is printed in seconds: what a running server pays.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from mcplan.dossier.blocks import (
    Block,
    Bullets,
    Column,
    Contents,
    Figure,
    Frame,
    Heading,
    Para,
    Run,
    Table,
    words,
)
from mcplan.dossier.word import to_word

INCH = 25.4
TABLES = {
    "answers": "Appendix A: Answers",
    "risks": "Appendix B: Risk register",
    "actions": "Appendix C: Action list",
}


def main(folder: Path, out: Path) -> None:
    """Write the file."""
    content = json.loads((folder / "content.json").read_text("utf-8"))
    meta = content["meta"]
    file = to_word(
        tuple(_blocks(content, folder)),
        title=meta["title"],
        author=meta["author"],
        subject=meta["subtitle"],
        made_at=datetime(2027, 3, 2, tzinfo=UTC),
        paper="Letter",
    )
    out.write_bytes(file)


def _blocks(content: dict[str, Any], folder: Path) -> Iterator[Block]:
    meta = content["meta"]
    yield Frame(meta["org"], meta["title"], meta["date"])
    yield Para(words(meta["title"]), "title")
    yield Para(words(meta["subtitle"]), "subtitle")
    for name in ("org", "author", "date"):
        yield Para(words(meta[name]))
    yield Contents("Contents")
    yield Heading("Executive summary")
    for text in content["summary"]:
        yield Para(words(text))
    yield Heading("Readiness dashboard")
    for chart in content["charts"]:
        yield Figure((folder / chart["file"]).read_bytes(), chart["caption"], chart["alt"])
    for phase in content["phases"]:
        yield Heading(phase["title"])
        yield Para(words(phase["intro"]))
        for question in phase["questions"]:
            yield from _question(question)
    for name, title in TABLES.items():
        yield Heading(title)
        widths = content["widths"][name]
        columns = (Column(head, width * INCH) for head, width in zip(content["head"][name], widths, strict=True))
        yield Table(title, tuple(columns), tuple(tuple(words(str(cell)) for cell in row) for row in content[name]))


def _question(question: dict[str, Any]) -> Iterator[Block]:
    yield Heading(question["text"], 2, anchor=question["id"], code=question["id"])
    said = f"Status: {question['status']}. Owner: {question['owner']}. Score: {question['score']} of 4."
    yield Para(words(Run(said)), "meta")
    for text in question["paras"]:
        yield Para(words(text))
    yield Bullets(tuple(words(each) for each in question["bullets"]))


def _seconds(folder: Path, out: Path) -> float:
    start = perf_counter()
    main(folder, out)
    return perf_counter() - start


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:3]]
    took = [_seconds(*given) for _ in range(10 if "--warm" in sys.argv else 1)]
    if "--warm" in sys.argv:
        print(f"{median(took[1:]):.3f}")
