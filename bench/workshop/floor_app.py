"""The floor: the least Streamlit and SQLModel that could carry a workshop. mcplan is held against it.

Each participant has a session. A fragment asks the database once a second which step everybody is at; a text area
keeps a proposal as a row when it is changed. `?lead=1` is the facilitator, whose text area is the step itself.
"""

import os

import streamlit as st
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Field, Session, SQLModel, create_engine, select


@st.cache_resource
def open_floor():
    """The engine and the two tables; made once, since Streamlit runs this file again for every visit."""

    class FloorStep(SQLModel, table=True):
        id: int = Field(primary_key=True)
        step: str = "0"

    class FloorProposal(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        text: str

    engine = create_engine(os.environ["FLOOR_DATABASE"], pool_size=20, max_overflow=20)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def safely(connection, _record):
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")

    try:
        SQLModel.metadata.create_all(engine)
    except DBAPIError:
        # Another server made them at the same time.
        SQLModel.metadata.create_all(engine)
    return engine, FloorStep, FloorProposal


def move():
    """The facilitator has moved on."""
    engine, steps, _ = open_floor()
    with Session(engine) as session:
        session.merge(steps(id=1, step=st.session_state["field"]))
        session.commit()


def propose():
    """A participant has written."""
    engine, _, proposals = open_floor()
    with Session(engine) as session:
        session.add(proposals(text=st.session_state["field"]))
        session.commit()


@st.fragment(run_every=1)
def say_step():
    """Where everybody is."""
    engine, steps, _ = open_floor()
    with Session(engine) as session:
        st.markdown(f"step {session.exec(select(steps.step)).first() or 0}")


is_lead = "lead" in st.query_params
say_step()
st.text_area("Step" if is_lead else "What would you answer?", key="field", on_change=move if is_lead else propose)
