"""What the phones and the projector of a workshop ask of the server. No account is needed, and no plan is opened.

`POST /w/api/join` takes {code, name, id} and gives {seat}; a member of the plan sends `member` as well, which their
screen has signed for them. From then on `seat` says who asks and in which workshop:

==============  ============================================================================
/w/api/look     {seat, mark}: what to do now (`mcplan.views.room.view_phone`); only {mark} if nothing is new
/w/api/do       {seat, act, …}: `propose` {item, id, text, seen, save_id}, `vote` {item, chosen},
                `rate` {item, number}, `park` {id, text, item}
/w/api/wall     {seat, mark}: what the projector shows
==============  ============================================================================

401 and 410 mean that this page takes part no longer; 409 that the person wrote in another window, whose text comes
along; 422 says in `error` what does not fit. All else is said in `pages.kit.routes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mcplan.views.room import view_phone, view_wall
from mcplan.workshop.joining import Guesses, read_code
from mcplan.workshop.sitting import WorkshopRefused
from pages.kit import desk
from pages.kit.desk import Session
from pages.kit.room import reach
from pages.kit.room.files import FILES, KEEPER, TYPES, VERSION, page_of
from pages.kit.room.look import forget, look, mark_of
from pages.kit.room.seats import read_seat, write_seat
from pages.kit.routes import Guest, Refused, Reply, guest_route
from storage import rooms
from storage.database import reading, storing
from storage.rooms import ProposedMeanwhile, Room, Seat, SeatGone

MOST = 60_000
"""Bytes in one call: 10,000 characters of any script, so that too long a text gets its sentence."""
GUESSES = Guesses()


def join(guest: Guest) -> Reply:
    """Let somebody in by the code on the projector."""
    GUESSES.refuse(guest.address, guest.now)
    code, id = read_code(guest.parts.get("code")), guest.name("id")
    name, person_id = guest.parts.get("name"), ""
    with reading(desk.engine()) as session:
        try:
            room = rooms.find_room(session, code, guest.now)
        except WorkshopRefused:
            GUESSES.wrong(guest.address, guest.now)
            raise
    if guest.parts.get("member"):
        known, (person_id, name) = read_seat("member", guest.parts["member"], guest.now)
        if known != room:
            raise Refused(403, "You were on your way to another workshop. Come in from its screen once more.")
        id = f"{room.workshop_id[:16]}-{person_id}"[:200]
    storing(desk.engine(), lambda session: rooms.join(session, room, id, name, guest.now, person_id=person_id))
    forget(room)
    return 200, {"seat": write_seat("seat", room, guest.now, id)}


def look_at(guest: Guest) -> Reply:
    """What a participant has to do now."""
    room, id = _seat(guest)
    sitting = look(room, guest.now)
    if id not in {each.id for each in sitting.present}:
        # Whoever is not on the list any more is told why.
        with reading(desk.engine()) as session:
            _sit(session, room, id, guest)
    mark = mark_of(sitting, guest.now)
    if guest.parts.get("mark") == mark:
        return 200, {"mark": mark}
    return 200, view_phone(desk.questionnaire(), sitting, id, guest.now) | {"mark": mark}


def wall(guest: Guest) -> Reply:
    """What the projector shows."""
    room, _ = read_seat("wall", guest.parts.get("seat"), guest.now)
    sitting = look(room, guest.now)
    mark = mark_of(sitting, guest.now)
    if guest.parts.get("mark") == mark:
        return 200, {"mark": mark}
    return 200, view_wall(desk.questionnaire(), sitting, guest.now) | {"mark": mark}


def do(guest: Guest) -> Reply:
    """Keep what a participant says."""
    act = guest.parts.get("act")
    work = ACTS.get(act) if isinstance(act, str) else None
    if work is None:
        raise Refused(400, "This cannot be read.")
    room, id = _seat(guest)
    try:
        reply = storing(desk.engine(), lambda session: work(_sit(session, room, id, guest), guest))
    except ProposedMeanwhile as meanwhile:
        stored = {"text": meanwhile.proposal.text, "revision": meanwhile.proposal.revision}
        return 409, {"error": str(meanwhile), "stored": stored}
    forget(room)
    return 200, reply


def _seat(guest: Guest) -> tuple[Room, str]:
    room, (id,) = read_seat("seat", guest.parts.get("seat"), guest.now)
    return room, id


def _sit(session: Session, room: Room, id: str, guest: Guest) -> Seat:
    try:
        return rooms.take_seat(session, room, id, guest.now)
    except SeatGone as gone:
        raise Refused(410, str(gone)) from None


def _propose(seat: Seat, guest: Guest) -> Mapping[str, Any]:
    seen = guest.parts.get("seen")
    if type(seen) is not int or not 0 <= seen < 2**31:
        raise Refused(400, "This cannot be read.")
    item, id, save_id, text = guest.name("item"), guest.name("id"), guest.name("save_id"), guest.parts.get("text")
    return {"revision": rooms.store_proposal(seat, item, id, text, seen=seen, save_id=save_id, at=guest.now)}


def _vote(seat: Seat, guest: Guest) -> Mapping[str, Any]:
    rooms.store_votes(seat, guest.name("item"), guest.parts.get("chosen"))
    return {}


def _rate(seat: Seat, guest: Guest) -> Mapping[str, Any]:
    rooms.store_rating(seat, guest.name("item", may_be_empty=True), guest.parts.get("number"))
    return {}


def _park(seat: Seat, guest: Guest) -> Mapping[str, Any]:
    rooms.park(
        seat, guest.name("id"), guest.parts.get("text"), item_id=guest.name("item", may_be_empty=True), at=guest.now
    )
    return {}


async def send_page(request: Request) -> Response:
    """The page of a participant, or of the projector; which workshop it is of is asked by its script."""
    name: Literal["phone", "wall"] = "wall" if request.url.path.endswith("/wall") else "phone"
    return Response(
        page_of(name, read_code(request.path_params.get("code"))),
        media_type="text/html; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


async def send_file(request: Request) -> Response:
    """A file of these pages. Its address holds the version, so it may be kept for ever."""
    name = request.path_params["name"]
    if request.path_params["version"] != VERSION or name not in FILES:
        return Response("There is no such file.", status_code=404)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(FILES[name], media_type=TYPES[Path(name).suffix], headers=kept)


async def send_keeper(request: Request) -> Response:
    """The service worker; its address is the same in every version, so the browser asks whether it has changed."""
    return Response(KEEPER, media_type=TYPES[".js"], headers={"Cache-Control": "no-cache"})


async def send_qr(request: Request) -> Response:
    """The way into a workshop as a QR code."""
    code, root = read_code(request.path_params["code"]), reach.root_for(str(request.base_url))
    if not code:
        return Response("There is no such code.", status_code=404)
    drawn = BytesIO()
    # Dark on light with its quiet zone, whatever ground the page has.
    segno.make(f"{root or str(request.base_url).rstrip('/')}{reach.ROOM}/{code}", error="m").save(
        drawn, kind="svg", scale=8, border=3, dark="#000", light="#fff"
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


async def send_nothing(request: Request) -> Response:
    """Nothing of Streamlit's stands below these addresses."""
    return Response("There is no such page.", status_code=404)


ACTS: dict[str, Callable[[Seat, Guest], Mapping[str, Any]]] = {
    "propose": _propose, "vote": _vote, "rate": _rate, "park": _park,
}  # fmt: skip
ROUTES = [
    guest_route("/w/api/join", join, most=MOST),
    guest_route("/w/api/look", look_at, most=MOST),
    guest_route("/w/api/do", do, most=MOST),
    guest_route("/w/api/wall", wall, most=MOST),
    Route("/w/files/{version}/{name}", send_file, methods=["GET"]),
    Route("/w/keeper.js", send_keeper, methods=["GET"]),
    Route("/w/{code}/qr.svg", send_qr, methods=["GET"]),
    Route("/w/{code}/wall", send_page, methods=["GET"]),
    Route("/w/{code}", send_page, methods=["GET"]),
    Route("/w", send_page, methods=["GET"]),
    Route("/w/{rest:path}", send_nothing),
]
