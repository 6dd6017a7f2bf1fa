"""The badge on the screen: its card, how it is earned, what it lines up with, and the file to take away."""

from __future__ import annotations

import streamlit as st

from mcplan.badge.criteria import Part
from mcplan.roles import REFUSALS
from mcplan.views.badge import BadgeView
from mcplan.views.table import Table
from pages.kit import cards, memory, tables
from pages.kit.cards import Card, Group
from pages.kit.desk import Here
from pages.kit.switch import emphasis
from pages.kit.words import bullets, lines, plain


def card(view: BadgeView) -> None:
    """The badge as a wallet shows it. Its image is linked to, not loaded: nothing is fetched from elsewhere."""
    with st.container(border=True):
        st.subheader(plain(view.name), anchor=False)
        if view.issuer:
            st.markdown(f":material/verified_user: Awarded by {plain(view.issuer)}")
        st.markdown(lines(view.description or "Nobody has written yet what an earner will be able to do."))
        if view.image:
            st.link_button("Open the image of the badge", view.image, icon=":material/image:")
            st.caption(plain(f"Image, in words: {view.caption or 'not described yet'}"))
        else:
            st.caption(":material/hide_image: There is no image of the badge yet.")
        for line in (view.facts, view.tags):
            if line:
                st.caption(plain(line))


def criteria(parts: tuple[Part, ...]) -> None:
    """How the badge is earned, as text."""
    for part in parts:
        label = f"**{plain(part.label)}:** " if part.label else ""
        if part.text:
            st.markdown(f"{label}{plain(part.text)}")
        if part.items and part.numbered:
            st.markdown("\n".join(f"{place}. {plain(item)}" for place, item in enumerate(part.items, 1)))
        elif part.items:
            st.markdown(bullets(part.items))


def alignments(view: BadgeView) -> None:
    """What the badge lines up with, as a table."""
    rows = tuple((each.what, each.framework, each.url) for each in view.alignments)
    tables.table(Table("What the badge lines up with", ("What", "In", "Address"), rows))


def missing(view: BadgeView) -> None:
    """What the metadata lacks, each with the way to mend it."""
    groups = [Card(sign=sign, ways=tuple(map(cards.to_pointer, found))) for sign, found in view.missing]
    cards.draw([Group(tuple(groups))], key="missing")


def download(here: Here, view: BadgeView) -> None:
    """A button that hands the draft over as JSON, for those who may have it."""
    if not here.may("export"):
        st.info(REFUSALS["export"], icon=":material/lock:")
        return
    st.download_button(
        "Download the draft as JSON",
        view.document.encode(),
        file_name=f"{memory.file_name(here.plan.title)}-badge.json",
        mime="application/json",
        type=emphasis(),
        icon=":material/download:",
        on_click="ignore",
        key="badge-json",
    )
    st.caption(
        f"Open Badges 3.0, made from revision {here.plan.revision} of the plan. A draft: nobody can earn it yet."
    )
