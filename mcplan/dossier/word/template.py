"""An institution's own Word template, checked, cleaned and made fit for the dossier.

Kept are its styles, lists, theme, page, head and foot; all else goes. What would run, load something from outside or
is embedded is refused. Styles are found by name: their ids differ from language to language.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from mcplan.dossier.word.contrast import pale_styles
from mcplan.dossier.word.package import BASE
from mcplan.dossier.word.restyle import Restyled, restyle
from mcplan.parcel import MEBIBYTE, Element, Limits, Parcel, ParcelRefused, open_parcel

LIMITS = Limits(packed=5 * MEBIBYTE)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
ALTERNATIVE = "Picture in the letterhead"
"""What is read aloud for a picture of head or foot that says nothing itself."""
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
LONG_AGO = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Template:
    """A template that dossiers can be made with."""

    file: bytes
    """A Word file without words: styles, lists, theme, page, head and foot."""
    notes: tuple[str, ...]
    """What was left out or added, and what is hard to read in it, each a sentence."""


def prepare_template(packed: bytes) -> Template:
    """The template in a .docx or .dotx file.

    Raises:
        ParcelRefused: it is not accepted; the message says why and what to do.
    """
    parcel = open_parcel(packed, LIMITS)
    document = _main_part(parcel)
    dropped = _refuse_what_acts(parcel)
    found = _Found(parcel, document)
    restyled = restyle(found.styles(), found.numbering(), found.frames())
    parts = _base_parts() | _new_parts(found, restyled)
    notes = [f"Left out: {each}." for each in dropped]
    if restyled.added:
        notes.append(f"Added, since the template has none of these styles: {', '.join(restyled.added)}.")
    if found.theme() is None:
        notes.append("The template has no colours or fonts of its own theme; those of mcplan stand in.")
    notes += pale_styles(restyled.styles)
    return Template(_packed(parts), tuple(notes))


class _Found:
    """The parts of a template that are kept, by what they are for."""

    def __init__(self, parcel: Parcel, document: str) -> None:
        self.parcel, self.document = parcel, document
        self.targets = dict(_relationships(parcel, document))
        body = parcel.xml(document).find(f"{W}body")
        sections = [] if body is None else body.findall(f"{W}sectPr")
        if not sections:
            raise ParcelRefused("The template does not say how large its pages are. Save it again with Word.")
        self.page = deepcopy(sections[-1])
        self._frames = dict(self._read_frames())

    def styles(self) -> Element:
        """The part of the styles."""
        name = self._one("styles")
        if name is None:
            raise ParcelRefused("The template has no styles. Save it again with Word.")
        return self.parcel.xml(name)

    def numbering(self) -> Element | None:
        """The part of the lists; None if there is none."""
        name = self._one("numbering")
        return self.parcel.xml(name) if name else None

    def theme(self) -> bytes | None:
        """The part of colours and fonts; None if there is none, or it cannot stand alone."""
        name = self._one("theme")
        content = self.parcel.read(name) if name else b""
        return content if content and b"r:embed" not in content and b"r:link" not in content else None

    def frames(self) -> dict[str, Element]:
        """The heads and feet of its last page, by relationship."""
        return self._frames

    def point(self, id: str, new_id: str) -> None:
        """Let the page refer to a head or foot by another name."""
        for reference in self.page.iter(f"{W}headerReference", f"{W}footerReference"):
            if reference.get(f"{R}id") == id:
                reference.set(f"{R}id", new_id)

    def _one(self, kind: str) -> str | None:
        return next((name for of, name in self.targets.values() if of == kind and name in self.parcel), None)

    def _read_frames(self) -> Iterator[tuple[str, Element]]:
        for reference in list(self.page):
            if reference.tag in (f"{W}headerReference", f"{W}footerReference"):
                id = reference.get(f"{R}id", "")
                kind, name = self.targets.get(id, ("", ""))
                if kind in ("header", "footer") and name in self.parcel:
                    yield id, self.parcel.xml(name)
                else:
                    self.page.remove(reference)
            elif reference.tag in (f"{W}footnotePr", f"{W}endnotePr", f"{W}printerSettings", f"{W}sectPrChange"):
                self.page.remove(reference)


def _new_parts(found: _Found, restyled: Restyled) -> dict[str, bytes]:
    parts = {
        "word/styles.xml": _written(restyled.styles),
        "word/numbering.xml": _written(restyled.numbering),
    }
    theme = found.theme()
    if theme:
        parts["word/theme/theme1.xml"] = theme
    rels = etree.fromstring(_base_parts()["word/_rels/document.xml.rels"])
    for each in list(rels):
        if each.get("Type", "").rsplit("/", 1)[-1] in ("header", "footer"):
            rels.remove(each)
    types, pictures = list[tuple[str, str]](), dict[str, str]()
    for number, (id, frame) in enumerate(restyled.frames.items(), 1):
        kind, source = found.targets[id]
        name, new_id = f"{kind}{number}.xml", f"rIdFrame{number}"
        _tell_pictures(frame)
        parts[f"word/{name}"] = _written(frame)
        parts |= _own_relationships(name, _frame_relationships(found.parcel, source, frame, pictures))
        types.append((f"word/{name}", f"{WML}{kind}+xml"))
        etree.SubElement(rels, f"{PACKAGE}Relationship", Id=new_id, Type=f"{KIND}{kind}", Target=name)
        found.point(id, new_id)
    parts |= {new: found.parcel.read(old) for old, new in pictures.items()}
    parts["word/_rels/document.xml.rels"] = _written(rels)
    parts["word/document.xml"] = _written(_document(found.page))
    parts["[Content_Types].xml"] = _content_types(types, pictures)
    return parts


def _tell_pictures(frame: Element) -> None:
    for each in frame.iter(_DRAWN):
        if not each.get("descr", "").strip():
            each.set("descr", ALTERNATIVE)


def _own_relationships(name: str, rels: Element) -> dict[str, bytes]:
    return {f"word/_rels/{name}.rels": _written(rels)} if len(rels) else {}


def _document(page: Element) -> Element:
    root = etree.fromstring(_base_parts()["word/document.xml"])
    body = root[0]
    for each in list(body):
        body.remove(each)
    body.append(page)
    return root


def _frame_relationships(parcel: Parcel, source: str, frame: Element, pictures: dict[str, str]) -> Element:
    """What a head or foot refers to: pictures in the file and links to the web; nothing else may stand in it."""
    rels = etree.fromstring(f'<Relationships xmlns="{PACKAGE[1:-1]}"/>')
    for id, (kind, target) in _relationships(parcel, source):
        if kind == "image" and target in parcel:
            ending = target.rpartition(".")[2].lower()
            if ending not in PICTURES:
                raise ParcelRefused(
                    f"The head or foot of the template holds a picture of the kind “{ending[:10]}”. Use PNG or JPEG."
                )
            new = pictures.setdefault(target, f"word/media/frame{len(pictures) + 1}.{ending}")
            etree.SubElement(
                rels, f"{PACKAGE}Relationship", Id=id, Type=f"{KIND}image", Target=new.removeprefix("word/")
            )
        elif kind == "hyperlink":
            etree.SubElement(
                rels, f"{PACKAGE}Relationship", Id=id, Type=f"{KIND}hyperlink", Target=target, TargetMode="External"
            )
    kept = {each.get("Id") for each in rels}
    for each in frame.iter():
        if any(name.startswith(R) and said not in kept for name, said in each.attrib.items() if isinstance(name, str)):
            raise ParcelRefused("The head or foot of the template holds something other than text, links and pictures.")
    return rels


def _relationships(parcel: Parcel, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    if rels not in parcel:
        return
    for each in parcel.xml(rels):
        target = each.get("Target", "")
        kind = each.get("Type", "").rsplit("/", 1)[-1]
        if each.get("TargetMode") != "External":
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        yield each.get("Id", ""), (kind, target)


def _main_part(parcel: Parcel) -> str:
    types = parcel.xml("[Content_Types].xml") if "[Content_Types].xml" in parcel else None
    if types is None:
        raise ParcelRefused("This is not a Word file. Bring a template as .docx or .dotx.")
    said = [(each.get("PartName", "").lstrip("/"), each.get("ContentType", "")) for each in types]
    if any("macroEnabled" in kind for _, kind in said):
        raise ParcelRefused("The template holds macros (.docm, .dotm). Save it as .docx or .dotx without them.")
    wanted = (f"{WML}document.main+xml", f"{WML}template.main+xml")
    for name, kind in said:
        if kind in wanted and name in parcel:
            return name
    raise ParcelRefused("This is not a Word file. Bring a template as .docx or .dotx.")


def _refuse_what_acts(parcel: Parcel) -> list[str]:
    """Refuse what would run or load something; and what is left out, in words."""
    for name in parcel.names:
        if _ACTING.search(f"/{name}"):
            raise ParcelRefused(
                f"The template holds something that runs or is embedded (“{name[:80]}”). Save it again without it."
            )
        if name.endswith(".xml") and (field := _acting_field(parcel.xml(name))):
            raise ParcelRefused(f"The template has a field of the kind {field}, which loads something. Take it out.")
    dropped = dict[str, None]()
    for each in parcel.outside():
        if each.kind in _DROPPED:
            dropped[_DROPPED[each.kind]] = None
        elif each.kind == "hyperlink" and re.match(r"(?i)https?://|mailto:", each.target):
            continue
        else:
            raise ParcelRefused(
                f"The template loads something from outside itself ({each.kind}). Put it into the file, or take it out."
            )
    return list(dropped)


def _acting_field(part: Element) -> str:
    said = " ".join(each.text or "" for each in part.iter(f"{W}instrText"))
    said += " ".join(each.get(f"{W}instr", "") for each in part.iter(f"{W}fldSimple"))
    found = _FIELDS.search(said)
    return found[0] if found else ""


def _content_types(frames: list[tuple[str, str]], pictures: dict[str, str]) -> bytes:
    root = etree.fromstring(_base_parts()["[Content_Types].xml"])
    space = root.tag.removesuffix("Types")
    for each in list(root):
        if each.get("PartName", "") in ("/word/header1.xml", "/word/footer1.xml"):
            root.remove(each)
    known = {each.get("Extension") for each in root}
    for ending in sorted({new.rpartition(".")[2] for new in pictures.values()} - known):
        root.insert(0, etree.Element(f"{space}Default", Extension=ending, ContentType=PICTURES[ending]))
    for name, kind in frames:
        etree.SubElement(root, f"{space}Override", PartName=f"/{name}", ContentType=kind)
    return _written(root)


def _base_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BASE) as archive:
        names = [name for name in archive.namelist() if name not in ("word/header1.xml", "word/footer1.xml")]
        return {name: archive.read(name) for name in names}


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


_ACTING = re.compile(
    r"vbaProject|vbaData|activeX|/embeddings/|/afchunk|attachedToolbars|customUI|webextension|/customizations"
    r"|\.(exe|dll|bin|html?|mht|js|vbs)$",
    re.IGNORECASE,
)
_FIELDS = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|LINK|MACROBUTTON|DATABASE|IMPORT)\b")
_DROPPED = {
    "attachedTemplate": "the reference to the template that this file was made from",
    "mailMergeSource": "the source of a mail merge",
    "mailMergeHeaderSource": "the source of a mail merge",
}
"""References to the outside that do no harm once they are gone, with what people read of them."""
