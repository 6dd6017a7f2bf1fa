"""A Word file taken apart into plain words and what kind of thing they are, for the floor to write again."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DC = "{http://purl.org/dc/elements/1.1/}"
Piece = tuple[Any, ...]
"""Its kind first; `PIECES` in the floor says what follows."""


class Paragraph(NamedTuple):
    style: str
    keep_next: bool
    list: tuple[str, str] | None
    """Level and number."""
    after: str
    pieces: list[Piece]
    turn: str = ""
    """How the pages lie that end with it: "upright", "wide", or empty if none end here."""


class Row(NamedTuple):
    head: bool
    tinted: bool
    height: str
    cells: list[Paragraph]


class Table(NamedTuple):
    caption: str
    says: str
    widths: list[str]
    rows: list[Row]


class Held(NamedTuple):
    """Paragraphs in a place that can be edited."""

    title: str
    tag: str
    id: str
    blocks: list[Paragraph]


class Content(NamedTuple):
    blocks: list[Paragraph | Table | Held]
    list_starts: list[tuple[str, str, str]]
    """Number, level and first number of each numbered list."""
    frame: tuple[tuple[str, str], str]
    """The words of the page's head, its mark apart, and those of its foot."""
    origin: tuple[str, str, str]
    """Plan, revision and hash that it was made from."""
    answers: list[tuple[str, str]]
    """Each answer with its revision."""
    places: list[tuple[str, str]]
    """Each place that can be edited, with the letters for what it said."""
    title: str
    author: str
    subject: str
    keywords: str
    at: str


def take_apart(file: bytes) -> Content:
    """The words of a dossier without a picture."""
    with zipfile.ZipFile(BytesIO(file)) as archive:
        parts = {
            name: ET.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))
        }
    links = {each.get("Id"): each.get("Target") for each in parts["word/_rels/document.xml.rels"]}
    body = [each for each in parts["word/document.xml"][0] if each.tag != f"{W}sectPr"]
    core, state = parts["docProps/core.xml"], parts["customXml/item1.xml"]
    return Content(
        [BLOCKS[each.tag.removeprefix(W)](each, links) for each in body],
        [
            (_get(each, "numId"), _get(each[1], "ilvl"), _val(each, ".//w:startOverride"))
            for each in parts["word/numbering.xml"].iter(f"{W}num")
            if len(each) > 1
        ],
        (
            (_text(parts["word/header1.xml"][0][1]), _text(parts["word/header1.xml"][0][2])),
            _text(parts["word/footer1.xml"][0][1]),
        ),
        (state.get("plan") or "", state.get("revision") or "", state.get("hash") or ""),
        [(each.get("q") or "", each.get("r") or "") for each in state if each.tag.endswith("}a")],
        [(each.get("t") or "", each.get("s") or "") for each in state if each.tag.endswith("}p")],
        core.findtext(f"{DC}title") or "",
        core.findtext(f"{DC}creator") or "",
        core.findtext(f"{DC}subject") or "",
        core.findtext("{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords") or "",
        core.findtext("{http://purl.org/dc/terms/}created") or "",
    )


def _paragraph(p: ET.Element, links: dict[str | None, str | None]) -> Paragraph:
    level = _val(p, "w:pPr/w:numPr/w:ilvl")
    return Paragraph(
        _val(p, "w:pPr/w:pStyle"),
        _find(p, "w:pPr/w:keepNext") is not None,
        (level, _val(p, "w:pPr/w:numPr/w:numId")) if level else None,
        _val(p, "w:pPr/w:spacing", "after"),
        [piece for each in p if each.tag != f"{W}pPr" for piece in _pieces(each, links)],
        _turn(p),
    )


def _turn(p: ET.Element) -> str:
    page = _find(p, "w:pPr/w:sectPr/w:pgSz")
    return "" if page is None else "wide" if _get(page, "orient") else "upright"


def _held(sdt: ET.Element, links: dict[str | None, str | None]) -> Held:
    return Held(*_place(sdt), [_paragraph(p, links) for p in sdt[1]])


def _place(sdt: ET.Element) -> tuple[str, str, str]:
    return _val(sdt, "w:sdtPr/w:alias"), _val(sdt, "w:sdtPr/w:tag"), _val(sdt, "w:sdtPr/w:id")


def _pieces(each: ET.Element, links: dict[str | None, str | None]) -> list[Piece]:
    match each.tag.removeprefix(W):
        case "hyperlink":
            runs = [piece for run in each for piece in _pieces(run, links)]
            anchor = _get(each, "anchor")
            if anchor:
                return [("anchor", anchor, runs)]
            return [("link", links[each.get(ID)], _get(each, "tooltip"), runs)]
        case "sdt":
            return [("place", *_place(each), [piece for run in each[1] for piece in _pieces(run, links)])]
        case "bookmarkStart":
            return [("start", _get(each, "id"), _get(each, "name"))]
        case "bookmarkEnd":
            return [("end", _get(each, "id"))]
        case "fldSimple":
            return [("field", _get(each, "instr"), _text(each[0]))]
        case _:
            return _run(each)


def _run(each: ET.Element) -> list[Piece]:
    instruction, mark = _find(each, "w:instrText"), _val(each, "w:fldChar", "fldCharType")
    if instruction is not None:
        return [("contents", instruction.text or "")]
    if mark:
        return [("contents end",)] if mark == "end" else []
    bold, italic = (_find(each, f"w:rPr/w:{name}") is not None for name in "bi")
    return [("run", _text(each), _val(each, "w:rPr/w:rStyle"), bold, italic)]


def _table(table: ET.Element, links: dict[str | None, str | None]) -> Table:
    rows = [
        Row(
            _find(row, "w:trPr/w:tblHeader") is not None,
            _find(row, "w:tc/w:tcPr/w:shd") is not None,
            _val(row, "w:trPr/w:trHeight"),
            [_paragraph(p, links) for p in row.iter(f"{W}p")],
        )
        for row in table.iter(f"{W}tr")
    ]
    widths = [_get(each, "w") for each in table.iter(f"{W}gridCol")]
    return Table(_val(table, "w:tblPr/w:tblCaption"), _val(table, "w:tblPr/w:tblDescription"), widths, rows)


def _text(run: ET.Element) -> str:
    shown = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(each.text or "" if each.tag == f"{W}t" else shown.get(each.tag, "") for each in run)


def _find(element: ET.Element, path: str) -> ET.Element | None:
    return element.find(path, {"w": W[1:-1]})


def _val(element: ET.Element, path: str, name: str = "val") -> str:
    found = _find(element, path)
    return "" if found is None else _get(found, name)


def _get(element: ET.Element, name: str) -> str:
    return element.get(f"{W}{name}", "")


BLOCKS = {"tbl": _table, "p": _paragraph, "sdt": _held}
