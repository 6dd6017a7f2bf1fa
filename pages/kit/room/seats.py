"""Signed words that let a page into one workshop and nowhere else: a seat, a wall, or a member's way in.

They are of another make than the tokens of screens (`pages.kit.tokens`), so that none can be taken for the other.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Literal

from pages.kit.tokens import TokenRefused, secret
from storage.rooms import Room

Purpose = Literal["seat", "wall", "member"]
LIFE: dict[Purpose, timedelta] = {
    # A day longer than a code lasts: words from a phone that was offline are taken for so long.
    "seat": timedelta(hours=36),
    "wall": timedelta(hours=12),
    "member": timedelta(hours=1),
}


def write_seat(purpose: Purpose, room: Room, now: datetime, *words: str) -> str:
    """Let a page into a workshop, for a while."""
    ends = int((now + LIFE[purpose]).timestamp()) // 600 * 600
    payload = json.dumps([room.plan_id, room.workshop_id, ends, *words]).encode()
    return f"{_text(payload)}.{_text(_signature(purpose, payload))}"


def read_seat(purpose: Purpose, token: object, now: datetime) -> tuple[Room, list[str]]:
    """Which workshop a page was let into, and the words that were signed with it.

    Raises:
        TokenRefused: it is none of ours, for another purpose, or has run out.
    """
    payload, _, signature = str(token).partition(".")
    try:
        signed, mark = _bytes(payload), _bytes(signature)
    except (binascii.Error, ValueError):
        raise TokenRefused from None
    if not hmac.compare_digest(_signature(purpose, signed), mark):
        raise TokenRefused
    plan_id, workshop_id, ends, *words = json.loads(signed)
    if ends < now.timestamp():
        raise TokenRefused
    return Room(plan_id, workshop_id), words


def _signature(purpose: Purpose, payload: bytes) -> bytes:
    return hmac.new(secret(), f"mcplan room {purpose} ".encode() + payload, hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
