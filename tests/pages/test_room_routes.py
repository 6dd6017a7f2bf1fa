"""The doors of the room: who comes in, what a phone and the projector learn, and what the facilitator's screen does."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from mcplan.people import somebody_here
from mcplan.plan import Member, Plan
from mcplan.workshop.joining import LOCKED, NO_CODE, REMOVED, TOO_MANY, Guesses
from pages.console import serve
from pages.console.place import Refused
from pages.kit import desk, room_routes
from pages.kit.room import look, reach
from pages.kit.room.files import VERSION
from pages.kit.room.seats import read_seat, write_seat
from pages.kit.server import MIDDLEWARE, ROUTES
from pages.kit.tokens import Caller, TokenRefused, secret, write_token
from storage.database import writing
from storage.plans import start_plan
from storage.rooms import Room
from storage.sittings import set_door
from storage.workshops import Agenda, open_workshop, store_agenda
from tests.builders import an_answer, door
from tests.pages.test_save_route import CONTENT, HOME, NOW

CODE = "K7M4PQ"
MARK = "Zanzibar"
TABLES = CONTENT.parents[1] / "tables"


class InRoom:
    """A server with an open workshop of Dana's, and calls of its routes."""

    def __init__(self, plan_id: str, workshop: str = "w1") -> None:
        self.plan_id, self.workshop = plan_id, workshop
        self.app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)

    def post(self, path: str, address: str = "127.0.0.1", **parts: Any) -> tuple[int, dict[str, Any]]:
        status, body = self.call("POST", path, json.dumps(parts).encode(), address)
        return status, json.loads(body)

    def get(self, path: str, address: str = "127.0.0.1") -> tuple[int, str]:
        status, body = self.call("GET", path, b"", address)
        return status, body.decode()

    def call(self, method: str, path: str, body: bytes, address: str) -> tuple[int, bytes]:
        said: list[Any] = []
        headers = [(name.encode(), value.encode()) for name, value in HOME.items()]
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": headers, "client": (address, 1), "server": ("127.0.0.1", 8501), "scheme": "http",
        }  # fmt: skip

        async def receive():
            return {"type": "http.request", "body": body}

        async def send(message):
            said.append(message)

        # A thread of its own, since the browser tests leave an event loop running in this one.
        with ThreadPoolExecutor(1) as beside:
            beside.submit(asyncio.run, self.app(scope, receive, send)).result()
        return said[0]["status"], b"".join(each.get("body", b"") for each in said[1:])

    def join(self, name: str = "Sam", **parts: Any) -> str:
        status, reply = self.post("/w/api/join", **{"code": CODE, "name": name, "id": name.lower()} | parts)
        assert status == 200, reply
        return reply["seat"]

    def lead(self, act: str, **parts: Any) -> tuple[int, dict[str, Any]]:
        token = write_token(secret(), Caller("local", "Dana"), self.plan_id, desk.now())
        return self.post("/api/workshop", plan=self.plan_id, token=token, workshop=self.workshop, act=act, **parts)

    def to(self, step: str) -> dict[str, Any]:
        view = self.lead("look")[1]
        while view["step"] != step:
            status, view = self.lead("move", move="next", seen=view["revision"])
            assert status == 200, view
        return view


@pytest.fixture
def room(installation, monkeypatch) -> InRoom:
    """A plan in which all but one question holds the mark, and a workshop on that question."""
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(CONTENT))
    monkeypatch.setattr(room_routes, "GUESSES", Guesses())
    look._kept.clear()
    answers = {id: an_answer(id, f"{MARK} answer") for id in ("first.case", "first.people")}
    plan = Plan("", f"{MARK} title", summary=MARK, team=(Member("dana", f"{MARK} Dana"),), answers=answers)
    with writing(desk.engine()) as session:
        plan_id = start_plan(session, desk.questionnaire(), plan, person=somebody_here("Dana"), at=NOW)
        access, at = door(session, plan_id, "Dana"), desk.now()
        agenda = Agenda("Why day", 60, 5, 10, False, (("first.case", 0), ("first.driver", 0)))
        store_agenda(access, desk.questionnaire(), "w1", agenda, at=at)
        open_workshop(access, "w1", CODE, {}, at=at)
    return InRoom(plan_id)


