"""Proof that a save comes from a screen this server has drawn: for one person and one plan, for half a day.

A token is signed, not stored. It has to outlive a restart of the server, or what people typed
meanwhile could not be saved afterwards; so the secret behind it lies in a file beside the SQLite
database, readable by its owner alone. Not in the database: a copy of that is handed around as a
backup. Several servers on PostgreSQL have no common file, so there `MCPLAN_SECRET` names it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pages.kit.settings import database_url
from storage.database import DatabaseProblem

LIFE = 12 * 3600
"""Seconds a token is good for, at least; each drawing of the screen hands out a fresh one."""
STEP = 600
"""Seconds in which the same token is handed out: an unchanged screen stays unchanged on the wire."""
SHORTEST = 32
"""Characters in a secret, at least."""


@dataclass(frozen=True)
class Caller:
    """Who a token was written for; whether they are still let in is asked anew with every use."""

    person_id: str
    name: str
    signed_in_at: int = 0
    """Seconds since 1970; 0 where nobody has to sign in."""


class TokenRefused(Exception):
    """It is not one of ours, has run out, or is for another plan."""


class SecretMissing(DatabaseProblem):
    """Nobody has said what the servers of this database sign with."""


def box_address(box: Mapping[str, Any]) -> dict[str, str]:
    """Where a box saves to, and the token that lets it: to be merged into what `view_box` gives."""
    return {"url": "/api/answers", "token": plan_token(box["plan"])}


def plan_token(plan_id: str) -> str:
    """A token for the person at the screen, at a plan."""
    from pages.kit import desk

    return write_token(secret(), desk.caller(), plan_id, desk.now())


def write_token(secret: bytes, caller: Caller, plan_id: str, now: datetime) -> str:
    """A token for a person at a plan; the same one for ten minutes."""
    ends = (int(now.timestamp()) // STEP + 1) * STEP + LIFE
    payload = json.dumps([caller.person_id, caller.name, caller.signed_in_at, plan_id, ends]).encode()
    return f"{_text(payload)}.{_text(_signature(secret, payload))}"


def read_token(secret: bytes, token: str, plan_id: str, now: datetime) -> Caller:
    """Whom a token was written for.

    Raises:
        TokenRefused: it is none of ours, for another plan, or has run out.
    """
    payload, _, signature = token.partition(".")
    try:
        words, signed = _bytes(payload), _bytes(signature)
    except (binascii.Error, ValueError):
        raise TokenRefused from None
    if not hmac.compare_digest(_signature(secret, words), signed):
        raise TokenRefused
    person_id, name, signed_in_at, plan, ends = json.loads(words)
    if plan != plan_id or ends < now.timestamp():
        raise TokenRefused
    return Caller(person_id, name, signed_in_at)


@lru_cache(maxsize=1)
def secret() -> bytes:
    """What this installation signs with.

    Raises:
        SecretMissing: `MCPLAN_SECRET` is too short, or missing although the database is a server
            or lies in a folder that cannot be written.
    """
    named = os.environ.get("MCPLAN_SECRET", "").strip()
    if named and len(named) < SHORTEST:
        raise SecretMissing(f"MCPLAN_SECRET is too short: give it {SHORTEST} or more random characters.")
    url, _ = database_url()
    if not named and not url.startswith("sqlite"):
        raise SecretMissing(
            f"Set MCPLAN_SECRET to {SHORTEST} or more random characters, the same for every mcplan on this database."
        )
    file = Path(url.partition(":///")[2] + ".secret")
    try:
        return named.encode() or secret_in(file)
    except OSError as error:
        raise SecretMissing(
            f"mcplan cannot write {file.name} into the folder of the database. Make the folder writable, "
            f"or set MCPLAN_SECRET to {SHORTEST} or more random characters."
        ) from error


def secret_in(path: Path) -> bytes:
    """The secret a file holds; it is made if there is none. Two servers that start at once get the same."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600, exist_ok=False)
    try:
        draft.write_text(secrets.token_urlsafe(SHORTEST))
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    return path.read_bytes()


def _signature(secret: bytes, payload: bytes) -> bytes:
    return hmac.new(secret, b"mcplan caller " + payload, hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
