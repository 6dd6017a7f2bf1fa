"""Zip files that somebody hands in (Word, spreadsheets, plan bundles), opened without trusting a byte of them.

`open_parcel` reads the directory and checks it before anything is unpacked; `Parcel.read` unpacks one part, never
more than was allowed. What cannot be accepted raises `ParcelRefused` with one sentence for whoever handed it in.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

MEBIBYTE = 1 << 20
Element = etree._Element
"""A piece of XML."""


class ParcelRefused(ValueError):
    """A file that is not accepted; the message is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """How much a file may hold; sizes are bytes."""

    packed: int = 10 * MEBIBYTE
    """The file itself."""
    parts: int = 500
    part: int = 20 * MEBIBYTE
    """One part, unpacked."""
    whole: int = 40 * MEBIBYTE
    """All parts together, unpacked."""
    ratio: int = 200
    """How many times larger a part may be unpacked than packed; small parts are not measured."""
    marks: int = 1_000_000
    """Elements and attributes in one part of XML: each costs ten times its letters once it is read."""


USUAL = Limits()
"""Enough for every Word file or spreadsheet of a plan."""


@dataclass(frozen=True)
class Outside:
    """A reference to something that is not in the file."""

    part: str
    """The part that refers to it."""
    kind: str
    """The last word of its type: hyperlink, image, attachedTemplate and so on."""
    target: str
    id: str


