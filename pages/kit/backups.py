"""Back-ups, for administrators: the list, a button for another one, and the way back."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from mcplan.numbers import count
from mcplan.views.installation import view_backups
from pages.kit import desk
from pages.kit.settings import backups_folder
from pages.kit.words import bullets, plain
from storage.backups import back_up, list_backups

AT_ONCE = 10
NO_FOLDER = (
    "Back-ups have no folder here yet. Whoever runs mcplan names one with the setting MCPLAN_BACKUPS; "
    "then they are listed here, and can be made with a button."
)


def draw() -> None:
    """What back-ups there are and how to make one, or why that cannot be done from here."""
    folder = backups_folder()
    if folder is None:
        st.info(plain(NO_FOLDER), icon=":material/folder_off:")
        return
    with desk.plain_words():
        list_backups(folder, desk.engine())
        _make(folder)
        _show(folder)


def _make(folder: Path) -> None:
    if not st.button("Back up now", icon=":material/backup:", key="back-up"):
        return
    with desk.plain_words(), st.spinner("Writing and checking a back-up. People can go on working.", show_time=True):
        made = back_up(desk.engine(), folder, desk.now())
        held = f"{count(made.contents.plans, 'plan')}, {count(made.contents.saves, 'saved answer')}"
        st.success(plain(f"The back-up is made and checked: {held}."), icon=":material/check:")


def _show(folder: Path) -> None:
    view = view_backups(list_backups(folder, desk.engine()), AT_ONCE)
    if view.summary:
        st.markdown(plain(view.summary))
        return
    st.markdown(bullets(view.lines))
    st.markdown(
        "To bring one back, stop mcplan, and give this command in the folder of the back-ups. "
        "A file that is there is kept beside it; a PostgreSQL must be empty."
    )
    st.code(view.restore, language=None, wrap_lines=True)
