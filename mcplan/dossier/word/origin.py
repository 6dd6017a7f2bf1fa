"""Two parts of the file that say which state of which plan it was made from, written and read.

Custom properties name the plan; people see them under File, Info. A part of custom XML names every answer with its
revision. Word keeps both when the file is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from mcplan.dossier.blocks import Origin
from mcplan.parcel import Parcel, ParcelRefused
from mcplan.text import clean_text

CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
STATE_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
CUSTOM = "docProps/custom.xml"
SPACE = "urn:mcplan:state:1"
"""The namespace of the part that names the answers; the number goes up when its shape changes."""
ITEM_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
ITEM_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ITEM = (
    f'{_DECLARED}<ds:datastoreItem ds:itemID="{{6D63706C-616E-4D31-8000-737461746531}}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()
"""What Word wants to know of the part that names the answers."""
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_FORM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NONE = "This file does not say which plan it was made from. Bring a dossier that mcplan made and Word has saved."


def custom_part(origin: Origin) -> bytes:
    """The custom properties."""
    facts = {"mcplan plan": origin.plan_id, "mcplan revision": str(origin.revision), "mcplan hash": origin.hash}
    lines = "".join(
        f'<property fmtid="{_FORM}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(clean_text(said))}</vt:lpwstr></property>"
        for number, (name, said) in enumerate(facts.items(), 2)
    )
    return f'{_DECLARED}<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}">{lines}</Properties>'.encode()


def state_part(origin: Origin, places: Mapping[str, str]) -> bytes:
    """The part that names the answers, and what each place that can be edited said (`mcplan.dossier.fingerprint`)."""
    plan, hash = quoteattr(clean_text(origin.plan_id)), quoteattr(origin.hash)
    answers = "".join(f"<a q={quoteattr(id)} r={quoteattr(str(revision))}/>" for id, revision in origin.answers)
    said = "".join(f"<p t={quoteattr(clean_text(tag))} s={quoteattr(says)}/>" for tag, says in places.items())
    head = f'<state xmlns="{SPACE}" plan={plan} revision="{origin.revision}" hash={hash}>'
    return f"{_DECLARED}{head}{answers}{said}</state>".encode()


def read_origin(parcel: Parcel) -> tuple[Origin, dict[str, str]]:
    """Which state of which plan a file was made from, and what each place said then.

    Raises:
        ParcelRefused: it does not say, or what it says cannot be read.
    """
    for name in parcel.names:
        if name.startswith("customXml/item") and name.endswith(".xml"):
            root = parcel.xml(name)
            if root.tag == f"{{{SPACE}}}state":
                answers = tuple((each.get("q", ""), _number(each.get("r", ""))) for each in root.iter(f"{{{SPACE}}}a"))
                places = {each.get("t", ""): each.get("s", "") for each in root.iter(f"{{{SPACE}}}p")}
                plan, revision = root.get("plan", ""), _number(root.get("revision", ""))
                return Origin(plan, revision, root.get("hash", ""), answers), places
    raise ParcelRefused(_NONE)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ParcelRefused(_NONE)
    return int(text)
