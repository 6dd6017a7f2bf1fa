"""The look of the dossier: every style of the Word file, and the part `word/styles.xml` made of them.

To change the look, change `PARAGRAPHS` at the foot of this file. Text colours keep a contrast of 4.5:1 on what they stand on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mcplan.dossier.word.names import MAIN, XML

NAVY, TEAL, INK, GREY, LINK = "1B365D", "0B6E69", "222B36", "4F5B69", "0B4F8A"
GREEN, AMBER, RED = "1E6B3A", "8A4B00", "A61C1C"
RULE, TINT, CALM, WARN = "C9D2DC", "F2F5F8", "E8F2F1", "FDF3E4"
BODY, HEAD = "Calibri", "Cambria"
TEXT_WIDTH = 9411
"""Width of the text on the page, in twentieths of a point: A4 less two margins of 22 mm."""
HEAD_WIDTH = 567
"""Where the text of a numbered heading starts, in the same unit."""


@dataclass(frozen=True)
class Edge:
    """A line beside a paragraph."""

    side: str
    eighths: int
    colour: str
    space: int = 4
    """Points between line and text."""


@dataclass(frozen=True)
class Look:
    """A paragraph style. Sizes and spaces are points; lines are multiples; indents and tabs are twentieths of a point."""

    name: str
    size: float = 0
    """0: as the style it is based on; so are an empty font and colour."""
    font: str = ""
    colour: str = ""
    bold: bool | None = None
    italic: bool = False
    based_on: str = "Normal"
    next: str = ""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    indent: int = 0
    hanging: int = 0
    right_indent: int = 0
    with_next: bool = False
    whole: bool = False
    """Never split over two pages."""
    new_page: bool = False
    close: bool = False
    """No space between neighbours of the same style."""
    outline: int = 0
    """Level in the outline, from 1; 0 for none."""
    number: tuple[int, int] | None = None
    """A list of `word/numbering.xml` and a level of it, from 0."""
    edges: tuple[Edge, ...] = ()
    shade: str = ""
    tabs: tuple[tuple[str, int], ...] = ()
    spaced: int = 0
    """Letter spacing in twentieths of a point."""
    align: str = ""

    @property
    def id(self) -> str:
        """The name without blanks, by which paragraphs refer to it."""
        return self.name.replace(" ", "")


@cache
def styles_part(language: str) -> bytes:
    """The part `word/styles.xml` for text that is mostly in `language`, a tag such as en-GB."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{BODY}" w:hAnsi="{BODY}" w:eastAsia="Yu Gothic" w:cs="Arial"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{language}" w:eastAsia="ja-JP" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    return "".join(
        (XML, f"<w:styles {MAIN}>", defaults, *map(_paragraph_style, PARAGRAPHS), *map(_character_style, CHARACTERS))
        + (_TABLES, "</w:styles>")
    ).encode()


def _paragraph_style(look: Look) -> str:
    default = ' w:default="1"' if look.name == "Normal" else ""
    own = "" if look.name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{look.id}"><w:name w:val="{_BUILT_IN.get(look.name, look.name)}"/>'
        + (f'<w:basedOn w:val="{look.based_on.replace(" ", "")}"/>' if look.name != "Normal" else "")
        + (f'<w:next w:val="{look.next.replace(" ", "")}"/>' if look.next else "")
        + f'<w:uiPriority w:val="{39 if look.name.startswith("TOC") else 9}"/><w:qFormat/>'
        + f"<w:pPr>{_paragraph_properties(look)}</w:pPr><w:rPr>{_run_properties(look)}</w:rPr></w:style>"
    )


