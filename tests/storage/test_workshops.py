"""Workshops as the database keeps them, on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from mcplan.comments import Thread
from mcplan.people import Person
from mcplan.timeline import Event
from mcplan.workshop.joining import EXPIRED, LOCKED, NO_CODE
from mcplan.workshop.sitting import MovedMeanwhile, Sitting, WorkshopRefused
from questionnaire.errors import AnswerRejected
from questionnaire.load import CONTENT, load_questionnaire
from storage import rooms, sittings, workshop_notes, workshops
from storage.answers import AnsweredMeanwhile, fetch_history, store_changes
from storage.comments import fetch_threads
from storage.database import reading, writing
from storage.plans import archive_plan, delete_plan, fetch_plan, start_plan
from storage.rooms import Room
from storage.tables import EVENTS
from storage.workshops import Agenda
from tests.builders import HERE, NOON, a_plan, door

CODE = "K7M4PQ"
TABLES = CONTENT.parents[1] / "tests" / "tables"
AGENDA = Agenda("Pricing day", 60, 5, 10, False, (("first.case", 0), ("first.price", 12)))


class InRoom:
    """A workshop of Dana's, and what happens in it."""

    def __init__(self, database, asked, plan_id, *ids) -> None:
        self.database, self.asked, self.plan_id = database, asked, plan_id
        self.room = Room(plan_id, "w1")
        agenda = replace(AGENDA, items=tuple((id, 0) for id in ids)) if ids else AGENDA
        self.lead(workshops.store_agenda, asked, "w1", agenda, at=NOON)

    def lead(self, work, *words, by="Dana Okafor", **options):
        with writing(self.database) as session:
            return work(door(session, self.plan_id, by), *words, **options)

    def open(self) -> InRoom:
        self.lead(workshops.open_workshop, "w1", CODE, {"readiness": "12 %"}, at=NOON)
        return self

    def move(self, act="next", number=0, seen=0, at=NOON, **options) -> None:
        seen = seen or self.sitting.workshop.revision
        self.lead(sittings.move_on, self.asked, "w1", act, number=number, seen=seen, at=at, **options)

    def to(self, step: str) -> None:
        while self.sitting.workshop.step != step:
            self.move()

    def join(self, name: str, **options) -> str:
        id = options.pop("id", uuid4().hex)
        with writing(self.database) as session:
            room = rooms.find_room(session, CODE, options.pop("at", NOON))
            rooms.join(session, room, id, name, NOON, **options)
        return id

    def sit(self, who: str, work, *words, at=NOON, **options):
        with writing(self.database) as session:
            return work(rooms.take_seat(session, self.room, who, at), *words, **options)

    def propose(self, who, text, seen=0, save_id="", place=1, at=NOON, id="") -> int:
        item, save_id = self.sitting.items[place - 1].id, save_id or uuid4().hex

        def work(seat):
            return rooms.store_proposal(seat, item, id or f"by-{who}", text, seen=seen, save_id=save_id, at=at)

        return self.sit(who, work, at=at)

    @property
    def sitting(self) -> Sitting:
        with reading(self.database) as session:
            return workshops.fetch_sitting(door(session, self.plan_id), "w1")

    def read(self, work, *words):
        with reading(self.database) as session:
            return work(door(session, self.plan_id), *words)


@pytest.fixture
def room(database, asked, plan_id) -> InRoom:
    return InRoom(database, asked, plan_id)


def refusal(work, *words, **options) -> str:
    with pytest.raises(WorkshopRefused) as refused:
        work(*words, **options)
    return str(refused.value)


def test_an_agenda_is_kept_as_it_was_wanted_and_can_be_changed_until_it_is_opened(room):
    assert [(item.question_id, item.minutes) for item in room.sitting.items] == [("first.case", 6), ("first.price", 12)]
    changed = replace(AGENDA, title="Another day", items=(("first.price", 9), ("first.case", 7)))
    room.lead(workshops.store_agenda, room.asked, "w1", changed, at=NOON)
    assert [(item.question_id, item.minutes) for item in room.sitting.items] == [("first.price", 9), ("first.case", 7)]
    assert room.sitting.workshop.title == "Another day"
    room.open()
    assert "has been opened" in refusal(room.lead, workshops.store_agenda, room.asked, "w1", AGENDA, at=NOON)
    assert "stays" in refusal(room.lead, workshops.drop_workshop, "w1")


