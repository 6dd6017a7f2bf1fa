"""Remember on this device what a person is called, so that they are asked once."""

from __future__ import annotations

import streamlit as st

from pages.kit.desk import NAME_COOKIE

_SCRIPT = """
export default function ({ data }) {
  document.cookie = `${data.cookie}=${encodeURIComponent(data.name)}; path=/; max-age=31536000; SameSite=Lax`;
}
"""
_cookie = st.components.v2.component("mcplan_remember", html="<span></span>", js=_SCRIPT)


def remember(name: str) -> None:
    """Keep `name` in a cookie of this browser for a year."""
    _cookie(key="remember-me", data={"cookie": NAME_COOKIE, "name": name}, height=1)
