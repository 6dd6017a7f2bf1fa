"""The floor: the same paragraphs, tables and parts written as one string and zipped, with nothing worked out.

No product could be written like this; it says how fast a machine can write a file of this content at all.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape


class Floor:
    """The content of a Word file, taken apart before the clock runs, and written again while it does."""

    def __init__(self, file: bytes) -> None:
        with zipfile.ZipFile(BytesIO(file)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        document = self.parts.pop("word/document.xml").decode()
        self.head, body = document.split("<w:body>")
        self.page = body[body.rindex("<w:sectPr>") :]
        self.rows = [_paragraph(each) for each in re.findall(r"<w:p>.*?</w:p>|</?w:t[rcb][^>]*>", body)]

    def write(self) -> bytes:
        """The file again."""
        body = [_set(style, text) if style else text for style, text in self.rows]
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", f"{self.head}<w:body>{''.join(body)}{self.page}".encode())
            for name, part in self.parts.items():
                archive.writestr(name, part, zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED)
        return file.getvalue()


def _set(style: str, text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _paragraph(xml: str) -> tuple[str, str]:
    """Style and text of a paragraph; an element of a table with no style."""
    if not xml.startswith("<w:p>"):
        return "", xml
    style = re.search(r'<w:pStyle w:val="(\w+)"', xml)
    return style.group(1) if style else "Normal", "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", xml))