def test_a_template_is_offered_in_every_plan_of_whoever_may_open_its_own(room, start):
    room.lead(workshops.store_agenda, room.asked, "t1", AGENDA, at=NOON, state="template")
    start(title="Another plan")
    with reading(room.database) as session:
        (found,) = workshops.fetch_templates(session, door(session, room.plan_id).person, NOON)
        assert workshops.questions_of(found) == (("first.case", 6), ("first.price", 12))
    with reading(room.database) as session:
        assert workshops.fetch_templates(session, Person("kim", "Kim"), NOON) == ()
    assert [each.id for each in room.read(workshops.fetch_workshops)] == ["w1"]


def test_a_workshop_that_was_not_opened_can_be_taken_away(room):
    room.lead(workshops.drop_workshop, "w1")
    assert room.read(workshops.fetch_workshops) == ()
    assert "no longer there" in refusal(lambda: room.sitting)


def test_a_whole_workshop_brings_answers_confidence_and_history_into_the_plan(room):
    room.open()
    sam, kit = room.join("Sam"), room.join("Kit")
    room.to("propose")
    room.propose(sam, "Employers pay for it.")
    room.propose(kit, "Learners pay for it.")
    room.to("support")
    item = room.sitting.item
    room.sit(sam, rooms.store_votes, item.id, [f"by-{kit}"])
    room.to("merge")
    commit = {"seen": room.sitting.workshop.revision, "base": 0, "save_id": "s1", "at": NOON}
    for _ in range(2):
        room.lead(sittings.commit_answer, room.asked, "w1", {"value": "Both pay."}, **commit)
    room.sit(sam, rooms.store_rating, item.id, 5)
    room.sit(kit, rooms.store_rating, item.id, 2)
    room.move()
    room.move("skip")
    room.sit(sam, rooms.store_rating, "", 4)
    room.lead(workshops.close_workshop, "w1", {"readiness": "33 %"}, at=NOON + timedelta(hours=1))

    answer = room.read(fetch_plan).answers["first.case"]
    assert (answer.value, answer.confidence, answer.revision) == ("Both pay.", {"Sam": 5, "Kit": 2}, 2)
    assert [each.answer.value for each in room.read(fetch_history, "first.case")] == ["Both pay."] * 2
    sitting = room.sitting
    assert sitting.support(sitting.items[0]) == {f"by-{kit}": 1}
    assert [each.outcome for each in sitting.items] == ["committed", "skipped"]
    assert (sitting.workshop.before, sitting.workshop.after) == ({"readiness": "12 %"}, {"readiness": "33 %"})
    assert (sitting.items[0].said, sitting.workshop.state, sitting.workshop.code) == ("Both pay.", "closed", "")
    told = events(room)
    assert "stored the answer of the workshop “Pricing day”, from proposals by Kit, Sam" in told
    assert "closed the workshop “Pricing day”: 1 of 2 answers stored, 2 took part" in told


def events(room) -> list[str]:
    def read(access):
        rows = access.session.connection().execute(select(EVENTS.c.kind, EVENTS.c.details).order_by(EVENTS.c.id))
        return [Event(kind, "", NOON, "", details).words for kind, details in rows]

    return room.read(read)


def test_two_facilitators_cannot_make_the_same_move_twice(room):
    seen = room.open().sitting.workshop.revision
    room.move(seen=seen)
    with pytest.raises(MovedMeanwhile):
        room.move(seen=seen, by="Sam Ito")
    assert (room.sitting.workshop.place, room.sitting.workshop.step) == (1, "read")
    room.move(by="Sam Ito")
    assert room.sitting.workshop.lead == "Sam Ito", "whoever may facilitate takes over"


def test_facilitators_at_once_are_settled_by_the_database(room):
    seen = room.open().sitting.workshop.revision

    def go(_) -> bool:
        try:
            room.move(seen=seen)
        except MovedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(go, range(4))) == [False, False, False, True]


