"""The parts of a Word file and the zip that holds them: the same parts always give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from mcplan.dossier.blocks import Run
from mcplan.dossier.word.names import ALL, MAIN, XML, relationship
from mcplan.dossier.word.numbering import numbering_part
from mcplan.dossier.word.setting import Setting
from mcplan.dossier.word.styles import styles_part
from mcplan.dossier.word.text import escaped, set_run
from mcplan.text import shorten

MOST_PROPERTY = 255
"""Word refuses a longer property."""
MOST_FRAME = 70
"""Characters of a line in the page's head that leave room for the other one."""
LEVEL = 6
"""Of compression: harder work saves little more."""


@dataclass(frozen=True)
class Properties:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    language: str
    """A tag such as en-GB."""
    made_at: datetime


def pack(body: str, setting: Setting, properties: Properties) -> bytes:
    """The Word file with this body."""
    parts = dict(STATIC)
    parts |= {
        "word/document.xml": f"{XML}<w:document {ALL}><w:body>{body}{_PAGE}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": _relationships(setting),
        "word/styles.xml": styles_part(properties.language),
        "word/numbering.xml": numbering_part(setting.lists),
        "word/settings.xml": _settings(properties.language),
        "word/header1.xml": _header(setting.frame),
        "word/footer1.xml": _footer(setting.frame),
        "docProps/core.xml": _core(properties),
    }
    parts |= {f"word/media/figure{number}.png": png for number, png in enumerate(setting.pictures, 1)}
    return _zip(parts, properties.made_at)


def _zip(parts: Mapping[str, bytes], made_at: datetime) -> bytes:
    # Zip members carry a date; that of the dossier, not of the clock, keeps the bytes the same.
    date = (max(made_at.year, 1980), made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            member = zipfile.ZipInfo(name, date)
            member.create_system = 0
            # Pictures are packed already.
            member.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(member, part, compresslevel=LEVEL)
    return file.getvalue()


def _relationships(setting: Setting) -> bytes:
    own = "".join(_relationship(f"rId{name.capitalize()}", kind, target) for name, (kind, target) in _OWN.items())
    pictures = "".join(
        _relationship(f"rIdPicture{number}", "image", f"media/figure{number}.png")
        for number in range(1, len(setting.pictures) + 1)
    )
    links = "".join(
        f'<Relationship Id="{id}" Type="{relationship("hyperlink")}" '
        f'Target="{escaped(_address(link))}" TargetMode="External"/>'
        for link, id in setting.links.items()
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{own}{pictures}{links}</Relationships>'.encode()


def _relationship(id: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id}" Type="{relationship(kind)}" Target="{target}"/>'


def _address(link: str) -> str:
    # Relationships hold plain ASCII addresses; what is quoted already stays.
    return quote(link, safe="%/:=&?~#+!$,;'@()*-._")


def _settings(language: str) -> bytes:
    return (
        f'{XML}<w:settings {MAIN}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    ).encode()


def _header(frame: tuple[str, str, str]) -> bytes:
    left, right, _ = frame
    text = set_run(Run(f"{shorten(left, MOST_FRAME)}\t{shorten(right, MOST_FRAME if left else 2 * MOST_FRAME)}"))
    return f'{XML}<w:hdr {ALL}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{text}</w:p></w:hdr>'.encode()


def _footer(frame: tuple[str, str, str]) -> bytes:
    text = set_run(Run(f"{shorten(frame[2], 2 * MOST_FRAME)}\tPage "))
    page, pages = (
        f'<w:fldSimple w:instr=" {each} "><w:r><w:t>1</w:t></w:r></w:fldSimple>' for each in ("PAGE", "NUMPAGES")
    )
    line = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{text}{page}{set_run(Run(" of "))}{pages}</w:p>'
    return f"{XML}<w:ftr {ALL}>{line}</w:ftr>".encode()


def _core(properties: Properties) -> bytes:
    at = properties.made_at
    stamp = (at if at.tzinfo is None else at.astimezone(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    when = f'xsi:type="dcterms:W3CDTF">{stamp}'
    title, author, subject = (
        escaped(shorten(each, MOST_PROPERTY)) for each in (properties.title, properties.author, properties.subject)
    )
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>"
        "<cp:keywords>micro-credential; planning dossier</cp:keywords>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dcterms:created {when}</dcterms:created><dcterms:modified {when}</dcterms:modified>"
        f"<dc:language>{escaped(properties.language)}</dc:language></cp:coreProperties>"
    ).encode()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OWN = {
    "styles": ("styles", "styles.xml"),
    "numbering": ("numbering", "numbering.xml"),
    "settings": ("settings", "settings.xml"),
    "fonts": ("fontTable", "fontTable.xml"),
    "theme": ("theme", "theme/theme1.xml"),
    "header": ("header", "header1.xml"),
    "footer": ("footer", "footer1.xml"),
}
_PAGE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
    '<w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1247" w:bottom="1247" w:left="1248" w:header="624" w:footer="624" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)
"""A4 with margins of 22 mm at the sides; the first page has neither head nor foot."""

_FOLDER = Path(__file__).parent / "parts"
# Word wants to meet the content types first.
STATIC: dict[str, bytes] = {
    name: (_FOLDER / file).read_bytes()
    for name, file in (
        ("[Content_Types].xml", "content-types.xml"),
        ("_rels/.rels", "root-relationships.xml"),
        ("docProps/app.xml", "app.xml"),
        ("word/fontTable.xml", "fonts.xml"),
        ("word/theme/theme1.xml", "theme.xml"),
    )
}
"""Parts that are the same in every dossier."""