@dataclass(frozen=True)
class Parcel:
    """A zip file whose directory has been checked."""

    names: tuple[str, ...]
    """Its parts in the order of the directory, without folders."""
    limits: Limits
    _archive: zipfile.ZipFile = field(repr=False)

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """A part, unpacked: at most what its entry in the directory says, which has been checked.

        Raises:
            ParcelRefused: there is no such part, or it is damaged.
        """
        if name not in self.names:
            raise ParcelRefused(f"The file is not complete: “{_shown(name)}” is missing from it.")
        try:
            with self._archive.open(name) as part:
                return part.read(self.limits.part + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise ParcelRefused(
                f"The file is damaged: “{_shown(name)}” in it cannot be read. Save it again, and bring that copy."
            ) from error

    def xml(self, name: str) -> Element:
        """A part as XML.

        Raises:
            ParcelRefused: it is missing, damaged, or XML that is not accepted (`read_xml`).
        """
        return read_xml(self.read(name), name, self.limits)

    def outside(self) -> Iterator[Outside]:
        """Every reference of an Office file to something outside it, in the order of the directory."""
        for name in self.names:
            if name.endswith(".rels"):
                for each in self.xml(name):
                    if each.get("TargetMode") == "External":
                        kind = each.get("Type", "").rsplit("/", 1)[-1]
                        yield Outside(name, kind, each.get("Target", ""), each.get("Id", ""))


def open_parcel(packed: bytes, limits: Limits = USUAL) -> Parcel:
    """The zip file in `packed`, checked: names, number, sizes, ways of packing. Nothing is unpacked yet.

    Raises:
        ParcelRefused: it is no zip file, or one that is not accepted.
    """
    if len(packed) > limits.packed:
        raise ParcelRefused(f"The file is larger than {limits.packed // MEBIBYTE} MB, which is the most mcplan takes.")
    _refuse_directory(packed, limits)
    try:
        archive = zipfile.ZipFile(BytesIO(packed))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise ParcelRefused(DAMAGED) from error
    entries = archive.infolist()
    _refuse_names(entries)
    _refuse_sizes(entries, limits)
    return Parcel(tuple(each.filename for each in entries if not each.is_dir()), limits, archive)


def refuse_outside(parcel: Parcel, allowed: frozenset[str] = frozenset({"hyperlink"})) -> None:
    """Refuse an Office file that loads anything from outside; links that a person may follow load nothing.

    Raises:
        ParcelRefused: it has a reference of a kind that is not in `allowed`, or a link to something other than the web.
    """
    for each in parcel.outside():
        if each.kind not in allowed:
            what = WHAT.get(each.kind, each.kind or "something")
            raise ParcelRefused(
                f"The file loads {what} from outside itself ({_shown(each.target)})."
                " Put it into the file, or take it out."
            )
        if each.kind == "hyperlink" and not _WEB.match(each.target):
            raise ParcelRefused(
                f"The file has a link that leads neither to the web nor to a mail address ({_shown(each.target)})."
                " Take the link out."
            )


def read_xml(content: bytes, name: str, limits: Limits = USUAL) -> Element:
    """XML of Office files, parsed without following anything it names; refused if it is of an unusual make.

    Args:
        content: the text, in UTF-8.
        name: what it is called in the sentence of a refusal.
        limits: how many marks it may hold.

    Raises:
        ParcelRefused: it is no XML, declares entities or another encoding, or holds too many marks.
    """
    declared = _DECLARED.match(content[:200])
    if b"\0" in content[:200] or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise ParcelRefused(
            f"“{_shown(name)}” in the file is not written in UTF-8. Save it again with Word or LibreOffice."
        )
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ParcelRefused(f"“{_shown(name)}” in the file defines entities, which no file of Office does.")
    if content.count(b"<") + content.count(b"=") > limits.marks:
        raise ParcelRefused(f"“{_shown(name)}” in the file holds more than mcplan can look through.")
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise ParcelRefused(
            f"The file is damaged: “{_shown(name)}” in it is not well formed. Save it again, and bring that copy."
        ) from error


def _refuse_directory(packed: bytes, limits: Limits) -> None:
    """Look at the end of the file, where the directory is: reading a long one costs memory before it can be counted."""
    if packed.startswith(_OLE):
        raise ParcelRefused(
            "The file has a password or is of an old kind (.doc, .xls). Save it as .docx or .xlsx without a password."
        )
    if not packed.startswith(b"PK\x03\x04"):
        raise ParcelRefused("This is not a file that mcplan can open: it is none of .docx, .dotx, .xlsx and .mcplan.")
    end = len(packed) - _END.size
    if end < 0 or packed[end : end + 4] != b"PK\x05\x06" or packed[-2:] != b"\0\0":
        raise ParcelRefused(DAMAGED)
    size = _END.unpack_from(packed, end)[5]
    if size > end or packed[end - 20 : end - 16] == b"PK\x06\x07":
        raise ParcelRefused(DAMAGED)
    if packed.count(b"PK\x01\x02", end - size, end) > limits.parts:
        raise ParcelRefused(f"The file holds more than {limits.parts} parts, which is the most mcplan takes.")


def _refuse_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for each in entries:
        name = each.orig_filename
        folded = each.filename.casefold()
        if not _NAME.fullmatch(name) or any(part in ("", ".", "..") for part in name.removesuffix("/").split("/")):
            raise ParcelRefused(f"The file holds a part with a name that is not allowed: “{_shown(name)}”.")
        if folded in seen:
            raise ParcelRefused(f"The file holds two parts with the same name: “{_shown(name)}”.")
        seen.add(folded)


def _refuse_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    for each in entries:
        if each.flag_bits & 1:
            raise ParcelRefused("The file has a password. Save it without one.")
        if each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or stat.S_ISLNK(
            each.external_attr >> 16
        ):
            raise ParcelRefused(f"“{_shown(each.filename)}” in the file is packed in a way that mcplan does not take.")
        if each.file_size > limits.part or each.file_size > limits.ratio * each.compress_size + _SMALL:
            raise ParcelRefused(f"“{_shown(each.filename)}” in the file unpacks to more than mcplan takes.")
    if sum(each.file_size for each in entries) > limits.whole:
        raise ParcelRefused(
            f"The file unpacks to more than {limits.whole // MEBIBYTE} MB, which is the most mcplan takes."
        )


def _shown(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else "?" for letter in name[:81])
    return printable[:80] + "…" if len(printable) > 80 else printable


DAMAGED = "The file is damaged or not complete. Save it again, and bring that copy."
WHAT = {
    "image": "a picture",
    "attachedTemplate": "a template",
    "externalLinkPath": "another spreadsheet",
    "oleObject": "an object",
    "frame": "a page",
    "subDocument": "another document",
}
"""What is loaded, by the kind of reference, in a sentence."""
_SMALL = 64 << 10
_END = struct.Struct("<4s4H2LH")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAME = re.compile(r"[^\x00-\x1f\x7f\\:*?\"<>|/][^\x00-\x1f\x7f\\:*?\"<>|]{0,254}")
_WEB = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
