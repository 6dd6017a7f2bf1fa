"""Messages by e-mail as the database keeps them: worked out from the events, and sent once, by one server.

Nothing that people do waits for a message: events are looked through afterwards (`gather`), and what
is to be sent stands in a table until some server has sent it (`claim`, `mark_sent`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mcplan.invitations import say_whom
from mcplan.notices import NEWS, Notice, Scene, Wish, notices_of
from mcplan.people import Person
from mcplan.timeline import ELSEWHERE, Event
from storage.access import plans_of
from storage.guard import AllPlans, OnePlan, within
from storage.members import read_members
from storage.tables import EVENTS, INVITATIONS, MARKS, NOTICES, PEOPLE, PLANS, REVISIONS

MARK, DIGEST = "notices", "digest"
DIGEST_HOUR = 6
"""Hour of the day, in UTC, from which on the daily messages are made."""
LAG = timedelta(seconds=5)
"""Events younger than this wait: on a server one with a smaller number may still be on its way."""
AT_ONCE = 500
"""Events looked through in one transaction."""
PUT_OFF = timedelta(minutes=5)
"""How long a message stays with the server that took it, and how long it waits after a failure, times the tries."""
MOST_TRIES = 8


def gather(session: Session, home: str, now: datetime) -> int:
    """Work out the messages of the events that nobody has looked at yet; gives how many events those were.

    The first time nothing is told of what happened before.

    Args:
        session: a transaction that writes.
        home: the address mcplan is reached at.
        now: the time.
    """
    connection = session.connection()
    with within(session, AllPlans()):
        seen = connection.execute(_MARK, {"mark": MARK}).scalar()
        if seen is None:
            newest = connection.execute(_NEWEST).scalar() or 0
            connection.execute(insert(MARKS), {"name": MARK, "at": newest})
            return 0
        rows = connection.execute(_EVENTS, {"seen": seen, "ripe": now - LAG}).all()
    for row in rows:
        if row.kind in NEWS and ELSEWHERE not in row.details:
            event = Event(row.kind, row.by, row.at, row.question_id, row.details)
            scene = _scene(session, row.plan_id, event, home, now)
            keep(session, notices_of(event, row.id, scene), now)
    if rows:
        connection.execute(_MOVE_MARK, {"mark": MARK, "seen": seen, "to": rows[-1].id})
    return len(rows)


def keep(session: Session, notices: Iterable[Notice], now: datetime, *, daily: bool = False) -> None:
    """Put messages among those to be sent, for whoever wants such; the same one twice is one."""
    connection = session.connection()
    for notice in notices:
        wish = connection.execute(_WISH, {"person": notice.person_id}).scalar() if notice.person_id else "at once"
        if wish == "never" or (wish == "daily" and not daily):
            continue
        row = {name: getattr(notice, name) for name in ("key", "email", "subject", "text")}
        connection.execute(
            _KEEP[connection.dialect.name], row | {"made_at": now, "next_at": now, "tries": 0, "sent_at": None}
        )


def first_of_day(session: Session, now: datetime) -> bool:
    """True for the one who asks first, of all servers, on a day from six o'clock UTC on."""
    connection = session.connection()
    if now.astimezone(UTC).hour < DIGEST_HOUR:
        return False
    day = now.astimezone(UTC).date().toordinal()
    connection.execute(_FIRST_MARK[connection.dialect.name], {"name": DIGEST, "at": 0})
    moved = update(MARKS).where(MARKS.c.name == DIGEST, MARKS.c.at < day).values(at=day)
    return connection.execute(moved).rowcount == 1


def people_to_tell(session: Session) -> list[Person]:
    """Whoever has an address, may sign in, and wants to be told something once a day."""
    rows = session.connection().execute(_TOLD)
    return [Person(row.id, row.name, row.email, row.is_admin) for row in rows]


def fetch_news(session: Session, person: Person, now: datetime) -> list[tuple[str, int]]:
    """The person's plans in which others changed answers in the last day: title, and how many changes."""
    with within(session, plans_of(person, now)):
        rows = session.connection().execute(_NEWS, {"me": person.name, "since": now - timedelta(days=1)})
        return [(row[0], row[1]) for row in rows]


def claim(session: Session, now: datetime, most: int = 20) -> list[Notice]:
    """Messages to be sent now. They are put off, so that no other server takes them, until `mark_sent` says they went.

    Args:
        session: a transaction that writes.
        now: the time.
        most: how many at most.
    """
    connection = session.connection()
    taken = []
    for row in connection.execute(_DUE, {"now": now, "most": most}).all():
        after = now + PUT_OFF * (row.tries + 1)
        put_off = connection.execute(
            _TAKE, {"this": row.key, "tried": row.tries, "more": row.tries + 1, "after": after}
        )
        if put_off.rowcount:
            taken.append(Notice(row.key, row.email, row.subject, row.text))
    return taken