def test_a_participant_sees_the_question_at_hand_and_its_guidance_and_nothing_else_of_the_plan(room):
    seat, wall = room.join(), write_seat("wall", Room(room.plan_id, "w1"), desk.now())
    told = []
    for step in ("welcome", "read", "propose", "reveal", "support", "merge"):
        room.to(step)
        for path, key in (("look", seat), ("wall", wall)):
            status, view = room.post(f"/w/api/{path}", seat=key)
            assert (status, view["step"]) == (200, step)
            told.append(json.dumps(view))
    assert "Everything leans on it." in told[-1]
    assert not any(MARK in each or room.plan_id in each or "first." in each for each in told)
    assert MARK in json.dumps(room.lead("look")[1]), "the facilitator sees what the plan says"


def test_of_a_table_a_participant_sees_neither_its_rows_nor_those_of_colleagues(room, monkeypatch):
    monkeypatch.setenv("MCPLAN_QUESTIONNAIRE", str(TABLES))
    desk.questionnaire.cache_clear()
    rows = {"rows": [{"id": "r1", "name": f"{MARK} module"}]}
    plan = Plan("", f"{MARK} title", answers={"course.modules": an_answer("course.modules", rows)})
    with writing(desk.engine()) as session:
        plan_id = start_plan(session, desk.questionnaire(), plan, person=somebody_here("Dana"), at=NOW)
        access, at = door(session, plan_id, "Dana"), desk.now()
        agenda = Agenda("Modules", 60, 5, 10, False, (("course.modules", 0),))
        store_agenda(access, desk.questionnaire(), "w2", agenda, at=at)
        open_workshop(access, "w2", "222333", {}, at=at)
    here = InRoom(plan_id, "w2")
    seat, wall = here.join(code="222333"), write_seat("wall", Room(plan_id, "w2"), desk.now())
    view = here.to("merge")
    assert view["control"]["rows"]["name"] == [f"{MARK} module"]
    commit = {"base": 0, "seen": view["revision"], "save_id": "s", "changes": {"lines": "Pumps", "column": "name"}}
    assert here.lead("commit", **commit)[1]["step"] == "confidence"
    for path, key in (("look", seat), ("wall", wall)):
        view = here.post(f"/w/api/{path}", seat=key)[1]
        assert (view["said"], "one row" in view["question"]["lines"]) == ("Pumps", True)
        assert MARK not in json.dumps(view)


def test_nobody_sees_a_proposal_before_it_is_revealed_and_the_projector_never(room):
    seat, other = room.join(), room.join("Kit")
    wall = write_seat("wall", Room(room.plan_id, "w1"), desk.now())
    item = room.to("propose")["item"]
    propose = {
        "seat": seat,
        "act": "propose",
        "item": item,
        "id": "p1",
        "text": "My secret.",
        "seen": 0,
        "save_id": "a",
    }
    for _ in range(2):
        assert room.post("/w/api/do", **propose) == (200, {"revision": 1})
    assert room.post("/w/api/look", seat=seat)[1]["mine"][0]["text"] == "My secret."
    for _, view in (room.post("/w/api/look", seat=other), room.post("/w/api/wall", seat=wall), room.lead("look")):
        assert "My secret." not in json.dumps(view)
    room.to("reveal")
    assert "My secret." in json.dumps(room.post("/w/api/look", seat=other)[1])
    assert "My secret." not in json.dumps(room.post("/w/api/wall", seat=wall)[1])


def test_an_energy_check_shows_how_many_answered_and_nobody_what_one_has_said(room):
    seats = [room.join(name) for name in ("Sam", "Kit", "Lee")]
    wall = write_seat("wall", Room(room.plan_id, "w1"), desk.now())
    view = room.to("propose")
    check = room.lead("move", move="energy", number=1, seen=view["revision"])[1]["asks"]
    for number, seat in enumerate(seats, 1):
        assert room.post("/w/api/look", seat=seat)[1]["checked"] is None
        assert room.post("/w/api/do", seat=seat, act="rate", item=check, number=number + 2)[0] == 200
        told = room.post("/w/api/look", seat=seat)[1]
        assert (told["asks"], told["checked"], told["step"]) == (check, number + 2, "propose")
        says = "4.0 of 5 on average, from 3 of 3." if number == 3 else f"{number} of 3 answered. The mean is shown"
        for view in (room.post("/w/api/wall", seat=wall)[1], room.lead("look")[1]):
            assert view["energy"].startswith(says)
            assert not any(each["done"] for each in view["people"])
    view = room.to("reveal")
    assert (view["asks"], view["energy"], view["checks"]) == ("", "", ["At question 1: 4.0 of 5, from 3"])
    assert room.post("/w/api/do", seat=seats[0], act="rate", item=check, number=1)[0] == 422