def _paragraph_properties(look: Look) -> str:
    # The order of the elements is fixed by the schema, here and in the other functions of this file.
    flags = (("keepNext", look.with_next), ("keepLines", look.whole), ("pageBreakBefore", look.new_page))
    return (
        "".join(f"<w:{name}/>" for name, wanted in flags if wanted)
        + ("<w:widowControl/>" if look.name == "Normal" else "")
        + _numbered(look)
        + ("<w:pBdr>" + "".join(map(_edge, look.edges)) + "</w:pBdr>" if look.edges else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>' if look.shade else "")
        + _tabs(look)
        + _spacing(look)
        + _indents(look)
        + ("<w:contextualSpacing/>" if look.close else "")
        + (f'<w:jc w:val="{look.align}"/>' if look.align else "")
        + (f'<w:outlineLvl w:val="{look.outline - 1}"/>' if look.outline else "")
    )


def _numbered(look: Look) -> str:
    if look.number is None:
        return ""
    number, level = look.number
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _edge(edge: Edge) -> str:
    return f'<w:{edge.side} w:val="single" w:sz="{edge.eighths}" w:space="{edge.space}" w:color="{edge.colour}"/>'


def _tabs(look: Look) -> str:
    stops = "".join(f'<w:tab w:val="{kind}" w:pos="{at}"/>' for kind, at in look.tabs)
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""


def _spacing(look: Look) -> str:
    parts = [
        f'w:{name}="{round(20 * points)}"'
        for name, points in (("before", look.before), ("after", look.after))
        if points is not None
    ]
    if look.line is not None:
        parts.append(f'w:line="{round(240 * look.line)}" w:lineRule="auto"')
    return f"<w:spacing {' '.join(parts)}/>" if parts else ""


def _indents(look: Look) -> str:
    given = (("left", look.indent), ("right", look.right_indent), ("hanging", look.hanging))
    parts = " ".join(f'w:{side}="{width}"' for side, width in given if width)
    return f"<w:ind {parts}/>" if parts else ""


def _run_properties(look: Look) -> str:
    half = round(2 * look.size)
    return (
        (f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" w:cs="{look.font}"/>' if look.font else "")
        + {True: "<w:b/><w:bCs/>", False: '<w:b w:val="0"/><w:bCs w:val="0"/>', None: ""}[look.bold]
        + ("<w:i/><w:iCs/>" if look.italic else "")
        + (f'<w:color w:val="{look.colour}"/>' if look.colour else "")
        + (f'<w:spacing w:val="{look.spaced}"/>' if look.spaced else "")
        + (f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else "")
    )


def _character_style(style: tuple[str, str]) -> str:
    name, properties = style
    default = ' w:default="1"' if name == "Default Paragraph Font" else ""
    own = "" if name in ("Default Paragraph Font", "Hyperlink") else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{default}{own} w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        f'<w:uiPriority w:val="20"/>' + (f"<w:rPr>{properties}</w:rPr>" if properties else "") + "</w:style>"
    )


_BUILT_IN = {
    "Normal": "Normal", "Title": "Title", "Subtitle": "Subtitle", "Heading 1": "heading 1", "Heading 2": "heading 2", "Heading 3": "heading 3",
    "Caption": "caption", "TOC 1": "toc 1", "TOC 2": "toc 2", "Header": "header", "Footer": "footer", "List Bullet": "List Bullet",
    "List Number": "List Number", "List Continue": "List Continue", "Quote": "Quote",
}  # fmt: skip
"""Styles that Word knows, with its own names for them."""

CHARACTERS = (
    ("Default Paragraph Font", ""),
    ("Hyperlink", f'<w:color w:val="{LINK}"/><w:u w:val="single"/>'),
    ("Quiet", f'<w:color w:val="{GREY}"/>'),
    ("Status Good", f'<w:b/><w:bCs/><w:color w:val="{GREEN}"/>'),
    ("Status Warn", f'<w:b/><w:bCs/><w:color w:val="{AMBER}"/>'),
    ("Status Bad", f'<w:b/><w:bCs/><w:color w:val="{RED}"/>'),
    (
        "Inline Code",
        '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:sz w:val="19"/><w:szCs w:val="19"/>',
    ),
)

_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="DossierTable"><w:name w:val="Dossier Table"/><w:basedOn w:val="TableNormal"/>'
    '<w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
    f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tblBorders><w:tblCellMar><w:top w:w="25" w:type="dxa"/>'
    '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="25" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{NAVY}"/></w:tcPr></w:tblStylePr>'
    f'<w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr></w:style>'
)


