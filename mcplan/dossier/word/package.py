"""The Word file around the text: python-docx keeps its parts, their relationships and its properties.

All that mcplan knows of the inside of python-docx and lxml stands here: a body parsed in one go, and parts
packed once. `Document.save` would date them by the clock and pack pictures a second time.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.document import CT_Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.text.paragraph import Paragraph

from mcplan.dossier.blocks import Frame, Origin, Run, Words
from mcplan.dossier.word.look import TEXT_WIDTH
from mcplan.dossier.word.names import ALL, MAIN
from mcplan.dossier.word.numbering import FIRST_FREE, NUMBERS
from mcplan.dossier.word.origin import (
    CUSTOM,
    CUSTOM_KIND,
    CUSTOM_TYPE,
    ITEM,
    ITEM_KIND,
    ITEM_TYPE,
    STATE_KIND,
    custom_part,
    state_part,
)
from mcplan.dossier.word.packing import packed
from mcplan.dossier.word.text import set_run
from mcplan.text import clean_text, shorten

BASE = Path(__file__).with_name("base.docx")
"""What every dossier starts from; `mcplan.dossier.word.base` makes it."""
MOST_PROPERTY = 255
"""Word refuses a longer property."""
MOST_FRAME = 70
"""Characters of a line in the page's head that leave room for the other one."""
PAPERS = {"A4": (11906, 16838), "Letter": (12240, 15840)}
"""Width and height of a page, in twentieths of a point."""
WIDE = "00000001"
"""Marks the end of a section whose pages lie on their side, while the body is being written."""


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

    def __init__(self, base: bytes | None = None, paper: str = "A4") -> None:
        self.is_ours = base is None
        """True if the look is that of mcplan."""
        self._document = docx.Document(BytesIO(_base() if base is None else base))
        self._links: dict[str, str] = {}
        self._lists = 0
        self.places: dict[str, str] = {}
        """The letters for what stands in each place that can be edited, by its tag."""
        self._frame = Frame("", "", "")
        self._origin: Origin | None = None
        self._turned: tuple[str, str] | None = None
        self._page = self._document.element.body.sectPr
        if self.is_ours:
            self._page.pgSz.set(qn("w:w"), str(PAPERS[paper][0]))
            self._page.pgSz.set(qn("w:h"), str(PAPERS[paper][1]))

    def text_width(self, *, wide: bool) -> int:
        """Width of the text on a page, in twentieths of a point; `wide` if it lies on its side."""
        size, margins = self._page.pgSz, self._page.pgMar
        across = int(size.get(qn("w:h" if wide else "w:w")))
        return across - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))

    def link(self, address: str) -> str:
        """The id of the relationship to an address; the same for the same address."""
        if address not in self._links:
            self._links[address] = id = f"rIdLink{len(self._links) + 1}"
            # `relate_to` searches all that is there for each new one: seconds for an answer full of links.
            self._document.part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, quoted(address), id, is_external=True)
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
        self._frame = frame
        section = self._document.sections[0]
        if self.is_ours:
            head, foot, width = _lines(frame), f"{shorten(frame.foot, 2 * MOST_FRAME)}", self.text_width(wide=False)
            _put_first(section.header.paragraphs[0], head, width)
            _put_first(section.footer.paragraphs[0], (Run(foot),), width)
        else:
            # What the institution has put there stays; the lines that a board relies on come below it.
            paragraph = section.footer.add_paragraph()
            _put_first(paragraph, (Run(shorten(frame.foot, 2 * MOST_FRAME)),), 0)
            if not self._counts_pages(section):
                paragraph._p.extend(parse_xml(f"<w:p {ALL}>{_PAGES}</w:p>"))

    def set_origin(self, origin: Origin) -> None:
        """Note which state of which plan the file is made from, in properties of its own and a part beside them."""
        self._origin = origin

    @staticmethod
    def _counts_pages(section: Section) -> bool:
        frames = (section.header._element, section.footer._element)
        said = "".join(each.text or "" for frame in frames for each in frame.iter(qn("w:instrText")))
        said += "".join(each.get(qn("w:instr"), "") for frame in frames for each in frame.iter(qn("w:fldSimple")))
        return "PAGE" in said

    def pack(self, body: str, properties: Properties) -> bytes:
        """The bytes of the file with this body.

        Args:
            body: paragraphs and tables as WordprocessingML.
            properties: what it says of itself.
        """
        # A body that is no XML fails here, and not on the board's table. The part gets a new root, into which only the
        # page is moved: moving thousands of paragraphs under the old root takes as long as parsing them.
        root = cast(CT_Document, parse_xml(f"<w:document {ALL}><w:body>{body}</w:body></w:document>"))
        self._set_pages(root)
        self._document.part._element = root
        self._sign()
        self._speak(properties.language)
        self._describe(properties)
        return packed(self._document.part.package, properties.made_at)

    def _sign(self) -> None:
        if self._origin is None:
            return
        package = self._document.part.package
        custom = Part(PackURI(f"/{CUSTOM}"), CUSTOM_TYPE, custom_part(self._origin), package)
        package.load_rel(CUSTOM_KIND, custom, "rIdCustom")
        state = Part(PackURI("/customXml/item1.xml"), "application/xml", state_part(self._origin, self.places), package)
        item = Part(PackURI("/customXml/itemProps1.xml"), ITEM_TYPE, ITEM, package)
        state.load_rel(ITEM_KIND, item, "rId1")
        self._document.part.load_rel(STATE_KIND, state, "rIdState")

    def _set_pages(self, root: CT_Document) -> None:
        """Give every section its page: each but the last ends in a paragraph that says how its pages lie."""
        first = True
        for end in list(root.iter(qn("w:sectPr"))):
            wide = end.get(qn("w:rsidR")) == WIDE
            paragraph = end.getparent()
            if paragraph is not None:
                paragraph.replace(end, self._section(wide=wide, first=first))
            first = False
        root.body.append(self._section(wide=False, first=first))

    def _section(self, *, wide: bool, first: bool) -> Any:
        page = deepcopy(self._page)
        if not first:
            for each in page.findall(qn("w:titlePg")):
                page.remove(each)
        if wide:
            size = page.pgSz
            width, height = size.get(qn("w:w")), size.get(qn("w:h"))
            size.set(qn("w:w"), height)
            size.set(qn("w:h"), width)
            size.set(qn("w:orient"), "landscape")
            if self.is_ours:
                self._turn_frame(page)
        return page

    def _turn_frame(self, page: Any) -> None:
        # The tab in head and foot stands at the right margin, which is elsewhere on such a page.
        if self._turned is None:
            section, part = self._document.sections[0], cast(Any, self._document.part)
            (head, head_id), (foot, foot_id) = part.add_header_part(), part.add_footer_part()
            width = self.text_width(wide=True)
            for made, model in ((head, section.header), (foot, section.footer)):
                made._element = deepcopy(model._element)
                _move_tab(made._element, width)
            self._turned = head_id, foot_id
        for kind, id in zip(("header", "footer"), self._turned, strict=True):
            for each in page.findall(qn(f"w:{kind}Reference")):
                each.set(qn("r:id"), id)

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


