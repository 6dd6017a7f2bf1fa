"""The Word file around the text: python-docx keeps its parts, their relationships and its properties.

All that mcplan knows of the inside of python-docx and lxml stands here: a body parsed in one go, and parts
packed once. `Document.save` would date them by the clock and pack pictures a second time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import cast
from urllib.parse import quote

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.pkgwriter import _ContentTypesItem
from docx.oxml.document import CT_Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from mcplan.dossier.blocks import Frame, Run
from mcplan.dossier.word.names import ALL, MAIN
from mcplan.dossier.word.numbering import FIRST_FREE, NUMBERS
from mcplan.dossier.word.text import set_run
from mcplan.text import clean_text, shorten

BASE = Path(__file__).with_name("base.docx")
"""What every dossier starts from; `mcplan.dossier.word.base` makes it."""
MOST_PROPERTY = 255
"""Word refuses a longer property."""
MOST_FRAME = 70
"""Characters of a line in the page's head that leave room for the other one."""
LEVEL = 5
"""Of compression: 6 takes twice the time to save a tenth."""


@dataclass(frozen=True)
class Properties:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    language: str
    """A tag such as en-GB."""
    made_at: datetime


class WordFile:
    """A Word file in the making: what the text refers to, and at last the text."""

    def __init__(self) -> None:
        self._document = docx.Document(BytesIO(_base()))
        self._links: dict[str, str] = {}
        self._lists = 0

    def link(self, address: str) -> str:
        """The id of the relationship to an address; the same for the same address."""
        if address not in self._links:
            self._links[address] = id = f"rIdLink{len(self._links) + 1}"
            # `relate_to` searches all that is there for each new one: seconds for an answer full of links.
            self._document.part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, _quoted(address), id, is_external=True)
        return self._links[address]

    def picture(self, png: bytes) -> tuple[str, int, int]:
        """The id of the relationship to a picture, and its width and height in pixels.

        Raises:
            ValueError: it is no PNG picture.
        """
        if not png.startswith(b"\x89PNG\r\n\x1a\n"):
            raise ValueError("A figure of the dossier is a PNG picture; this one is not.")
        id, image = self._document.part.get_or_add_image(BytesIO(png))
        return id, image.px_width, image.px_height

    def new_list(self, level: int, first: int) -> int:
        """The number of a new numbered list that starts with `first` at a level, from 0."""
        number = FIRST_FREE + self._lists
        self._lists += 1
        made = (
            f'<w:num {MAIN} w:numId="{number}"><w:abstractNumId w:val="{NUMBERS}"/><w:lvlOverride w:ilvl="{level}">'
            f'<w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
        )
        # python-docx finds a free number by trying them all, for each list again.
        self._document.part.numbering_part.element.append(parse_xml(made))
        return number

    def set_frame(self, frame: Frame) -> None:
        """Put the lines into head and foot of the page."""
        section = self._document.sections[0]
        right = shorten(frame.right, MOST_FRAME if frame.left else 2 * MOST_FRAME)
        _put_first(section.header.paragraphs[0], f"{shorten(frame.left, MOST_FRAME)}\t{right}")
        _put_first(section.footer.paragraphs[0], shorten(frame.foot, 2 * MOST_FRAME))

    def pack(self, body: str, properties: Properties) -> bytes:
        """The bytes of the file with this body.

        Args:
            body: paragraphs and tables as WordprocessingML.
            properties: what it says of itself.
        """
        # A body that is no XML fails here, and not on the board's table. The part gets a new root, into which only the
        # page is moved: moving thousands of paragraphs under the old root takes as long as parsing them.
        root = cast(CT_Document, parse_xml(f"<w:document {ALL}><w:body>{body}</w:body></w:document>"))
        root.body.append(self._document.element.body.sectPr)
        self._document.part._element = root
        self._speak(properties.language)
        self._describe(properties)
        return packed(self._document.part.package, properties.made_at)

    def _speak(self, language: str) -> None:
        for element in (self._document.styles.element, self._document.settings.element):
            for each in element.iter(qn("w:lang"), qn("w:themeFontLang")):
                each.set(qn("w:val"), language)

    def _describe(self, properties: Properties) -> None:
        at, core = properties.made_at, self._document.core_properties
        core.title, core.subject = _property(properties.title), _property(properties.subject)
        core.author = core.last_modified_by = _property(properties.author)
        core.keywords, core.language = "micro-credential; planning dossier", _property(properties.language)
        core.created = core.modified = at if at.tzinfo is None else at.astimezone(UTC)


def packed(package: OpcPackage, made_at: datetime) -> bytes:
    """All parts of a package as one zip file, dated `made_at` throughout: the same parts give the same bytes."""
    # Zip files know no day before 1980.
    date = (max(made_at.year, 1980), made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in _members(package):
            member = zipfile.ZipInfo(name, date)
            member.create_system = 0
            # Pictures are packed already.
            member.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(member, part, compresslevel=LEVEL)
    return file.getvalue()


def _members(package: OpcPackage) -> Iterator[tuple[str, bytes | str]]:
    # Word wants to meet the content types first. What python-docx keeps to itself has no types.
    parts = package.parts
    yield "[Content_Types].xml", _ContentTypesItem.from_parts(parts).blob  # type: ignore[no-untyped-call]
    yield "_rels/.rels", package.rels.xml
    for part in parts:
        yield part.partname.membername, part.blob
        if part.rels:
            yield part.partname.rels_uri.membername, part.rels.xml


@cache
def _base() -> bytes:
    return BASE.read_bytes()


def _put_first(paragraph: Paragraph, text: str) -> None:
    runs = parse_xml(f"<w:p {ALL}>{set_run(Run(text))}</w:p>")
    for run in reversed(runs):
        paragraph._p.get_or_add_pPr().addnext(run)


def _property(text: str) -> str:
    return shorten(clean_text(text), MOST_PROPERTY)


def _quoted(address: str) -> str:
    # Relationships hold plain ASCII addresses; what is quoted already stays.
    return quote(clean_text(address), safe="%/:=&?~#+!$,;'@()*-._")
