"""The file base.docx: styles, lists, settings and page of every dossier, without a word of text.

It is made of the looks in this folder; after a change to them run `python -m mcplan.dossier.word.base`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from docx.opc.constants import CONTENT_TYPE as TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from mcplan.dossier.word.look import AMBER, BODY, GREEN, GREY, HEAD, INK, LANGUAGE, LINK, NAVY, RED, TEAL, TINT
from mcplan.dossier.word.names import ALL, DRAWING, MAIN
from mcplan.dossier.word.numbering import numbering_part
from mcplan.dossier.word.package import BASE
from mcplan.dossier.word.packing import packed
from mcplan.dossier.word.styles import styles_part

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of the file, so that the same looks give the same bytes."""


def make_base() -> bytes:
    """The bytes of base.docx."""
    package = Package()
    document = _part(package, "word/document.xml", TYPE.WML_DOCUMENT_MAIN, _DOCUMENT)
    for name, content_type, kind, xml in PARTS:
        id = "rId" + name.partition(".")[0].rpartition("/")[2].capitalize()
        document.load_rel(kind, _part(package, f"word/{name}", content_type, xml), id)
    package.relate_to(document, KIND.OFFICE_DOCUMENT)
    app = _part(package, "docProps/app.xml", TYPE.OFC_EXTENDED_PROPERTIES, _APP)
    package.relate_to(app, KIND.EXTENDED_PROPERTIES)
    core = package.core_properties
    core.title, core.last_modified_by, core.modified = "Planning dossier", "mcplan", LONG_AGO
    return packed(package, LONG_AGO)


def _part(package: Package, name: str, content_type: str, xml: str) -> Part:
    declared = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'
    return Part(PackURI(f"/{name}"), content_type, declared.encode(), package)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _theme() -> str:
    dark = {"dk1": INK, "lt1": "FFFFFF", "dk2": NAVY, "lt2": TINT}
    accents = {f"accent{place}": each for place, each in enumerate((TEAL, NAVY, GREEN, AMBER, RED, GREY), 1)}
    named = dark | accents | {"hlink": LINK, "folHlink": LINK}
    colours = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in named.items())
    fonts = "".join(
        f'<a:{use}Font><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:{use}Font>'
        for use, font in (("major", HEAD), ("minor", BODY))
    )
    # Word asks for three of each, though no text of ours is filled, framed or lit.
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effects = 3 * "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {DRAWING} name="Dossier"><a:themeElements><a:clrScheme name="Dossier">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Dossier">{fonts}</a:fontScheme><a:fmtScheme name="Dossier">'
        f"<a:fillStyleLst>{3 * fill}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{3 * fill}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _fonts() -> str:
    known = (
        (BODY, "020F0502020204030204", "00", "swiss", "variable"),
        (HEAD, "02040503050406030204", "00", "roman", "variable"),
        ("Consolas", "020B0609020204030204", "00", "modern", "fixed"),
        ("Symbol", "05050102010706020507", "02", "roman", "variable"),
    )
    fonts = "".join(
        f'<w:font w:name="{name}"><w:panose1 w:val="{panose}"/><w:charset w:val="{letters}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, panose, letters, family, pitch in known
    )
    return f"<w:fonts {MAIN}>{fonts}</w:fonts>"


_DOCUMENT = (
    f'<w:document {ALL}><w:body><w:sectPr><w:headerReference w:type="default" r:id="rIdHeader1"/>'
    '<w:footerReference w:type="default" r:id="rIdFooter1"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1247" w:bottom="1247" w:left="1248" w:header="624" w:footer="624" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr></w:body></w:document>"
)
"""A4 with margins of 22 mm at the sides; the first page has neither head nor foot."""
_SETTINGS = (
    f'<w:settings {MAIN}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    f'<w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
_HEADER = f'<w:hdr {ALL}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>'
_FOOTER = (
    f'<w:ftr {ALL}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:tab/>'
    f'<w:t xml:space="preserve">Page </w:t></w:r>{_field("PAGE")}'
    f'<w:r><w:t xml:space="preserve"> of </w:t></w:r>{_field("NUMPAGES")}</w:p></w:ftr>'
)
_APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>mcplan</Application></Properties>"
)

PARTS = (
    ("styles.xml", TYPE.WML_STYLES, KIND.STYLES, styles_part()),
    ("numbering.xml", TYPE.WML_NUMBERING, KIND.NUMBERING, numbering_part()),
    ("settings.xml", TYPE.WML_SETTINGS, KIND.SETTINGS, _SETTINGS),
    ("fontTable.xml", TYPE.WML_FONT_TABLE, KIND.FONT_TABLE, _fonts()),
    ("theme/theme1.xml", TYPE.OFC_THEME, KIND.THEME, _theme()),
    ("header1.xml", TYPE.WML_HEADER, KIND.HEADER, _HEADER),
    ("footer1.xml", TYPE.WML_FOOTER, KIND.FOOTER, _FOOTER),
)
"""The parts that belong to the document: name, content type, kind of relationship, XML."""

if __name__ == "__main__":
    BASE.write_bytes(make_base())