def test_a_commit_while_somebody_edits_the_answer_shows_theirs_and_moves_nothing(room):
    room.open().to("merge")
    with writing(room.database) as session:
        access = door(session, room.plan_id, "Sam Ito")
        store_changes(access, room.asked, "first.case", {"value": "Sam's."}, seen=0, save_id="x", at=NOON)
    commit = {"seen": room.sitting.workshop.revision, "save_id": "s1", "at": NOON}
    with pytest.raises(AnsweredMeanwhile) as meanwhile:
        room.lead(sittings.commit_answer, room.asked, "w1", {"value": "Ours."}, base=0, **commit)
    assert (meanwhile.value.answer.value, room.sitting.workshop.step) == ("Sam's.", "merge")
    room.lead(sittings.commit_answer, room.asked, "w1", {"value": "Ours."}, base=1, **commit)
    assert [each.answer.value for each in room.read(fetch_history, "first.case")] == ["Sam's.", "Ours."]


def test_an_answer_that_does_not_fit_moves_nothing(room):
    room.open().to("merge")
    commit = {"seen": room.sitting.workshop.revision, "base": 0, "save_id": "s1", "at": NOON}
    with pytest.raises(AnswerRejected):
        room.lead(sittings.commit_answer, room.asked, "w1", {"value": 7}, **commit)
    assert "first" in refusal(room.lead, sittings.commit_answer, room.asked, "w1", {"value": "  "}, **commit)
    assert room.sitting.workshop.step == "merge"


def test_a_code_lets_in_while_it_lasts_and_the_door_is_not_locked(room):
    assert refusal(room.join, "Sam") == NO_CODE
    room.open()
    assert refusal(room.join, "Sam", at=NOON + timedelta(hours=12)) == EXPIRED
    room.lead(sittings.set_door, "w1", is_locked=True, at=NOON)
    assert refusal(room.join, "Sam") == LOCKED
    room.lead(sittings.set_door, "w1", is_locked=False, code="222222", at=NOON)
    assert refusal(room.join, "Sam") == NO_CODE


def test_no_two_have_the_same_name_and_whoever_is_removed_frees_it(room):
    sam = room.open().join("Sam Ito")
    assert room.join("Sam Ito", id=sam) == sam, "sent twice, let in once"
    assert "called sam ito already" in refusal(room.join, " sam  ito ")
    kit = room.join("Kit")
    assert "already" in refusal(room.lead, sittings.rename_participant, "w1", kit, "Sam Ito")
    room.lead(sittings.rename_participant, "w1", kit, "Kit Two")
    room.propose(sam, "Mine stays.")
    room.lead(sittings.remove_participant, "w1", sam, at=NOON)
    assert "taken you off" in refusal(room.propose, sam, "More.", seen=1)
    room.join("Sam Ito")
    assert sorted(each.name for each in room.sitting.present) == ["Kit Two", "Sam Ito"]
    assert [each.text for each in room.sitting.proposals] == ["Mine stays."]


def test_thirty_at_once_all_come_in_and_none_of_their_proposals_is_lost(room):
    room.open().to("propose")

    def take_part(number: int) -> int:
        return room.propose(room.join(f"Person {number}"), f"Proposal {number}")

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(take_part, range(30))) == [1] * 30
    assert {each.text for each in room.sitting.proposals} == {f"Proposal {number}" for number in range(30)}


def test_a_proposal_sent_twice_is_kept_once_and_another_window_is_told(room):
    sam = room.open().join("Sam")
    assert [room.propose(sam, "One.", save_id="a") for _ in range(2)] == [1, 1]
    assert room.propose(sam, "Two.", seen=1, save_id="b") == 2
    assert room.propose(sam, "Two.", seen=1, save_id="b") == 2
    with pytest.raises(rooms.ProposedMeanwhile) as meanwhile:
        room.propose(sam, "Older window.", seen=1, save_id="c")
    assert meanwhile.value.proposal.text == "Two."
    assert "10,000 characters" in refusal(room.propose, sam, "x" * 10_000, seen=2)


def test_words_from_a_phone_that_was_offline_are_taken_until_a_day_after_the_end(room):
    sam = room.open().join("Sam")
    room.to("merge")
    room.propose(sam, "Late.")
    room.lead(workshops.close_workshop, "w1", {}, at=NOON)
    room.propose(sam, "Later.", seen=1, at=NOON + timedelta(hours=23))
    assert [each.text for each in room.sitting.proposals] == ["Later."]
    assert "has ended" in refusal(room.propose, sam, "Too late.", seen=2, at=NOON + timedelta(hours=25))