def mark_sent(session: Session, key: str, now: datetime) -> None:
    """Say that a message went. Its words are not kept any longer than they are needed."""
    session.connection().execute(_SENT, {"this": key, "now": now})


def waiting(session: Session) -> tuple[int, int]:
    """How many messages are still to be sent, and how many were given up after too many tries."""
    still, given_up = session.connection().execute(_WAITING).one()
    return still or 0, given_up or 0


def fetch_wish(session: Session, person_id: str) -> Wish:
    """How a person wants to be told."""
    found: Wish = session.connection().execute(_WISH, {"person": person_id}).scalar() or "at once"
    return found


def store_wish(session: Session, person_id: str, wish: Wish) -> None:
    """Keep how a person wants to be told."""
    session.connection().execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(mail=wish))


def _scene(session: Session, plan_id: str, event: Event, home: str, now: datetime) -> Scene:
    connection = session.connection()
    with within(session, OnePlan(plan_id)):
        title = connection.execute(_TITLE, {"this_plan": plan_id}).scalar_one()
        invited = connection.execute(_INVITED, {"this_plan": plan_id, "by": event.by, "at": event.at}).scalars()
        # Of two invitations at one moment, the one that the event names.
        address = next((each for each in invited if each and say_whom(each) == event.details.get("name")), "")
        people = tuple(each for each in read_members(session, plan_id) if each.holds(now))
    return Scene(plan_id, title, people, address, home)


_MARK = select(MARKS.c.at).where(MARKS.c.name == bindparam("mark"))
_NEWEST = select(func.max(EVENTS.c.id))
_EVENTS = (
    select(EVENTS)
    .where(EVENTS.c.id > bindparam("seen"), EVENTS.c.at <= bindparam("ripe", type_=EVENTS.c.at.type))
    .order_by(EVENTS.c.id)
    .limit(AT_ONCE)
)
_MOVE_MARK = (
    update(MARKS).where(MARKS.c.name == bindparam("mark"), MARKS.c.at == bindparam("seen")).values(at=bindparam("to"))
)
_TITLE = select(PLANS.c.title).where(PLANS.c.id == bindparam("this_plan"))
_INVITED = select(INVITATIONS.c.email).where(
    INVITATIONS.c.plan_id == bindparam("this_plan"),
    INVITATIONS.c.by == bindparam("by"),
    INVITATIONS.c.at == bindparam("at", type_=INVITATIONS.c.at.type),
    INVITATIONS.c.ended_at.is_(None),
)
_WISH = select(PEOPLE.c.mail).where(PEOPLE.c.id == bindparam("person"))
_DUE = (
    select(NOTICES)
    .where(
        NOTICES.c.sent_at.is_(None),
        NOTICES.c.next_at <= bindparam("now", type_=NOTICES.c.next_at.type),
        NOTICES.c.tries < MOST_TRIES,
    )
    .order_by(NOTICES.c.made_at, NOTICES.c.key)
    .limit(bindparam("most"))
)
_TAKE = (
    update(NOTICES)
    .where(NOTICES.c.key == bindparam("this"), NOTICES.c.tries == bindparam("tried"), NOTICES.c.sent_at.is_(None))
    .values(tries=bindparam("more"), next_at=bindparam("after"))
)
_SENT = update(NOTICES).where(NOTICES.c.key == bindparam("this")).values(sent_at=bindparam("now"), text="")
_WAITING = select(
    func.count().filter(NOTICES.c.tries < MOST_TRIES), func.count().filter(NOTICES.c.tries >= MOST_TRIES)
).where(NOTICES.c.sent_at.is_(None))
_TOLD = select(PEOPLE).where(PEOPLE.c.email != "", PEOPLE.c.disabled_at.is_(None), PEOPLE.c.mail != "never")
_NEWS = (
    select(PLANS.c.title, func.count())
    .join_from(PLANS, REVISIONS, PLANS.c.id == REVISIONS.c.plan_id)
    .where(
        PLANS.c.deleted_at.is_(None),
        PLANS.c.changed_at > bindparam("since", type_=PLANS.c.changed_at.type),
        REVISIONS.c.at > bindparam("since", type_=REVISIONS.c.at.type),
        REVISIONS.c.by != bindparam("me"),
    )
    .group_by(PLANS.c.id, PLANS.c.title)
    .order_by(func.count().desc(), PLANS.c.title)
    .limit(20)
)
_FIRST_MARK = {
    name: insert_at(MARKS).on_conflict_do_nothing()
    for name, insert_at in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_KEEP = {
    name: insert_at(NOTICES).on_conflict_do_nothing()
    for name, insert_at in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
