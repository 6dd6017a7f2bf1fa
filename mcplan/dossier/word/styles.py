"""The part `word/styles.xml`, made of the looks. The order of elements is fixed by the schema throughout."""

from __future__ import annotations

from mcplan.dossier.word.look import (
    AMBER,
    BODY,
    GREEN,
    GREY,
    INK,
    LANGUAGE,
    LINK,
    NAVY,
    PARAGRAPHS,
    RED,
    RULE,
    TINT,
    Edge,
    Look,
)
from mcplan.dossier.word.names import MAIN


def styles_part() -> str:
    """The part; its language stands in one place, for `package` to change."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{BODY}" w:hAnsi="{BODY}" w:eastAsia="Yu Gothic" w:cs="Arial"/><w:color w:val="{INK}"/>'
        f'<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{LANGUAGE}" w:eastAsia="ja-JP" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    paragraphs = "".join(map(_paragraph_style, PARAGRAPHS))
    characters = "".join(_character_style(name, properties) for name, properties in CHARACTERS)
    return f"<w:styles {MAIN}>{defaults}{paragraphs}{characters}{_TABLES}</w:styles>"


def _paragraph_style(look: Look) -> str:
    default = ' w:default="1"' if look.name == "Normal" else ""
    own = "" if look.name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{look.id}">'
        f'<w:name w:val="{_BUILT_IN.get(look.name, look.name)}"/>'
        + ("" if default else f'<w:basedOn w:val="{look.based_on.replace(" ", "")}"/>')
        + (f'<w:next w:val="{look.next.replace(" ", "")}"/>' if look.next else "")
        + f'<w:uiPriority w:val="{39 if look.name.startswith("TOC") else 9}"/><w:qFormat/>'
        + f"<w:pPr>{_paragraph_properties(look)}</w:pPr><w:rPr>{_run_properties(look)}</w:rPr></w:style>"
    )


def _paragraph_properties(look: Look) -> str:
    edges = "".join(map(_edge, look.edges))
    return "".join(
        (
            _flags(look),
            _numbered(look),
            f"<w:pBdr>{edges}</w:pBdr>" if edges else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>' if look.shade else "",
            f'<w:tabs><w:tab w:val="{look.tab[0]}" w:pos="{look.tab[1]}"/></w:tabs>' if look.tab else "",
            _spacing(look),
            _indents(look),
            "<w:contextualSpacing/>" if look.close else "",
            f'<w:jc w:val="{look.align}"/>' if look.align else "",
            f'<w:outlineLvl w:val="{look.outline - 1}"/>' if look.outline else "",
        )
    )


def _flags(look: Look) -> str:
    flags = (
        ("keepNext", look.with_next),
        ("keepLines", look.whole),
        ("pageBreakBefore", look.new_page),
        ("widowControl", look.name == "Normal"),
    )
    return "".join(f"<w:{name}/>" for name, wanted in flags if wanted)


def _numbered(look: Look) -> str:
    if look.number is None:
        return ""
    number, level = look.number
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _edge(edge: Edge) -> str:
    return f'<w:{edge.side} w:val="single" w:sz="{edge.eighths}" w:space="{edge.space}" w:color="{edge.colour}"/>'


def _spacing(look: Look) -> str:
    given = (("before", look.before), ("after", look.after))
    parts = [f'w:{name}="{round(20 * points)}"' for name, points in given if points is not None]
    if look.line is not None:
        parts.append(f'w:line="{round(240 * look.line)}" w:lineRule="auto"')
    return f"<w:spacing {' '.join(parts)}/>" if parts else ""


def _indents(look: Look) -> str:
    given = (("left", look.indent), ("right", look.right_indent), ("hanging", look.hanging))
    parts = " ".join(f'w:{side}="{width}"' for side, width in given if width)
    return f"<w:ind {parts}/>" if parts else ""


def _run_properties(look: Look) -> str:
    half = round(2 * look.size)
    return "".join(
        (
            f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" w:cs="{look.font}"/>' if look.font else "",
            "<w:b/><w:bCs/>" if look.bold else "",
            "<w:i/><w:iCs/>" if look.italic else "",
            f'<w:color w:val="{look.colour}"/>' if look.colour else "",
            f'<w:spacing w:val="{look.spaced}"/>' if look.spaced else "",
            f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else "",
        )
    )


def _character_style(name: str, properties: str) -> str:
    default = ' w:default="1"' if name == "Default Paragraph Font" else ""
    own = "" if default or name in ("Hyperlink", "Placeholder Text") else ' w:customStyle="1"'
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:style w:type="character"{default}{own} w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        f'<w:uiPriority w:val="20"/>{look}</w:style>'
    )


def _margins(top: int, side: int) -> str:
    given = (("top", top), ("left", side), ("bottom", top), ("right", side))
    sides = "".join(f'<w:{name} w:w="{width}" w:type="dxa"/>' for name, width in given)
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _band(kind: str, run: str, fill: str) -> str:
    return (
        f'<w:tblStylePr w:type="{kind}">{run}<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
        "</w:tblStylePr>"
    )


_BUILT_IN = {
    **{name: name for name in ("Normal", "Title", "Subtitle", "Quote", "List Bullet", "List Number", "List Continue")},
    **{f"Heading {level}": f"heading {level}" for level in (1, 2, 3)},
    "Caption": "caption",
    "TOC 1": "toc 1",
    "TOC 2": "toc 2",
    "Header": "header",
    "Footer": "footer",
}
"""Styles that Word knows, with its own names for them."""

CHARACTERS = (
    ("Default Paragraph Font", ""),
    ("Hyperlink", f'<w:color w:val="{LINK}"/><w:u w:val="single"/>'),
    ("Quiet", f'<w:color w:val="{GREY}"/>'),
    ("Placeholder Text", f'<w:color w:val="{GREY}"/>'),
    ("Status Good", f'<w:b/><w:bCs/><w:color w:val="{GREEN}"/>'),
    ("Status Warn", f'<w:b/><w:bCs/><w:color w:val="{AMBER}"/>'),
    ("Status Bad", f'<w:b/><w:bCs/><w:color w:val="{RED}"/>'),
    ("Inline Code", '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:sz w:val="19"/>'),
)
"""Character styles with their properties."""

_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    f'<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_margins(0, 108)}</w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="DossierTable"><w:name w:val="Dossier Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr>'
    '<w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
    + "".join(map(_edge, (Edge("top", 8, NAVY, 0), Edge("bottom", 8, NAVY, 0), Edge("insideH", 4, RULE, 0))))
    + f"</w:tblBorders>{_margins(25, 85)}</w:tblPr>"
    + _band("firstRow", '<w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/></w:rPr>', NAVY)
    + _band("band2Horz", "", TINT)
    + "</w:style>"
)
