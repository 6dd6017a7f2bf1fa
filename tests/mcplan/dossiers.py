"""Dossiers to test with, and what can be read in a Word file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from mcplan.dossier import DossierInput, make_dossier, to_word, write_dossier
from mcplan.dossier.blocks import Block, Bullets, Callout, Contents, Heading, KeyFigures, KeyValues, Para, Table, Typed
from mcplan.findings import find_findings
from mcplan.plan import Plan
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from questionnaire.model import Questionnaire

MADE_AT = datetime(2027, 3, 2, 14, 5, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73000000124944415478da63f8ffff3f"
    "0304fcffff1f0029e405fba0d855520000000049454e44ae426082"
)
"""Four pixels."""
WML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def a_dossier(questionnaire: Questionnaire, plan: Plan, **fields: Any) -> DossierInput:
    """What a dossier of the plan is written from, for the gate the team works towards."""
    risks, findings = find_risks(questionnaire, plan), find_findings(questionnaire, plan)
    readiness = assess_readiness(questionnaire, plan, plan.gate, findings=findings, risks=risks)
    given = {"readiness": readiness, "risks": risks, "findings": findings, "made_at": MADE_AT}
    return DossierInput(questionnaire, plan, **given | fields)


def a_file(questionnaire: Questionnaire, plan: Plan, **fields: Any) -> bytes:
    """The Word file of the plan."""
    return make_dossier(a_dossier(questionnaire, plan, **fields))


def set_words(*blocks: Block, language: str = "en-GB") -> bytes:
    """A Word file of these blocks."""
    return to_word(blocks, title="A title", author="Dana", subject="A test", made_at=MADE_AT, language=language)


def part(file: bytes, name: str = "word/document.xml") -> str:
    """A part of a Word file as it stands in it."""
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return archive.read(name).decode()


def paragraphs(file: bytes) -> list[str]:
    """The text of each paragraph, with its line breaks and tabs."""
    shown = {f"{WML}br": "\n", f"{WML}tab": "\t"}
    body = ET.fromstring(part(file))  # noqa: S314
    return [
        "".join(each.text or "" if each.tag == f"{WML}t" else shown.get(each.tag, "") for each in paragraph.iter())
        for paragraph in body.iter(f"{WML}p")
    ]


def text_of(file: bytes) -> str:
    """Everything that can be read in the body."""
    return "\n".join(paragraphs(file))


def words_in(text: str) -> set[str]:
    """The words and numbers of a text."""
    return set(re.findall(r"\w+", text))


def said_in(blocks: Iterable[Block]) -> str:
    """Everything that blocks say, a line for each."""
    return "\n".join(_said(block) for block in blocks)


def said(given: DossierInput) -> str:
    """Everything the dossier says."""
    return said_in(write_dossier(given))


def chapter(given: DossierInput, title: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    blocks = write_dossier(given)
    start = next(at for at, each in enumerate(blocks) if isinstance(each, Heading) and title in each.text)
    level = blocks[start].level
    ends = (at for at, each in enumerate(blocks) if at > start and isinstance(each, Heading) and each.level <= level)
    return said_in(blocks[start : next(ends, len(blocks))])


def cover(given: DossierInput) -> str:
    """What stands before the contents."""
    blocks = write_dossier(given)
    return said_in(blocks[: [type(each) for each in blocks].index(Contents)])


def _said(block: Block) -> str:
    match block:
        case Para(words=words):
            runs = [words]
        case Typed(text=text):
            return text
        case Bullets(items=items):
            runs = list(items)
        case Callout(head=head, paragraphs=paragraphs):
            return "\n".join([head, *("".join(run.text for run in words) for words in paragraphs)])
        case KeyValues(items=facts):
            return "\n".join(name + " " + "".join(run.text for run in words) for name, words in facts)
        case KeyFigures(items=figures):
            return "\n".join(f"{each.label} {each.value} {each.note}" for each in figures)
        case Table(rows=rows):
            return "\n".join(" | ".join("".join(run.text for run in cell) for cell in row) for row in rows)
        case _:
            return " ".join(str(getattr(block, name, "")) for name in ("code", "text", "caption", "says")).strip()
    return "\n".join("".join(run.text for run in words) for words in runs)
