"""All parts of a Word file as one zip file: packed once, and dated by the plan instead of by the clock."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.opc.spec import default_content_types

LEVEL = 5
"""Of compression: 6 takes twice the time to save a tenth."""


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
    parts = package.parts
    # Word wants to meet the content types first.
    yield "[Content_Types].xml", _content_types(parts)
    yield "_rels/.rels", package.rels.xml
    for part in parts:
        yield part.partname.membername, part.blob
        if part.rels:
            yield part.partname.rels_uri.membername, part.rels.xml


def _content_types(parts: Iterable[Part]) -> str:
    """What each part is: said once for an ending that tells, else by name (ECMA-376, part 2)."""
    by_ending = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    by_name = {}
    for part in parts:
        ending = part.partname.ext.lower()
        if (ending, part.content_type) in default_content_types:
            by_ending[ending] = part.content_type
        else:
            by_name[part.partname] = part.content_type
    said = [
        f"<Default Extension={quoteattr(ending)} ContentType={quoteattr(type)}/>"
        for ending, type in sorted(by_ending.items())
    ]
    said += [
        f"<Override PartName={quoteattr(name)} ContentType={quoteattr(type)}/>"
        for name, type in sorted(by_name.items())
    ]
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="{space}">{"".join(said)}</Types>'