def test_nobody_has_more_votes_than_there_are_and_none_at_another_time(room):
    people = [room.open().join("Sam")] + [room.join(f"Person {number}") for number in range(4)]
    room.to("propose")
    for who in people:
        room.propose(who, f"By {who}.")
    ideas, item = [f"by-{who}" for who in people], room.sitting.item.id
    assert "later" in refusal(room.sit, people[0], rooms.store_votes, item, ideas[:1])
    room.to("support")
    assert "3 votes" in refusal(room.sit, people[0], rooms.store_votes, item, ideas[:4])
    assert "no longer there" in refusal(room.sit, people[0], rooms.store_votes, item, ["nobody"])
    room.sit(people[0], rooms.store_votes, item, ideas[:3])
    room.sit(people[0], rooms.store_votes, item, ideas[1:2])
    assert room.sitting.support(room.sitting.item) == {ideas[1]: 1}


def test_somebody_has_several_short_proposals_and_each_can_be_supported(room):
    sam, kit = room.open().join("Sam"), room.join("Kit")
    room.to("propose")
    for number in range(5):
        assert room.propose(sam, f"Idea {number}.", id=f"i{number}") == 1
    assert "5 proposals" in refusal(room.propose, sam, "One more.", id="i5")
    assert room.propose(sam, "", seen=1, id="i4") == 2
    assert "somebody else's" in refusal(room.propose, kit, "Mine now.", seen=1, id="i0")
    room.propose(kit, "Kit's.", id="k0")
    sitting = room.sitting
    assert [each.text for each in sitting.of(sitting.item)] == [*(f"Idea {number}." for number in range(4)), "Kit's."]
    room.to("support")
    assert "no longer there" in refusal(room.sit, kit, rooms.store_votes, sitting.item.id, ["i4"]), "it is empty"
    room.sit(kit, rooms.store_votes, sitting.item.id, ["i0", "i2"])
    room.sit(sam, rooms.store_votes, sitting.item.id, ["i2"])
    assert room.sitting.support(sitting.item) == {"i0": 1, "i2": 2}


def test_an_energy_check_is_answered_while_it_goes_on(room):
    sam = room.open().join("Sam")
    room.to("propose")
    room.move("energy", 1)
    check = room.sitting.workshop.asks
    for number in 2, 4:
        room.sit(sam, rooms.store_rating, check, number)
    room.move("energy", 0)
    assert "is over" in refusal(room.sit, sam, rooms.store_rating, check, 5)
    assert (room.sitting.ratings, room.sitting.workshop.step) == ({(check, sam): 4}, "propose")


def test_the_rows_of_a_table_are_agreed_on_as_lines_and_go_below_those_of_colleagues(database):
    asked = load_questionnaire(TABLES)
    with writing(database) as session:
        plan_id = start_plan(session, asked, a_plan(id=""), person=HERE, at=NOON)
    room = InRoom(database, asked, plan_id, "course.modules").open()
    room.to("merge")
    with writing(database) as session:
        rows = {"rows": {"r1": {"name": "Sizing", "hours": 6}}}
        store_changes(door(session, plan_id, "Sam Ito"), asked, "course.modules", rows, seen=0, save_id="x", at=NOON)
    changes = {"lines": "- Commissioning\nsizing\n\nFault finding", "column": "name"}
    commit = {"base": 0, "save_id": "s1", "at": NOON}
    for wrong, says in ({"lines": " \n", "column": "name"}, "a line"), ({"lines": "x", "column": "hours"}, "column"):
        seen = room.sitting.workshop.revision
        assert says in refusal(room.lead, sittings.commit_answer, asked, "w1", wrong, seen=seen, **commit)
    for _ in range(2):
        seen = room.sitting.workshop.revision
        room.lead(sittings.commit_answer, asked, "w1", changes, seen=seen, **commit)
    answer, item = room.read(fetch_plan).answers["course.modules"], room.sitting.items[0]
    assert answer.value["rows"] == [
        {"id": "r1", "name": "Sizing", "hours": 6.0},
        {"id": "s1-1", "name": "Commissioning"},
        {"id": "s1-2", "name": "Fault finding"},
    ]
    assert (item.said, item.committed) == ("Commissioning\nsizing\nFault finding", answer.revision)
    assert room.sitting.workshop.step == "confidence"