def test_a_page_that_knows_how_things_stand_gets_a_word_only(room):
    seat = room.join()
    mark = room.post("/w/api/look", seat=seat)[1]["mark"]
    assert room.post("/w/api/look", seat=seat, mark=mark) == (200, {"mark": mark})
    room.to("read")
    assert room.post("/w/api/look", seat=seat, mark=mark)[1]["step"] == "read"


def test_wrong_expired_locked_and_guessed_codes_each_get_their_sentence(room):
    def come(code: str = CODE) -> tuple[int, str]:
        status, reply = room.post("/w/api/join", code=code, name="Sam", id="s")
        return status, reply.get("error", "")

    assert come("222222") == (422, NO_CODE)
    with writing(desk.engine()) as session:
        set_door(door(session, room.plan_id, "Dana"), "w1", is_locked=True, at=desk.now())
    assert come() == (422, LOCKED)
    with writing(desk.engine()) as session:
        access = door(session, room.plan_id, "Dana")
        set_door(access, "w1", is_locked=False, code="333333", at=desk.now() - timedelta(hours=13))
    assert "has run out" in come("333333")[1]
    for _ in range(25):
        last = come("222222")
    assert last == (422, TOO_MANY)


def test_the_same_name_twice_and_too_long_a_text_are_sentences_and_lose_nothing(room):
    seat = room.join("Sam")
    status, reply = room.post("/w/api/join", code=CODE, name="sam", id="other")
    assert (status, "already" in reply["error"]) == (422, True)
    item = room.to("propose")["item"]
    propose = {
        "seat": seat,
        "act": "propose",
        "item": item,
        "id": "p1",
        "text": "x" * 10_000,
        "seen": 0,
        "save_id": "a",
    }
    status, reply = room.post("/w/api/do", **propose)
    assert (status, "10,000 characters" in reply["error"]) == (422, True)
    assert room.post("/w/api/do", seat=seat, act="fly", item=item)[0] == 400


def test_whoever_is_removed_is_told_at_once(room):
    seat = room.join("Sam", id="sam")
    assert room.lead("remove", who="sam")[0] == 200
    assert room.post("/w/api/look", seat=seat) == (410, {"error": REMOVED})
    assert room.post("/w/api/do", seat=seat, act="rate", item="", number=3)[0] == 410


def test_a_seat_is_for_one_purpose_one_workshop_and_a_while(room):
    here = Room(room.plan_id, "w1")
    seat = write_seat("seat", here, desk.now(), "sam")
    assert read_seat("seat", seat, desk.now()) == (here, ["sam"])
    for wrong in (seat[:-2], f"{seat}x", "", None, "a.b", write_seat("wall", here, desk.now(), "sam")):
        with pytest.raises(TokenRefused):
            read_seat("seat", wrong, desk.now())
    with pytest.raises(TokenRefused):
        read_seat("seat", seat, desk.now() + timedelta(hours=37))
    assert room.post("/w/api/wall", seat=seat)[0] == 401
    token = write_token(secret(), Caller("local", "Dana"), room.plan_id, desk.now())
    assert room.post("/w/api/look", seat=token)[0] == 401
    assert room.post("/api/workshop", plan=room.plan_id, token=seat, workshop="w1", act="look")[0] == 401


def test_a_member_comes_in_as_themselves_however_often(room):
    member = write_seat("member", Room(room.plan_id, "w1"), desk.now(), "sam-id", "Sam Ito")
    for _ in range(2):
        room.join("", id="any", member=member)
    (person,) = room.lead("look")[1]["members"]
    assert (person["name"], person["guest"]) == ("Sam Ito", False)
    elsewhere = write_seat("member", Room(room.plan_id, "w2"), desk.now(), "sam-id", "Sam Ito")
    assert room.post("/w/api/join", code=CODE, id="x", member=elsewhere)[0] == 403


