"""Addresses of a draft and of what stands in it, and numbers as the standard writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from mcplan.plan import Plan

CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
"""The vocabularies a document on its own names (source: Open Badges 3.0, final release)."""
_UUID = r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:#[A-Za-z0-9._~%-]+)?"
_WEB = r"https?://[^\s<>\"\\^`{|}\[\]@/?#:]+(?::\d{1,5})?(?:[/?#][^\s<>\"\\^`{|}]*)?"
URI = re.compile(f"{_UUID}|{_WEB}", re.IGNORECASE)
WEB = re.compile(_WEB, re.IGNORECASE)


def plan_urn(plan: Plan) -> str:
    """The address of a plan's draft: good inside this installation, to be replaced by a web address on publication."""
    try:
        return UUID(plan.id).urn
    except ValueError:
        return uuid5(NAMESPACE_URL, f"mcplan:{plan.id}").urn


def part_urn(plan: Plan, *names: str) -> str:
    """The address of something in the draft, such as an assessment or one of its levels."""
    return f"{plan_urn(plan)}#{'-'.join(quote(name, safe='') for name in names)}"


def is_web_address(text: str) -> bool:
    """True if `text` is a whole http or https address."""
    return bool(WEB.fullmatch(text))


def digits(number: Decimal) -> str:
    """A number without thousands marks or empty decimals: 75, 2.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
