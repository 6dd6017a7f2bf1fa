"""Remember something on this device: what a person is called, how they like a dossier, and by which link they came."""

from __future__ import annotations

import re
from urllib.parse import unquote

import streamlit as st

from pages.kit import memory

YEAR = 365 * 24 * 3600
INVITATION_COOKIE = "mcplan_invitation"
SIGN_IN = 15 * 60
"""Seconds a sign-in may take, with a password to look up and a second device to find."""

_SCRIPT = """
export default function ({ data }) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const words = `${data.cookie}=${encodeURIComponent(data.value)}; path=/; max-age=${data.seconds}`;
  document.cookie = `${words}; SameSite=Lax${secure}`;
}
"""
_cookie = st.components.v2.component("mcplan_remember", html="<span></span>", js=_SCRIPT)


def remember_name(key: str = "remember-me") -> None:
    """Keep in this browser what a person said they are called, for a year from their last visit to a plan."""
    name = memory.given_name()
    if name:
        _keep(key, memory.NAME_COOKIE, name, YEAR)


def remember_invitation(secret: str) -> None:
    """Keep the secret of a link in this browser while its person signs in: the address does not survive that."""
    _keep("remember-invitation", INVITATION_COOKIE, secret, SIGN_IN)


def forget_invitation() -> None:
    """The link has been used, or is of no use."""
    _keep("forget-invitation", INVITATION_COOKIE, "", 0)


def invitation() -> str:
    """The secret of the link this browser came by before its person signed in; empty for none."""
    kept = unquote(str(st.context.cookies.get(INVITATION_COOKIE, "")))
    return kept if re.fullmatch(r"[\w-]{1,100}", kept, re.ASCII) else ""


def remember_choice(name: str, words: str) -> None:
    """Keep in this browser, for a year, what a person chose; `name` says what for, `words` what."""
    memory.keep_choice(name, words)
    _keep(f"remember-{name}", f"mcplan_{name}", words, YEAR)


def choice(name: str) -> str:
    """What a person chose on this device before; empty if nothing."""
    return memory.choice(name) or unquote(str(st.context.cookies.get(f"mcplan_{name}", "")))


def _keep(key: str, cookie: str, value: str, seconds: int) -> None:
    _cookie(key=key, data={"cookie": cookie, "value": value, "seconds": seconds}, height=1)