def test_the_facilitator_is_told_what_cannot_be_done_and_sees_how_things_stand(room):
    view = room.to("merge")
    commit = {"base": 0, "seen": view["revision"], "save_id": "s", "changes": {"value": "Ours."}}
    status, reply = room.lead("commit", **commit)
    assert (status, reply["clash"]["says"], reply["step"]) == (409, f"{MARK} answer", "merge")
    assert ["added", "Ours."] in reply["clash"]["parts"]
    assert room.lead("move", move="next", seen=view["revision"])[0] == 422
    assert room.lead("move", move="back", seen=1)[0] == 409
    assert room.lead("commit", **commit | {"changes": {"stage": 3}})[0] == 400
    assert room.lead("commit", **commit | {"base": 1})[1]["step"] == "confidence"
    assert room.lead("note", id="n", kind="other", text="x")[0] == 400
    assert room.lead("note", id="n", kind="decision", text=" ")[0] == 422


def test_a_pick_is_stored_with_the_words_beside_it(room):
    view = room.lead("move", move="go", number=2, seen=room.lead("look")[1]["revision"])[1]
    view = room.to("merge")
    assert view["control"] == {
        "kind": "pick", "options": {"revenue": "Revenue", "volume": "Volume", "other": "Something else"},
        "many": False, "note": "By when?",
    }  # fmt: skip
    changes = {"value": {"picks": ["volume"], "other": ""}, "note": "By spring."}
    view = room.lead("commit", base=0, seen=view["revision"], save_id="s", changes=changes)[1]
    assert (view["step"], view["said"]) == ("confidence", "Volume\nBy spring.")


def test_when_the_last_facilitator_leaves_everybody_is_told_and_a_colleague_goes_on(room, monkeypatch):
    seat = room.join()
    room.lead("look")
    assert room.post("/w/api/look", seat=seat)[1]["away"] == ""
    later = desk.now() + timedelta(minutes=1)
    monkeypatch.setattr(desk, "now", lambda: later)
    assert "screen is away" in room.post("/w/api/look", seat=seat)[1]["away"]
    room.to("read")
    assert room.post("/w/api/look", seat=seat)[1]["step"] == "read"


def test_the_pages_are_plain_and_name_only_files_of_their_own(room):
    for path in ("/w", f"/w/{CODE}", f"/w/{CODE}/wall", '/w/"><script>'):
        status, page = room.get(path)
        assert status == 200
        assert page.count("<script") == 1
        assert 'src="/w/files/' in page
    address = room.get("/w")[1].split('src="')[1].split('"')[0]
    assert room.get(address)[0] == 200
    assert room.get("/w/files/old/phone.js")[0] == 404
    status, keeper = room.get("/w/keeper.js")
    assert (status, f'VERSION = "{VERSION}"' in keeper, "{version}" in keeper) == (200, True, False)
    for name in re.findall(r'"([\w.]+)"', keeper.split("FILES = [")[1].split("]")[0]):
        assert room.get(f"/w/files/{VERSION}/{name}")[0] == 200, name
    assert room.get(f"/w/{CODE}/qr.svg")[1].lstrip().startswith("<?xml")
    assert room.get("/w/nothing/qr.svg")[0] == 404


def test_a_laptop_lets_the_room_in_to_workshops_and_to_nothing_else(room, monkeypatch):
    phone = "192.168.1.23"
    assert room.get("/w", phone)[0] == 403
    monkeypatch.setattr(reach, "_root", "http://192.168.1.5:8501")
    assert room.get("/w", phone)[0] == 200
    assert room.post("/w/api/join", address=phone, code=CODE, name="Sam", id="s")[0] == 200
    for path in ("/", "/home.js", "/answer-box/1/answer_box.js", "/wide", "/w/../api/answers"):
        assert room.get(path, phone)[0] in (403, 404), path
    assert room.call("POST", "/api/workshop", b"{}", phone)[0] == 403
    assert reach.root_for("http://127.0.0.1:8501/x") == "http://192.168.1.5:8501"
    assert reach.root_for("https://plan.example/x") == "https://plan.example"
    reach.keep_out()
    assert not reach.is_open()


def test_the_room_is_let_in_only_at_a_port_and_a_network_that_phones_can_find(monkeypatch):
    with pytest.raises(Refused, match="--port"):
        serve._let_in(0)
    monkeypatch.setattr(reach, "_own_address", lambda: "")
    with pytest.raises(Refused, match="no network"):
        serve._let_in(8501)
    monkeypatch.setattr(reach, "_own_address", lambda: "192.168.1.5")
    assert serve._let_in(8501) == "0.0.0.0"
    assert reach.root_for("http://localhost:8501/") == "http://192.168.1.5:8501"
    reach.keep_out()
