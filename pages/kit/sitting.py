"""One workshop on the screens while it takes place and afterwards: the way in, leading it, its papers."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from mcplan.dossier.word import to_word
from mcplan.roles import REFUSALS
from mcplan.views.workshops import Report, view_report
from mcplan.workshop.papers import write_handout, write_report
from mcplan.workshop.sitting import Sitting
from pages.kit import desk, memory, tables
from pages.kit.desk import Here
from pages.kit.handover import WORD
from pages.kit.room import reach
from pages.kit.room.lead import lead_screen
from pages.kit.room.seats import write_seat
from pages.kit.tokens import plan_token
from pages.kit.words import plain
from pages.kit.workshops import go
from storage.rooms import Room


def handout(here: Here, sitting: Sitting) -> None:
    """A button that makes the handout, then one that hands it over; for whoever leads or may take the plan away."""
    if not (here.may("facilitate") or here.may("export")):
        return
    _paper(here, f"handout-{sitting.workshop.id}-{sitting.workshop.revision}", "handout", sitting, None)


def lead(here: Here, sitting: Sitting) -> None:
    """The facilitator's screen, for whoever may lead; the report once the workshop is over."""
    if not here.may("facilitate"):
        st.info(REFUSALS["facilitate"], icon=":material/lock:")
        return
    room, root = Room(here.plan.id, sitting.workshop.id), reach.root_for(str(st.context.url))
    view = {
        "plan": here.plan.id,
        "token": plan_token(here.plan.id),
        "workshop": sitting.workshop.id,
        "wall": write_seat("wall", room, desk.now()),
        "where": f"{root.partition('://')[2]}{reach.ROOM}" if root else "",
        "how": "" if root else reach.HOW,
    }
    if lead_screen(view) or sitting.workshop.state == "closed":
        go("report", sitting.workshop.id)


def take_part(here: Here, sitting: Sitting) -> None:
    """The way in for a member of the plan, as themselves."""
    workshop = sitting.workshop
    if workshop.state != "open" or not workshop.code:
        return
    me, room = desk.person(), Room(here.plan.id, workshop.id)
    member = "" if me.is_local else f"#member={write_seat('member', room, desk.now(), me.id, me.name)}"
    st.link_button("Take part", f"{reach.ROOM}/{workshop.code}{member}", icon=":material/how_to_reg:")


def report(here: Here, sitting: Sitting) -> None:
    """What a workshop has brought, on the screen and to take away."""
    view = view_report(desk.questionnaire(), here.plan, sitting)
    st.markdown(plain(view.summary))
    tables.figures(view.figures, 4)
    if here.may("export"):
        _paper(here, f"report-{sitting.workshop.id}-{sitting.workshop.pulse}", "report", sitting, view)
    st.subheader("Who took part", anchor=False)
    st.markdown(plain(view.attendance))
    st.subheader("The agenda as it was run", anchor=False)
    tables.table(view.agenda)
    st.subheader("Where the team disagrees", anchor=False)
    for line in view.disagreement or ("Nowhere that anybody said so.",):
        st.markdown(plain(line))
    st.subheader("Energy in the room", anchor=False)
    for line in view.energy or ("Nobody was asked.",):
        st.markdown(plain(line))
    st.subheader("What was proposed and stored", anchor=False)
    for each in view.items:
        with st.expander(plain(each.ask)):
            st.caption(plain(each.facts))
            if each.said:
                st.text(each.said)
            if each.proposals.rows:
                tables.table(each.proposals)
    for heading, notes in view.notes:
        st.subheader(heading, anchor=False)
        tables.table(notes)


def _paper(here: Here, name: str, kind: str, sitting: Sitting, report: Report | None) -> None:
    made = memory.made(name)
    if made is None:
        if not st.button(f"Make the {kind}", icon=":material/description:", key=f"make-{kind}"):
            return
        made = _write(here, kind, sitting, report, desk.now())
        memory.keep_made(name, made)
    title = memory.file_name(f"{sitting.workshop.title} {kind}")
    st.download_button(
        f"Download the {kind}",
        made,
        file_name=f"{title}.docx",
        mime=WORD,
        icon=":material/download:",
        on_click="ignore",
    )


def _write(here: Here, kind: str, sitting: Sitting, report: Report | None, at: datetime) -> bytes:
    blocks = (
        write_report(here.plan, report)
        if report
        else write_handout(desk.questionnaire(), here.plan, sitting, with_answers=here.may("export"))
    )
    who = here.plan.institution.strip() or "Micro-credential design team"
    return to_word(blocks, title=f"{sitting.workshop.title}: {kind}", author=who, subject=here.plan.title, made_at=at)
