"""The styles and lists of a template, made to answer to the names by which the dossier calls them.

The body of a dossier refers to styles and lists by the ids of `base.docx`. So that it need not know which template it
is set with, the template's styles take over these ids, and those it lacks are added.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from mcplan.dossier.word.package import BASE
from mcplan.parcel import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
APART = 100_000
"""Added to the numbers of the template's own lists, so that they never meet those of a dossier."""
ALIASES = {
    "internet link": "hyperlink",
    "contents 1": "toc 1",
    "contents 2": "toc 2",
    "standard": "normal",
    "default paragraph style": "normal",
}
"""Names that other word processors have for styles that Word knows."""
REFERENCES = ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle", "styleLink", "numStyleLink")


@dataclass(frozen=True)
class Restyled:
    """Parts that fit each other and the dossier."""

    styles: Element
    numbering: Element
    frames: dict[str, Element]
    added: tuple[str, ...]
    """Names of the styles that the template lacks, of those that Word knows."""


def restyle(styles: Element, numbering: Element | None, frames: dict[str, Element]) -> Restyled:
    """The template's parts with the ids of the dossier.

    Args:
        styles: the part of its styles.
        numbering: that of its lists; None if there is none.
        frames: its heads and feet, by relationship.
    """
    ours, lists = _base("word/styles.xml"), _base("word/numbering.xml")
    parts = [styles, *([numbering] if numbering is not None else []), *frames.values()]
    _set_apart(parts)
    _take_ids(styles, ours, parts)
    added = _add_missing(styles, ours)
    own = _number_headings(styles)
    if numbering is not None:
        _align(numbering)
    merged = _merge_lists(lists, numbering, own)
    _speak(styles, ours)
    return Restyled(styles, merged, frames, added)


def _take_ids(styles: Element, ours: Element, parts: Iterable[Element]) -> None:
    wanted = {(_type(each), _name(each)): each.get(f"{W}styleId", "") for each in ours.iter(f"{W}style")}
    taken, new = set(wanted.values()), dict[str, str]()
    seen = set[tuple[str, str]]()
    for style in styles.iter(f"{W}style"):
        old, key = style.get(f"{W}styleId", ""), (_type(style), _name(style))
        if key in wanted and key not in seen:
            seen.add(key)
            new[old] = wanted[key]
        elif old in taken:
            new[old] = f"{old}Own"
    for style in styles.iter(f"{W}style"):
        old = style.get(f"{W}styleId", "")
        style.set(f"{W}styleId", new.get(old, old))
    for part in parts:
        for reference in part.iter(*(f"{W}{name}" for name in REFERENCES)):
            said = reference.get(f"{W}val", "")
            reference.set(f"{W}val", new.get(said, said))


def _add_missing(styles: Element, ours: Element) -> tuple[str, ...]:
    there = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
    defaults = {_type(each) for each in styles.iter(f"{W}style") if each.get(f"{W}default") in ("1", "true", "on")}
    added = list[str]()
    for style in ours.iter(f"{W}style"):
        if style.get(f"{W}styleId") in there:
            continue
        made = deepcopy(style)
        if _type(made) in defaults:
            made.attrib.pop(f"{W}default", "")
        styles.append(made)
        if made.get(f"{W}customStyle") is None and _type(made) in ("paragraph", "character"):
            added.append(_name(made))
    return tuple(added)


def _set_apart(parts: Iterable[Element]) -> None:
    for part in parts:
        _unlink(list(part.iter(f"{W}numPicBullet", f"{W}lvlPicBulletId", f"{W}numIdMacAtCleanup")))
        for each in part.iter(f"{W}numId", f"{W}abstractNumId"):
            _shift(each, "val")
        for each in part.iter(f"{W}num"):
            _shift(each, "numId")
        for each in part.iter(f"{W}abstractNum"):
            _shift(each, "abstractNumId")


def _align(numbering: Element) -> None:
    """Say sides by the names that Word knows at a level of a list."""
    for each in numbering.iter(f"{W}lvlJc"):
        said = each.get(f"{W}val", "")
        each.set(f"{W}val", {"start": "left", "end": "right"}.get(said, said))


def _shift(element: Element, name: str) -> None:
    said = element.get(f"{W}{name}", "")
    # 0 takes a paragraph out of its list.
    if said.isascii() and said.isdigit() and (said != "0" or name != "val" or element.tag != f"{W}numId"):
        element.set(f"{W}{name}", str(int(said[:9]) + APART))


def _number_headings(styles: Element) -> bool:
    """Give headings the numbers of the dossier, unless the template numbers its own; True if it does."""
    headings = [each for each in styles.iter(f"{W}style") if each.get(f"{W}styleId") in ("Heading1", "Heading2")]
    numbers = {_number(each) for each in headings} - {"", "1"}
    if numbers:
        return True
    for level, style in enumerate(sorted(headings, key=lambda each: each.get(f"{W}styleId", ""))):
        if _number(style) == "1":
            continue
        properties = style.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            after = style.find(f"{W}rPr")
            style.append(properties) if after is None else after.addprevious(properties)
        numbered = etree.Element(f"{W}numPr")
        etree.SubElement(numbered, f"{W}ilvl").set(f"{W}val", str(level))
        etree.SubElement(numbered, f"{W}numId").set(f"{W}val", "1")
        before = [each for each in properties if each.tag in {f"{W}{name}" for name in _BEFORE_NUMBERS}]
        properties.insert(len(before), numbered)
    return False


def _merge_lists(ours: Element, theirs: Element | None, has_own: bool) -> Element:
    if has_own:
        _unlink(list(ours.iter(f"{W}pStyle")))
    if theirs is None:
        return ours
    if not has_own:
        _unlink([each for each in theirs.iter(f"{W}pStyle") if each.get(f"{W}val") in ("Heading1", "Heading2")])
    first = ours.find(f"{W}num")
    for each in theirs.findall(f"{W}abstractNum"):
        if first is not None:
            first.addprevious(each)
    for each in theirs.findall(f"{W}num"):
        ours.append(each)
    return ours


def _unlink(found: Iterable[Element]) -> None:
    for each in found:
        above = each.getparent()
        if above is not None:
            above.remove(each)


def _speak(styles: Element, ours: Element) -> None:
    """Every text has a language, so that it is read aloud and spelt in it."""
    if styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") is not None:
        return
    model = ours.find(f"{W}docDefaults")
    there = styles.find(f"{W}docDefaults")
    if model is None:
        return
    if there is None:
        styles.insert(0, deepcopy(model))
        return
    path = there
    for name in ("rPrDefault", "rPr"):
        found = path.find(f"{W}{name}")
        if found is None:
            found = etree.Element(f"{W}{name}")
            path.insert(0, found)
        path = found
    language = model.find(f"{W}rPrDefault/{W}rPr/{W}lang")
    if language is not None:
        path.append(deepcopy(language))


def _number(style: Element) -> str:
    found = style.find(f"{W}pPr/{W}numPr/{W}numId")
    return found.get(f"{W}val", "") if found is not None else ""


def _type(style: Element) -> str:
    return style.get(f"{W}type", "paragraph")


def _name(style: Element) -> str:
    found = style.find(f"{W}name")
    name = (found.get(f"{W}val", "") if found is not None else "").lower()
    return ALIASES.get(name, name)


def _base(name: str) -> Element:
    with zipfile.ZipFile(BASE) as archive:
        return etree.fromstring(archive.read(name))


_BEFORE_NUMBERS = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
"""Properties of a paragraph that stand before its number in the schema."""