def _callout(name: str, colour: str, fill: str) -> tuple[Look, Look]:
    edges = (
        Edge("top", 4, fill, 5),
        Edge("left", 36, colour, 8),
        Edge("bottom", 4, fill, 5),
        Edge("right", 4, fill, 5),
    )
    body = Look(name, before=0, after=2, indent=227, right_indent=113, whole=True, edges=edges, shade=fill)
    # Borders and indents are those of the body: only then do Word and LibreOffice draw one box.
    return body, Look(f"{name} Head", colour=colour, bold=True, based_on=name, next=name, with_next=True)


PARAGRAPHS: tuple[Look, ...] = (
    Look("Normal", 10.5, BODY, INK, after=6, line=1.15),
    Look("Institution", colour=TEAL, bold=True, spaced=20, before=0, after=130, edges=(Edge("top", 48, TEAL, 12),)),
    Look("Kind", colour=TEAL, bold=True, spaced=30, after=4, with_next=True),
    Look("Title", 32, HEAD, NAVY, bold=True, next="Subtitle", after=8, line=1.0, with_next=True),
    Look("Subtitle", 14, colour=GREY, after=26),
    Look("Heading 1", 21, HEAD, NAVY, bold=True, next="Normal", before=0, after=12, line=1.05, hanging=HEAD_WIDTH, indent=HEAD_WIDTH, with_next=True,
         whole=True, new_page=True, outline=1, number=(1, 0), edges=(Edge("bottom", 8, TEAL, 5),), tabs=(("left", HEAD_WIDTH),)),
    Look("Heading 2", 14, HEAD, NAVY, bold=True, next="Normal", before=18, after=5, line=1.05, indent=HEAD_WIDTH, hanging=HEAD_WIDTH, with_next=True, whole=True,
         outline=2, number=(1, 1), tabs=(("left", HEAD_WIDTH),)),
    Look("Heading 3", 11.5, colour=TEAL, bold=True, next="Normal", before=14, after=2, line=1.1, with_next=True, whole=True, outline=3),
    Look("Contents Heading", 21, HEAD, NAVY, bold=True, after=10, with_next=True, new_page=True),
    Look("TOC 1", colour=NAVY, bold=True, before=7, after=1, line=1.0, indent=454, hanging=454, tabs=(("left", 454),)),
    Look("TOC 2", 10, before=0, after=1, line=1.0, indent=1021, hanging=567, tabs=(("left", 1021),)),
    Look("Lead", 12, after=8, line=1.2),
    Look("Meta Line", 9, colour=GREY, after=4, with_next=True),
    Look("Note", 9, colour=GREY, before=3, after=8),
    Look("Caption", 9, colour=GREY, bold=True, before=10, after=3, with_next=True),
    Look("Figure", after=2),
    Look("Table Text", 9.5, before=1.5, after=1.5, line=1.05),
    Look("Table Number", based_on="Table Text", align="right"),
    Look("Table Head", colour="FFFFFF", bold=True, based_on="Table Text", before=2, after=2, line=1.0, with_next=True),
    Look("Table Head Number", based_on="Table Head", align="right"),
    Look("Key Figure", 20, HEAD, NAVY, bold=True, based_on="Table Text", before=4, after=0, line=1.0, with_next=True),
    Look("After Table", 4, before=0, after=2, line=1.0),
    *_callout("Callout", TEAL, CALM),
    *_callout("Callout Warn", AMBER, WARN),
    Look("Control Line", before=2, after=2, indent=2381, hanging=2381, edges=(Edge("bottom", 4, RULE, 3), Edge("between", 4, RULE, 3)), tabs=(("left", 2381),)),
    Look("List Bullet", after=6, close=True),
    Look("List Number", after=6, close=True),
    Look("List Continue", after=4, indent=340),
    Look("Quote", colour=GREY, italic=True, indent=340),
    Look("Header", 8.5, colour=GREY, after=0, edges=(Edge("bottom", 4, RULE, 4),), tabs=(("right", TEXT_WIDTH),)),
    Look("Footer", 8.5, colour=GREY, after=0, edges=(Edge("top", 4, RULE, 4),), tabs=(("right", TEXT_WIDTH),)),
)  # fmt: skip
