"""The rounds of a board in a bundle: what was put before it, what it did and scored, and that this could be so.

Names are text. A round that is brought in tells what was decided elsewhere; it never makes a plan approved here
(`mcplan.decisions.standing`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from mcplan.bundle import plain
from mcplan.bundle.contents import Round
from mcplan.decisions import MOST_MOVES, MOVES, POINTS, Move, Point, State, Submission
from mcplan.handed_in import FileRefused, place
from mcplan.reviews import Review, Scored, Scorer
from mcplan.timeline import ELSEWHERE

LIST = "decisions.json"


def round_out(each: Round) -> dict[str, Any]:
    """A round, as a bundle has it."""
    given = each.submission
    about = {"version": each.version, "gate": given.gate, "by": given.by, "at": plain.moment(given.at)}
    asked = {"presenter": given.presenter, "decider": given.decider, "meets_on": _day(given.meets_on)}
    entry = about | plain.filled(asked) | {"moves": [_move_out(move) for move in each.moves]}
    return entry | plain.filled({"reviews": [_review_out(review) for review in each.reviews]})


def round_in(raw: dict[str, Any]) -> Round:
    """The round; ids are to be given to it. ValueError if a day or moment is none."""
    given = Submission(
        id="",
        version_id="",
        gate=raw["gate"],
        presenter=raw.get("presenter", ""),
        decider=raw.get("decider", ""),
        meets_on=_on(raw, "meets_on"),
        by=raw["by"],
        at=datetime.fromisoformat(raw["at"]),
    )
    moves = tuple(_move_in(each) for each in raw["moves"])
    reviews = tuple(_review_in(each, number) for number, each in enumerate(raw.get("reviews", ()), 1))
    return Round(raw["version"], given, moves, reviews)


def refuse_impossible(rounds: Iterable[Round], versions: Collection[int], *, is_whole: bool) -> None:
    """Refuse rounds that no board can have gone through.

    Args:
        rounds: all of the bundle.
        versions: the numbers of the versions in the bundle.
        is_whole: False if there was no room for some rounds, so that numbers may be missing.

    Raises:
        FileRefused: a round is on no version, or has a move that could not be made then.
    """
    numbers: list[int] = []
    for at, each in enumerate(rounds):
        if each.version not in versions:
            raise FileRefused(f"{place(LIST, [at])}: version {each.version}, which it is about, is not in the bundle.")
        _refuse_moves(at, each)
        numbers += [move.number for move in each.moves]
    for before, after in zip(sorted(numbers), sorted(numbers)[1:], strict=False):
        if after == before or (is_whole and after != before + 1):
            raise FileRefused(f"{LIST}: the moves of the board go from number {before} to {after}.")
    if len(numbers) > MOST_MOVES:
        raise FileRefused(f"{LIST} has more than {MOST_MOVES:,} moves, which is the most mcplan takes.")


def _refuse_moves(at: int, each: Round) -> None:
    state: State = "draft"
    before = 0
    for number, move in enumerate(each.moves):
        where = place(LIST, [at, "moves", number])
        is_first = number == 0
        if is_first != (move.kind == "submit") or state not in MOVES[move.kind].before or move.number <= before:
            raise FileRefused(f"{where}: “{move.kind}” cannot come here.")
        if MOVES[move.kind].is_decision and (not move.decided_by.strip() or move.decided_on is None):
            raise FileRefused(f"{where}: a decision needs the name of whoever took it, and its day.")
        if move.kind in POINTS and not move.points:
            raise FileRefused(f"{where}: a {POINTS[move.kind]} belongs here at the least.")
        state, before = MOVES[move.kind].after or state, move.number


def _move_out(move: Move) -> dict[str, Any]:
    decided = {"decided_by": move.decided_by, "decided_on": _day(move.decided_on), "until": _day(move.until)}
    points = [plain.filled({"text": each.text, "owner": each.owner, "due": _day(each.due)}) for each in move.points]
    who = {"number": move.number, "kind": move.kind, "by": move.by, "at": plain.moment(move.at)}
    return who | plain.filled(decided | {"reason": move.reason, "points": points})


def _move_in(raw: dict[str, Any]) -> Move:
    return Move(
        id="",
        number=raw["number"],
        kind=raw["kind"],
        submission_id="",
        by=raw["by"],
        person_id=ELSEWHERE,
        at=datetime.fromisoformat(raw["at"]),
        decided_by=raw.get("decided_by", ""),
        decided_on=_on(raw, "decided_on"),
        reason=raw.get("reason", ""),
        points=tuple(Point(each["text"], each["owner"], _on(each, "due")) for each in raw.get("points", ())),
        until=_on(raw, "until"),
    )


def _review_out(review: Review) -> dict[str, Any]:
    scores = {id: {"score": each.score, "reason": each.reason} for id, each in review.scores.items()}
    who = {"side": review.scorer.side, "by": review.scorer.name, "at": plain.moment(review.handed_in_at)}
    return who | plain.filled({"scores": scores, "words": review.words})


def _review_in(raw: dict[str, Any], number: int) -> Review:
    scores = {id: Scored(each["score"], each["reason"]) for id, each in raw.get("scores", {}).items()}
    scorer = Scorer(f"{ELSEWHERE} {number}", raw["by"], raw["side"])
    return Review(scorer, scores, raw.get("words", ""), datetime.fromisoformat(raw["at"]), 1)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _on(raw: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(raw[name]) if name in raw else None