@cache
def _base() -> bytes:
    return BASE.read_bytes()


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_PAGES = f"{set_run(Run(' · Page '))}{_field('PAGE')}{set_run(Run(' of '))}{_field('NUMPAGES')}"


def _lines(frame: Frame) -> Words:
    mark = f"{frame.mark} · " if frame.mark else ""
    left = shorten(frame.left, MOST_FRAME)
    right = shorten(frame.right, (MOST_FRAME if frame.left else 2 * MOST_FRAME) - len(mark))
    return tuple(run for run in (Run(mark, tone="bad"), Run(f"{left}\t{right}")) if run.text)


def _put_first(paragraph: Paragraph, words: Words, width: int) -> None:
    """Words at the beginning of a paragraph, whose tab leads to the right margin."""
    runs = parse_xml(f"<w:p {ALL}>{''.join(set_run(run) for run in words)}</w:p>")
    properties = paragraph._p.get_or_add_pPr()
    for run in reversed(runs):
        properties.addnext(run)
    if width and width != TEXT_WIDTH:
        _move_tab(paragraph._p, width)


def _move_tab(element: Any, width: int) -> None:
    for properties in element.iter(qn("w:pPr")):
        for each in properties.findall(qn("w:tabs")):
            properties.remove(each)
        tabs = parse_xml(
            f'<w:tabs {MAIN}><w:tab w:val="clear" w:pos="{TEXT_WIDTH}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        )
        properties.insert(1 if properties.find(qn("w:pStyle")) is not None else 0, tabs)


def _property(text: str) -> str:
    return shorten(clean_text(text), MOST_PROPERTY)


def quoted(address: str) -> str:
    """An address as the file holds it: relationships are plain ASCII; what is quoted already stays."""
    return quote(clean_text(address), safe="%/:=&?~#+!$,;'@()*-._")