def test_a_thought_is_parked_once_and_becomes_a_comment_once(room):
    sam = room.open().join("Sam")
    room.to("propose")
    note = {"owner": "Sam", "due": "2027-04-01", "at": NOON}
    for _ in range(2):
        room.sit(sam, lambda seat: rooms.park(seat, "n1", "Ask finance.", item_id=room.sitting.item.id, at=NOON))
        room.lead(workshop_notes.store_note, room.asked, "w1", "n2", "action", "Call them.", **note)
    for _ in range(2):
        room.lead(workshop_notes.turn_into, room.asked, "w1", "n1", "comment", at=NOON)
    assert [(each.kind, each.became) for each in room.sitting.notes] == [("parking", "comment"), ("action", "")]
    (thread,) = room.read(fetch_threads, "first.case")
    assert isinstance(thread, Thread)
    assert thread.began.text.startswith("Ask finance.\n\nSam, in the workshop")
    assert "wrote down an action in the workshop “Pricing day”: Call them. (Sam, by 2027-04-01)" in events(room)
    assert "year-month-day" in refusal(
        room.lead, workshop_notes.store_note, room.asked, "w1", "n3", "action", "x", due="soon", at=NOON
    )


def test_actions_of_the_room_stand_in_the_list_of_actions_and_a_thought_can_become_a_risk(database):
    asked = load_questionnaire(CONTENT)
    with writing(database) as session:
        plan_id = start_plan(session, asked, a_plan(id=""), person=HERE, at=NOON)
    room = InRoom(database, asked, plan_id, "strategic.business-case").open()
    note = {"owner": "Sam", "due": "2027-04-01", "at": NOON}
    room.lead(workshop_notes.store_note, asked, "w1", "n1", "action", "Call them.", **note)
    room.lead(workshop_notes.store_note, asked, "w1", "n2", "parking", "Nobody comes.", at=NOON)
    for _ in range(2):
        room.lead(workshop_notes.turn_into, asked, "w1", "n2", "risk", at=NOON)
    answers = room.read(fetch_plan).answers
    (action,), (risk,) = (answers[f"register.{name}"].value["rows"] for name in ("actions", "risks"))
    assert (action["what"], action["owner"], action["due"], action["from"]) == (
        "Call them.", "Sam", "2027-04-01", "workshop",
    )  # fmt: skip
    assert (risk["event"], risk["status"]) == ("Nobody comes.", "open")
    assert [each.became for each in room.sitting.notes] == ["action", "risk"]


def test_the_team_answer_is_written_by_one_at_a_time(room):
    room.open().to("merge")
    item = room.sitting.item.id
    assert room.lead(sittings.store_draft, "w1", item, "Draft", seen=0, at=NOON) == 1
    with pytest.raises(MovedMeanwhile):
        room.lead(sittings.store_draft, "w1", item, "Another", seen=0, at=NOON)
    assert room.sitting.item.draft == "Draft"
    room.move("extend", 2)
    assert room.sitting.item.draft == "Draft", "a move takes no draft away"


def test_a_seat_opens_no_other_plan_and_goes_with_its_plan(room, start):
    sam = room.open().join("Sam")
    other = start(title="Another plan")
    with writing(room.database) as session, pytest.raises(WorkshopRefused):
        rooms.take_seat(session, Room(other, "w1"), sam, NOON)
    with writing(room.database) as session:
        delete_plan(door(session, room.plan_id), at=NOON)
    assert "no longer there" in refusal(room.propose, sam, "x")
    assert refusal(room.join, "Kit") == NO_CODE


def test_an_archived_plan_takes_no_workshop(database, asked, start):
    plan_id = start()
    with writing(database) as session:
        archive_plan(door(session, plan_id), at=NOON)
    with pytest.raises(AnswerRejected, match="archived"), writing(database) as session:
        workshops.store_agenda(door(session, plan_id), asked, "w1", AGENDA, at=NOON)


def test_whoever_leads_is_seen_for_half_a_minute(room):
    room.open().lead(sittings.lead_is_here, "w1", at=NOON)
    assert room.sitting.workshop.is_led(NOON + timedelta(seconds=29))
    assert not room.sitting.workshop.is_led(NOON + timedelta(seconds=31))
