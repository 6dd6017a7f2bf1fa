"""People who have signed in once, for tests that are not about signing in."""

from __future__ import annotations

from sqlalchemy import insert

from mcplan.people import Person
from storage.database import writing
from storage.tables import PEOPLE
from tests.builders import NOON

ISSUER = "https://id.example"
DANA, SAM, KIM = (
    Person(name.lower(), f"{name} {family}", f"{name.lower()}@north.example")
    for name, family in (("Dana", "Okafor"), ("Sam", "Ito"), ("Kim", "Reyes"))
)


def enrol(engine, *people, **fields) -> None:
    """Keep these people as if each had signed in at noon."""
    with writing(engine) as session:
        for person in people:
            given = {"id": person.id, "name": person.name, "email": person.email, "is_admin": person.is_admin}
            times = {"valid_after": None, "disabled_at": None, "first_at": NOON, "seen_at": NOON}
            row = {"iss": ISSUER, "sub": person.id} | given | times | fields
            session.connection().execute(insert(PEOPLE), row)
