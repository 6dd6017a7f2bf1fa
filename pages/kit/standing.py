"""What stands on every screen of a plan: its name, how ready it is, and who sits here."""

from __future__ import annotations

import streamlit as st

from mcplan.views.live import view_strip
from pages.kit import desk, memory
from pages.kit.answer_box import pulse
from pages.kit.desk import Here
from pages.kit.identity import is_open
from pages.kit.remember import remember_name
from pages.kit.sign_in import sign_out
from pages.kit.tokens import plan_token
from pages.kit.words import clip, plain


def head(title: str, here: Here) -> None:
    """The screen's title, and the strip below it."""
    st.set_page_config(page_title=f"{title} · {clip(here.plan.title, 40)}")
    sidebar(here)
    announce()
    st.title(plain(title), anchor=False)
    strip(here)


def announce() -> None:
    """What there is to say since the last screen: something was done, or was refused."""
    kind, words = memory.said()
    if kind == "error":
        st.error(plain(words), icon=":material/error:")
    elif words:
        st.success(plain(words), icon=":material/check:")


def strip(here: Here) -> None:
    """How ready the plan is and who else is here; it follows what others do for as long as the screen is open."""
    screen = desk.screen()
    view = view_strip(desk.questionnaire(), here.plan, here.readiness, here.risks, screen)
    pulse({"plan": here.plan.id, "token": plan_token(here.plan.id), "screen": screen, "strip": view, "talk": here.talk})


def sidebar(here: Here) -> None:
    """Which plan is open, and who sits here."""
    with st.sidebar:
        st.markdown(f"**{plain(clip(here.plan.title, 80))}**")
        who([member.name for member in here.plan.team if member.name])


def who(names: list[str]) -> None:
    """Who sits here: to be changed where nobody signs in, to be signed out where people do."""
    person = desk.person()
    with st.popover(f"You are {plain(clip(person.name, 30))}", icon=":material/person:", width="stretch"):
        if not person.is_local:
            st.caption(plain(person.email))
            sign_out()
            return
        choices = [*names, *([] if person.name in names else [person.name])]
        chosen = st.selectbox("You are", choices, index=choices.index(person.name), accept_new_options=True)
        st.caption("Your name stands beside what you write.")
    st.caption(
        "Anyone who reaches this address owns every plan." if is_open() else "Anyone at this computer owns every plan."
    )
    remember_name()
    if chosen != person.name and memory.call_me(chosen):
        st.rerun()
