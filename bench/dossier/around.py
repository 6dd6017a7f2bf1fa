"""The parts of a dossier beside its text, for the floor to write: lying pages, and what the file was made from."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from bench.dossier.taken import Content
from mcplan.dossier.word.origin import ITEM

UPRIGHT, WIDE = "\x00upright", "\x00wide"
"""Stand for the end of pages until the text is whole."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_KINDS = f"{_OFFICE}/relationships"
_PROPERTIES = f"{_OFFICE}/custom-properties"
_TYPES = "application/vnd.openxmlformats-officedocument."
_FORM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FURTHER = (
    f'<Relationship Id="rId1" Type="{_KINDS}/header" Target="header2.xml"/>'
    f'<Relationship Id="rId2" Type="{_KINDS}/footer" Target="footer2.xml"/>'
    f'<Relationship Id="rIdState" Type="{_KINDS}/customXml" Target="../customXml/item1.xml"/>'
)
ORDER = (
    "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
    "word/numbering.xml", "word/settings.xml", "word/fontTable.xml", "word/theme/theme1.xml", "word/header1.xml",
    "word/footer1.xml", "word/header2.xml", "word/footer2.xml", "customXml/item1.xml", "customXml/_rels/item1.xml.rels",
    "customXml/itemProps1.xml", "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml",
)  # fmt: skip


def turned(page: str) -> str:
    """A page on its side, with a head and foot of its own."""
    page = page.replace("rIdHeader1", "rId1").replace("rIdFooter1", "rId2")
    return page.replace('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"')


def further_parts(parts: dict[str, str], content: Content) -> dict[str, str]:
    """All parts in their order."""
    tabs = '<w:tabs><w:tab w:val="clear" w:pos="9411"/><w:tab w:val="right" w:pos="14343"/></w:tabs></w:pPr>'
    for name in ("header", "footer"):
        parts[f"word/{name}2.xml"] = parts[f"word/{name}1.xml"].replace("</w:pPr>", tabs, 1)
    plan, revision, hash = content.origin
    facts = {"mcplan plan": plan, "mcplan revision": revision, "mcplan hash": hash}
    lines = "".join(
        f'<property fmtid="{_FORM}" pid="{number}" name="{name}"><vt:lpwstr>{escape(said)}</vt:lpwstr></property>'
        for number, (name, said) in enumerate(facts.items(), 2)
    )
    types = f'xmlns="{_PROPERTIES}" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    parts["docProps/custom.xml"] = f"{_DECLARED}<Properties {types}>{lines}</Properties>"
    answers = "".join([f"<a q={quoteattr(id)} r={quoteattr(number)}/>" for id, number in content.answers])
    places = "".join([f"<p t={quoteattr(tag)} s={quoteattr(says)}/>" for tag, says in content.places])
    head = f'<state xmlns="urn:mcplan:state:1" plan={quoteattr(plan)} revision="{revision}" hash="{hash}">'
    parts["customXml/item1.xml"] = f"{_DECLARED}{head}{answers}{places}</state>"
    parts["customXml/itemProps1.xml"] = ITEM.decode()
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["customXml/_rels/item1.xml.rels"] = (
        f'{_DECLARED}<Relationships xmlns="{space}"><Relationship Id="rId1" Type="{_KINDS}/customXmlProps" '
        'Target="itemProps1.xml"/></Relationships>'
    )
    custom = f'<Relationship Id="rIdCustom" Type="{_KINDS}/custom-properties" Target="docProps/custom.xml"/>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("</Relationships>", f"{custom}</Relationships>")
    _add_types(parts)
    return {name: parts[name] for name in ORDER}


def _add_types(parts: dict[str, str]) -> None:
    name, end = "[Content_Types].xml", "wordprocessingml."
    types = parts[name]
    for before, added in (
        ("/docProps/app.xml", ("/customXml/itemProps1.xml", f"{_TYPES}customXmlProperties+xml")),
        ("/word/document.xml", ("/docProps/custom.xml", f"{_TYPES}custom-properties+xml")),
        ("/word/header1.xml", ("/word/footer2.xml", f"{_TYPES}{end}footer+xml")),
        ("/word/numbering.xml", ("/word/header2.xml", f"{_TYPES}{end}header+xml")),
    ):
        override = '<Override PartName="{}" ContentType="{}"/>'.format(*added)
        types = types.replace(f'<Override PartName="{before}"', f'{override}<Override PartName="{before}"')
    parts[name] = types
