"""What stands on every screen of a plan: its name, how ready it is, and who sits here."""

from __future__ import annotations

import streamlit as st

from mcplan.views.overview import view_standing
from pages.kit import desk, memory
from pages.kit.desk import Here
from pages.kit.remember import remember
from pages.kit.switch import badge
from pages.kit.words import clip, plain


def head(title: str, here: Here) -> None:
    """The screen's title, and the strip below it."""
    st.set_page_config(page_title=f"{title} · {clip(here.plan.title, 40)}")
    sidebar(here)
    announce()
    st.title(plain(title), anchor=False)
    strip()


def announce() -> None:
    """What there is to say since the last screen: something was done, or was refused."""
    kind, words = memory.said()
    if kind == "error":
        st.error(plain(words), icon=":material/error:")
    elif words:
        st.success(plain(words), icon=":material/check:")


@st.fragment(run_every="2s")
def strip() -> None:
    """How ready the plan is. Every two seconds it asks whether the plan changed, and if so draws the screen anew."""
    with desk.plain_words():
        if desk.has_changed():
            st.rerun()
        seen = desk.last_seen()
        if seen:
            standing = view_standing(seen.readiness, seen.risks)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                badge(standing.sign, standing.says)
                st.markdown(
                    f"**{standing.span}** of 100 for {standing.gate.lower()} · {standing.stops} · {standing.risks}"
                )


def sidebar(here: Here) -> None:
    """Which plan is open, and who sits here."""
    names = [member.name for member in here.plan.team if member.name]
    person = desk.me()
    choices = [*names, *([] if person in names else [person])]
    with st.sidebar:
        st.markdown(f"**{plain(clip(here.plan.title, 80))}**")
        with st.popover(f"You are {plain(clip(person, 30))}", icon=":material/person:", width="stretch"):
            chosen = st.selectbox("You are", choices, index=choices.index(person))
            st.caption("Your name stands beside what you write.")
        remember(chosen)
        if chosen != person:
            desk.call_me(chosen)
            st.rerun()
