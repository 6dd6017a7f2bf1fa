"""The floor: the least Streamlit and SQLModel that shows questions and keeps answers. mcplan is held against it.

`?n=16` draws that many text areas, `&charts=2&tables=1` as many small charts and tables below them, and likewise
`lists`, `days`, `switches` and `folds`; `?plan=p` names the plan they belong to. A save writes the answer and
one row of history in one transaction, then the screen is drawn again and says "saved r1", "saved r2" …
"""

import os
import time

import streamlit as st
from sqlalchemy import event
from sqlmodel import Field, Session, SQLModel, create_engine, select


@st.cache_resource
def open_floor():
    """The engine and the two tables; made once, since Streamlit runs this file again for every visit."""

    class FloorAnswer(SQLModel, table=True):
        plan: str = Field(primary_key=True)
        question: str = Field(primary_key=True)
        text: str = ""
        revision: int = 0

    class FloorRevision(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        plan: str
        question: str
        text: str
        revision: int
        at: float

    engine = create_engine(f"sqlite:///{os.environ['FLOOR_DATABASE']}")

    @event.listens_for(engine, "connect")
    def safely(connection, _record):
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    SQLModel.metadata.create_all(engine)
    return engine, FloorAnswer, FloorRevision


def save(plan, question):
    """Keep what is in the text area now."""
    engine, answers, revisions = open_floor()
    with Session(engine) as session:
        answer = session.get(answers, (plan, question)) or answers(plan=plan, question=question)
        answer.text, answer.revision = st.session_state[question], answer.revision + 1
        session.add(answer)
        session.add(revisions(plan=plan, question=question, text=answer.text, revision=answer.revision, at=time.time()))
        session.commit()


plan, amount = st.query_params.get("plan", "p"), int(st.query_params.get("n", "16"))
engine, table, _ = open_floor()
with Session(engine) as session:
    answers = {each.question: each for each in session.exec(select(table).where(table.plan == plan))}

st.title("The floor")
for number in range(amount):
    question = f"q{number}"
    answer = answers.get(question)
    if question not in st.session_state:
        st.session_state[question] = answer.text if answer else ""
    st.text_area(
        f"Question {number}: who is this for, and how do you know?",
        key=question,
        on_change=save,
        args=(plan, question),
        help="Name the learners, the employers, and where you know it from. Two or three sentences are enough.",
    )
    st.caption(f"saved r{answer.revision}" if answer else "blank")

# As a screen does that shows what follows from answers.
rows = [{"phase": f"Phase {number}", "readiness": 10 * number} for number in range(7)]


def many(name):
    """How many of these to draw."""
    return range(int(st.query_params.get(name, "0")))


for _ in many("tables"):
    st.table(rows)
for number in many("lists"):
    st.selectbox("Which", ["One", "Another"], key=f"list{number}")
for number in many("days"):
    st.date_input("When", key=f"day{number}")
for number in many("switches"):
    st.segmented_control("For", ["One", "Another"], key=f"switch{number}")
for number in many("folds"):
    st.expander(f"More {number}").caption("saved")
for number in many("charts"):
    import altair as alt
    import pandas as pd

    st.altair_chart(alt.Chart(pd.DataFrame(rows)).mark_bar().encode(x="readiness:Q", y="phase:N"), key=f"chart{number}")
