"""Who looks after an installation, on both databases."""

from __future__ import annotations

from dataclasses import replace

from storage.administrators import as_administrator
from storage.database import reading, writing
from storage.people import count_admins, set_admin, set_disabled
from tests.builders import NOON
from tests.enrolled import DANA, ISSUER, SAM, enrol
from tests.storage.test_members import at_once


def test_two_administrators_who_take_each_other_out_at_once_leave_one(database):
    dana, sam = replace(DANA, is_admin=True), replace(SAM, is_admin=True)
    enrol(database, dana, sam)

    def unmake(who, other):
        with writing(database) as session:
            as_administrator(
                session, who, lambda session: set_admin(session, ISSUER, other.id, is_admin=False, at=NOON)
            )

    def shut_out(who, other):
        with writing(database) as session:
            as_administrator(session, who, lambda session: set_disabled(session, other.id, disabled=True, at=NOON))

    for deed in (unmake, shut_out, unmake, shut_out):
        with writing(database) as session:
            for person in (dana, sam):
                set_admin(session, ISSUER, person.id, is_admin=True, at=NOON)
                set_disabled(session, person.id, disabled=False, at=NOON)
        ends = at_once(lambda deed=deed: deed(dana, sam), lambda deed=deed: deed(sam, dana))
        assert sum(end is None for end in ends) == 1
        with reading(database) as session:
            assert count_admins(session) == 1
