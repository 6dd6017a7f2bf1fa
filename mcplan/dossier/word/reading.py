"""What stands in the content controls of a Word file that somebody has edited.

Word splits text into runs at will, keeps what was changed beside what it was, and copies or drops controls with the
text around them. Read is what a person sees who accepts all changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mcplan.dossier.fingerprint import merged
from mcplan.dossier.word.numbering import STEP
from mcplan.markdown import Passage, Span
from mcplan.parcel import Parcel
from mcplan.text import clean_text

if TYPE_CHECKING:
    from mcplan.parcel import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DOCUMENT = "word/document.xml"


@dataclass
class Reader:
    """A file on its way through: its links, lists and styles, and how far its lists have counted."""

    links: dict[str, str]
    forms: dict[tuple[str, str], str]
    """How a level of a list is numbered, by list and level."""
    firsts: dict[str, int]
    """The number a list starts with."""
    styles: dict[str, str]
    """Names in small letters, by id."""
    counts: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, parcel: Parcel) -> Reader:
        """The reader for a file."""
        rels = "word/_rels/document.xml.rels"
        links = {each.get("Id", ""): each.get("Target", "") for each in parcel.xml(rels)} if rels in parcel else {}
        forms, firsts = _lists(parcel)
        styles = {}
        if "word/styles.xml" in parcel:
            for style in parcel.xml("word/styles.xml").iter(f"{W}style"):
                styles[_get(style, "styleId")] = _val(style, "name").lower()
        return cls(links, forms, firsts, styles)


def read_places(parcel: Parcel) -> dict[str, list[tuple[Passage, ...]]]:
    """What stands in each control that has a tag, in reading order; more than once if it was copied.

    Raises:
        ParcelRefused: the file is damaged.
    """
    reader, found = Reader.of(parcel), dict[str, list[tuple[Passage, ...]]]()
    for control in parcel.xml(DOCUMENT).iter(f"{W}sdt"):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        tag = _val(properties, "tag") if properties is not None else ""
        if not tag or content is None or _is_gone(control):
            continue
        is_empty = properties is not None and properties.find(f"{W}showingPlcHdr") is not None
        found.setdefault(tag, []).append(() if is_empty else tuple(_passages(content, reader)))
    return found


def _passages(content: Element, reader: Reader) -> Iterator[Passage]:
    paragraphs = [each for each in content.iter(f"{W}p") if not _is_gone(each)]
    if not paragraphs:
        spans = merged(list(_spans(content, reader, "")))
        if spans:
            yield Passage(_trimmed(spans))
        return
    kept: list[Span] = []
    for paragraph in paragraphs:
        kept += _spans(paragraph, reader, "")
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            # The mark at its end was deleted: it runs on into the next one.
            continue
        spans, kept = _trimmed(merged(kept)), []
        if any(span.text.strip() for span in spans):
            yield _passage(paragraph, spans, reader)
    if any(span.text.strip() for span in kept):
        yield Passage(_trimmed(merged(kept)))


def _passage(paragraph: Element, spans: tuple[Span, ...], reader: Reader) -> Passage:
    style = reader.styles.get(_val(paragraph, "pPr/pStyle"), "")
    number, level = _val(paragraph, "pPr/numPr/numId"), _id(_val(paragraph, "pPr/numPr/ilvl"))
    if number and number != "0":
        if reader.forms.get((number, str(level)), "decimal") in ("bullet", "none"):
            return Passage(spans, "bullet", level, _id(number))
        for key in [key for key in reader.counts if key[0] == number and key[1] > level]:
            del reader.counts[key]
        first = reader.firsts.get(number, 1) if (number, level) not in reader.counts else None
        reader.counts[number, level] = reader.counts[number, level] + 1 if first is None else first
        return Passage(spans, "number", level, _id(number), reader.counts[number, level])
    if style == "list bullet":
        return Passage(spans, "bullet")
    if style == "list continue":
        left = _val(paragraph, "pPr/ind", "left") or _val(paragraph, "pPr/ind", "start")
        return Passage(spans, "continued", max(round(_id(left) / STEP) - 1, 0))
    return Passage(spans, "quote" if style in ("quote", "intense quote") else "paragraph")


def _spans(element: Element, reader: Reader, link: str) -> Iterator[Span]:
    for each in element:
        if not isinstance(each.tag, str) or each.tag in _GONE:
            continue
        name = each.tag.removeprefix(W)
        if name == "r":
            yield from _run(each, reader, link)
        elif name == "hyperlink":
            yield from _spans(each, reader, reader.links.get(each.get(LINK_ID, ""), ""))
        elif name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"):
            yield from _spans(each, reader, link)


def _run(run: Element, reader: Reader, link: str) -> Iterator[Span]:
    text = "".join(_letters(each) for each in run if isinstance(each.tag, str))
    if not text:
        return
    properties = run.find(f"{W}rPr")
    style = reader.styles.get(_val(properties, "rStyle"), "") if properties is not None else ""
    bold, italic = _is_on(properties, "b"), _is_on(properties, "i")
    yield Span(clean_text(text), bold, italic, style == "inline code" and not link, link)


def _letters(each: Element) -> str:
    name = each.tag.removeprefix(W)
    if name == "t":
        return each.text or ""
    return {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": ""}.get(name, "")


def _trimmed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without blanks and breaks at both ends."""
    found = list(spans)
    while found and not found[0].text.strip():
        found.pop(0)
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        first = found[0]
        found[0] = Span(first.text.lstrip(), first.bold, first.italic, first.code, first.link)
        last = found[-1]
        found[-1] = Span(last.text.rstrip(), last.bold, last.italic, last.code, last.link)
    return tuple(found)


def _lists(parcel: Parcel) -> tuple[dict[tuple[str, str], str], dict[str, int]]:
    if "word/numbering.xml" not in parcel:
        return {}, {}
    root = parcel.xml("word/numbering.xml")
    levels = {
        (_get(definition, "abstractNumId"), _get(level, "ilvl")): _val(level, "numFmt")
        for definition in root.iter(f"{W}abstractNum")
        for level in definition.iter(f"{W}lvl")
    }
    forms, firsts = dict[tuple[str, str], str](), dict[str, int]()
    for number in root.iter(f"{W}num"):
        id, definition = _get(number, "numId"), _val(number, "abstractNumId")
        forms |= {(id, level): form for (known, level), form in levels.items() if known == definition}
        start = _val(number, "lvlOverride/startOverride")
        firsts[id] = _id(start) if start else 1
    return forms, firsts


def _is_gone(element: Element) -> bool:
    """True if it stands in text that was deleted, or moved away."""
    return any(each.tag in _GONE for each in element.iterancestors())


def _is_on(properties: Element | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and _get(found, "val") not in ("0", "false", "off")


def _get(element: Element, name: str) -> str:
    return element.get(f"{W}{name}", "")


def _val(element: Element, path: str, name: str = "val") -> str:
    found = element.find("/".join(f"{W}{part}" for part in path.split("/")))
    return _get(found, name) if found is not None else ""


def _id(number: str) -> int:
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


_GONE = (f"{W}del", f"{W}moveFrom")
