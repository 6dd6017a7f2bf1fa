"""How this installation knows people: by the computer they sit at, or by a provider they sign in with.

People sign in as soon as Streamlit's secrets have a section `[auth]`. Without it whoever reaches the
app owns every plan, so it then serves this computer alone.
"""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from pages.kit.settings import database_url

SHORTEST = 32
"""Characters in a cookie secret, at least."""
PLACEHOLDERS = ("changeme", "change-me", "xxxx", "secret", "replace", "your-", "your_", "random")
CALLBACK = "/oauth2callback"
NEEDED = ("client_id", "client_secret", "server_metadata_url")
LOOPBACK = {"localhost": "127.0.0.1"}


def auth_section() -> Mapping[str, Any]:
    """The section `[auth]` of Streamlit's secrets; empty if there is none."""
    if not secrets_singleton.load_if_toml_exists():
        return {}
    found: Mapping[str, Any] = secrets_singleton.get("auth", {})
    return found


def signs_in() -> bool:
    """True if people have to sign in here."""
    return bool(auth_section())


def is_open() -> bool:
    """True if somebody has decided that whoever reaches this address may do everything."""
    return not signs_in() and os.environ.get("MCPLAN_ALLOW_OPEN") == "1"


def providers() -> tuple[str, ...]:
    """The names of the providers to sign in with; one empty name for a single one that has none."""
    section = auth_section()
    named = tuple(name for name, value in section.items() if isinstance(value, Mapping))
    return named or ("",)


def trusted_issuers() -> frozenset[str]:
    """Providers that say of no address whether it is verified, but vouch for all of them (`MCPLAN_TRUSTED_ISSUERS`)."""
    return frozenset(os.environ.get("MCPLAN_TRUSTED_ISSUERS", "").split())


def hosts() -> list[str]:
    """The names under which people reach this installation (`MCPLAN_HOSTS`), apart from those of this computer."""
    return os.environ.get("MCPLAN_HOSTS", "").split()


def loopback(host: str) -> str:
    """The address of this computer that `host` names; empty if others could reach it."""
    try:
        return LOOPBACK.get(host, host) if ipaddress.ip_address(LOOPBACK.get(host, host)).is_loopback else ""
    except ValueError:
        return ""


def why_not_serve(host: str) -> str:
    """Why the app must not be served at an address, as a sentence with what to do; empty if it may.

    An empty address is one that is not known yet: then `pages.kit.headers.ThisComputerOnly` looks at each caller.
    """
    if signs_in():
        return _why_not_sign_in(auth_section())
    if is_open():
        return ""
    if host and not loopback(host):
        return (
            f"Nobody has to sign in here, so mcplan serves this computer only: {host} would let "
            f"others read and change all plans. {HOW}"
        )
    if not database_url()[0].startswith("sqlite"):
        return f"A database server is for several people, and nobody has to sign in here yet. {HOW}"
    return ""


def _why_not_sign_in(section: Mapping[str, Any]) -> str:
    secret, callback = str(section.get("cookie_secret", "")), str(section.get("redirect_uri", ""))
    if len(secret) < SHORTEST or any(word in secret.lower() for word in PLACEHOLDERS):
        return f"Give [auth] in secrets.toml a cookie_secret of {SHORTEST} or more random characters."
    if not callback.endswith(CALLBACK):
        return f"Give [auth] in secrets.toml the redirect_uri of this installation; it ends with {CALLBACK}."
    for name in providers():
        provider = section[name] if name else section
        missing = [key for key in NEEDED if not provider.get(key)]
        if missing:
            return f"[auth{'.' if name else ''}{name}] in secrets.toml lacks {' and '.join(missing)}."
    return _why_not_read()


def _why_not_read() -> str:
    for name in config.get_option("secrets.files"):
        path = Path(name)
        if os.name == "posix" and path.is_file() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return f"Others on this computer can read {path.name}. Close it to them: chmod 600 {path.name}"
    return ""


def prepare() -> None:
    """Tell Streamlit what the surroundings say of this installation: where its secrets lie, and its names."""
    named = os.environ.get("MCPLAN_SECRETS", "").strip()
    if named:
        config.set_option("secrets.files", [str(Path(named).expanduser())])
    if hosts():
        config.set_option("server.allowedHosts", [*config.get_option("server.allowedHosts"), *hosts()])


HOW = (
    "To let people sign in, put a section [auth] into .streamlit/secrets.toml (docs/running.md shows it). "
    "If whoever reaches this address really may do everything, set MCPLAN_ALLOW_OPEN=1."
)
