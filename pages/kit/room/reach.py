"""How the room reaches a workshop: under which address, and what of this server it may see.

With sign-in everybody has an address anyway. On a laptop `mcplan run --room` lets the local network in to the pages
of workshops, which open no plan, while all the rest goes on serving this computer only.
"""

from __future__ import annotations

import re
import socket
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from pages.kit import identity

ROOM = "/w"
"""Where the pages of workshops begin."""
_PATH = re.compile(rf"{ROOM}(/[\w-][\w.-]*)*/?", re.ASCII)
ELSEWHERE = ("192.0.2.1", 9)
"""An address of nobody's (RFC 5737): to ask which way out this computer would take, without sending anything."""
HOW = (
    "Only this computer can reach mcplan now. To let phones in the same network take part, stop it and start it with "
    "mcplan run --room. That opens the pages of the workshop to the room, and nothing else. Your plans stay on this "
    "computer alone."
)


def let_in(port: int) -> str:
    """Let the local network in to the pages of workshops; the address it reaches them at, "" if there is no network."""
    global _root
    address = _own_address()
    _root = f"http://{address}:{port}" if address else f"http://127.0.0.1:{port}"
    return f"{_root}{ROOM}" if address else ""


def is_open() -> bool:
    """True if the local network was let in."""
    return bool(_root)


def keep_out() -> None:
    """Serve this computer only, as before."""
    global _root
    _root = ""


def is_of_a_room(path: str) -> bool:
    """True of the addresses of workshops, which are for everybody in the room."""
    return _PATH.fullmatch(path) is not None


def lets_in(scope: MutableMapping[str, Any]) -> bool:
    """True if the room was let in and asks for no more than the pages of a workshop."""
    return bool(_root) and scope["type"] == "http" and is_of_a_room(scope["path"])


def root_for(url: str) -> str:
    """Where phones reach this server, for somebody who is at `url`; empty if only this computer can."""
    address = urlsplit(url)
    if not identity.loopback(address.hostname or ""):
        return f"{address.scheme}://{address.netloc}"
    return _root


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            found = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if identity.loopback(found) else found


_root = ""
