"""The floor: a dossier put together from plain words as one string, and zipped with the parts that go with it.

It does honest work while the clock runs: it escapes every word; writes out every paragraph, run, link, list, bookmark,
cell and row; gives addresses their relationships; unzips the base; and packs everything as hard as the product does.
It is given what any writer is given at the least, words and what kind of thing each is, and never a piece of XML.
It need not work out the words, read Markdown, or look for scripts and directions. No product could leave that out,
so this is how fast a machine can write such a file at all.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from bench.dossier.around import FURTHER, UPRIGHT, WIDE, further_parts, turned
from bench.dossier.taken import Content, Held, Paragraph, Piece, Row, Table
from mcplan.dossier.word.look import TINT
from mcplan.dossier.word.package import BASE
from mcplan.dossier.word.packing import LEVEL

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class Floor:
    """Writes one content again and again."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.links: dict[str, str] = {}

    def write(self) -> bytes:
        """The Word file."""
        self.links = {}
        with zipfile.ZipFile(BASE) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        body = [self.block(each) for each in self.content.blocks]
        before, _, page = parts["word/document.xml"].partition("<w:body>")
        self.page, end = page.replace("<w:titlePg/>", ""), "</w:body></w:document>"
        last = self.page.removesuffix(end)
        # The first pages end in the middle of the text; they alone have a cover.
        text = "".join(body).replace(UPRIGHT, page.removesuffix(end), 1).replace(WIDE, turned(last))
        parts["word/document.xml"] = f"{before}<w:body>{text}{self.page}"
        links = "".join(
            f'<Relationship Id="{id}" Type="{HYPERLINK}" Target="{quoted(address)}" TargetMode="External"/>'
            for address, id in self.links.items()
        )
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace("</Relationships>", f"{links}{FURTHER}</Relationships>")
        self.other_parts(parts)
        return packed(further_parts(parts, self.content))

    def other_parts(self, parts: dict[str, str]) -> None:
        """Lists, head and foot, and properties."""
        content = self.content
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="{level}">'
            f'<w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
            for number, level, first in content.list_starts
        )
        parts["word/numbering.xml"] = parts["word/numbering.xml"].replace("</w:numbering>", f"{lists}</w:numbering>")
        (mark, head), foot = content.frame
        for name, words in (("header", run(mark, "StatusBad") + run(head)), ("footer", run(foot))):
            name = f"word/{name}1.xml"
            parts[name] = parts[name].replace("</w:pPr>", f"</w:pPr>{words}", 1)
        dates = [
            f'<dcterms:{each} xsi:type="dcterms:W3CDTF">{content.at}</dcterms:{each}>'
            for each in ("modified", "created")
        ]
        core = (
            f"<dc:title>{escape(content.title)}</dc:title><cp:lastModifiedBy>{escape(content.author)}</cp:lastModifiedBy>"
            f"<cp:revision>1</cp:revision>{dates[0]}<dc:subject>{escape(content.subject)}</dc:subject>"
            f"<dc:creator>{escape(content.author)}</dc:creator>"
            f"<cp:keywords>{escape(content.keywords)}</cp:keywords><dc:language>en-GB</dc:language>{dates[1]}"
        )
        name = "docProps/core.xml"
        parts[name] = parts[name].partition("<dc:title>")[0] + core + "</cp:coreProperties>"

    def block(self, each: Paragraph | Table | Held) -> str:
        if isinstance(each, Table):
            return self.table(each)
        if isinstance(each, Held):
            return place(*each[:3], "".join([self.paragraph(p) for p in each.blocks]))
        return self.paragraph(each)

    def paragraph(self, each: Paragraph) -> str:
        style, keep_next, place, after, pieces, turn = each
        kept = "<w:keepNext/>" if keep_next else ""
        listed = f'<w:numPr><w:ilvl w:val="{place[0]}"/><w:numId w:val="{place[1]}"/></w:numPr>' if place else ""
        spaced = f'<w:spacing w:after="{after}"/>' if after else ""
        end = {"": "", "wide": WIDE, "upright": UPRIGHT}[turn]
        properties = f'<w:pStyle w:val="{style}"/>{kept}{listed}{spaced}{end}'
        return f"<w:p><w:pPr>{properties}</w:pPr>{self.pieces(pieces)}</w:p>"

    def pieces(self, pieces: list[Piece]) -> str:
        return "".join([PIECES[piece[0]](self, *piece[1:]) for piece in pieces])

    def link(self, address: str, tooltip: str, runs: list[Piece]) -> str:
        id = self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{id}" w:tooltip="{quoted(tooltip)}" w:history="1">{self.pieces(runs)}</w:hyperlink>'

    def table(self, table: Table) -> str:
        grid, width = "".join([f'<w:gridCol w:w="{each}"/>' for each in table.widths]), sum(map(int, table.widths))
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="DossierTable"/><w:tblW w:w="{width}" w:type="dxa"/>'
            '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" '
            'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{quoted(table.caption)}"/><w:tblDescription w:val="{quoted(table.says)}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join([self.row(row, table.widths) for row in table.rows])}</w:tbl>"
        )

    def row(self, row: Row, widths: list[str]) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>' if row.tinted else ""
        height = f'<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>' if row.height else ""
        cells = [
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{self.paragraph(cell)}</w:tc>'
            for width, cell in zip(widths, row.cells, strict=True)
        ]
        head = "<w:tblHeader/>" if row.head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def run(text: str, style: str = "", bold: bool = False, italic: bool = False) -> str:
    inside = f'<w:rStyle w:val="{style}"/>' if style else ""
    inside += f"{'<w:b/><w:bCs/>' if bold else ''}{'<w:i/><w:iCs/>' if italic else ''}"
    properties = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    if "\n" not in text and "\t" not in text:
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    breaks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    parts = [
        breaks.get(each) or f'<w:t xml:space="preserve">{escape(each)}</w:t>'
        for each in re.split("([\n\t])", text)
        if each
    ]
    return f"<w:r>{properties}{''.join(parts)}</w:r>"


def place(title: str, tag: str, id: str, content: str, more: str = "") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{quoted(title)}"/><w:tag w:val="{quoted(tag)}"/><w:id w:val="{id}"/>{more}'
        f"</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def contents(instruction: str) -> str:
    begin, separate = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate"))
    return f'{begin}<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>{separate}'


def field_run(value: str) -> str:
    return f"<w:r><w:t>{escape(value)}</w:t></w:r>"


def packed(parts: dict[str, str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


PIECES: dict[str, Any] = {
    "run": lambda _, *given: run(*given),
    "anchor": lambda floor, anchor, runs: (
        f'<w:hyperlink w:anchor="{anchor}" w:history="1">{floor.pieces(runs)}</w:hyperlink>'
    ),
    "link": Floor.link,
    "place": lambda floor, title, tag, id, pieces: place(
        title, tag, id, floor.pieces(pieces), '<w:text w:multiLine="1"/>'
    ),
    "start": lambda _, id, name: f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>',
    "end": lambda _, id: f'<w:bookmarkEnd w:id="{id}"/>',
    "field": lambda _, instruction, value: (
        f'<w:fldSimple w:instr="{quoted(instruction)}">{field_run(value)}</w:fldSimple>'
    ),
    "contents": lambda _, instruction: contents(instruction),
    "contents end": lambda _: '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
}
