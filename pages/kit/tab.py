"""Which plan a tab of the browser has open: the tab itself knows, when the server that knew it is gone.

A visit that goes on at another server, or after a restart, remembers nothing, and a click in the menu
carries no address of a plan. So the strip of each plan (`answer_box/pulse.js`) leaves its plan in the tab,
and a new visit without one asks for it. A cookie would be the same for all tabs, and open a plan in the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.kit import memory

_SCRIPT = """
const asked = new WeakSet();
export default function ({ parentElement, setTriggerValue }) {
  if (asked.has(parentElement)) return;
  asked.add(parentElement);
  let plan = "";
  try {
    plan = sessionStorage.getItem("mcplan_plan") ?? "";
  } catch {
    // Some browsers keep nothing; then the list of plans leads on.
  }
  setTriggerValue("plan", plan);
}
"""
_tab = st.components.v2.component("mcplan_tab", html="<span></span>", js=_SCRIPT)


def ask(hear: Callable[[str], None]) -> None:
    """Ask the tab which plan it has open; once `hear` was told, "" for none, the screen is drawn again."""
    _tab(key="tab", on_plan_change=partial(_pass_on, hear), height=1)


def _pass_on(hear: Callable[[str], None]) -> None:
    told = memory.heard("tab", "plan")
    if told is not None:  # else the next screen asks again
        hear(told if re.fullmatch(r"[\w-]{1,64}", told, re.ASCII) else "")
