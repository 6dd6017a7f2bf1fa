"""Are the learning outcomes precise, measurable and at the right level? Advice with a reason, never a stop.

The words are English, so plans in other languages only get the checks that need no words (source: S1; the
numbers LO1 to LO11 are those of the rules in the documentation of mcplan). To add a check of one text, write
a function and name it in `CHECKS`; one that looks at all of them goes into `SETS`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from mcplan.checks.course import LEVELS, OUTCOMES, Course, Outcome, read_course
from mcplan.finding import Finding
from mcplan.known import Known
from questionnaire.numbers import write_number

VERBS = tomllib.loads((Path(__file__).parent / "verbs.toml").read_text(encoding="utf-8"))
LEVEL_OF: dict[str, str] = {verb: level for level, verbs in VERBS["levels"].items() for verb in verbs}
AMBIGUOUS: dict[str, list[str]] = VERBS["ambiguous"]
EXAMPLE = "for example: “Balance the accounts of a small shop for one month, using given receipts, without an error.”"
SHORTEST, LONGEST = 8, 40
"""Words of an outcome that says enough and can still be read aloud."""
FEWEST, MOST = 2, 7
"""Outcomes of a micro-credential."""
ALIKE = 0.7
"""Share of words in common from which two outcomes may be one."""
HOURS = 2
"""Hours of activity that an outcome deserves at least."""
HIGH_LEVEL = 6
"""The level of the European framework from which more than applying is expected."""

_LEAD = re.compile(
    r"^(?:(?:by|at|on)\b[^,]{0,80},\s*)?(?:the\s+)?(?:learner|student|participant|earner|candidate|you)s?\s+"
    r"(?:will|can|should|must)\s+(?:be\s+able\s+to\s+)?",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\d|\b(?:given|using|with(?:in|out)|under|against|following|based on|according to|in accordance with|at least|"
    r"at most|no more than|to within|in an?|on an?|that (?:meets?|address(?:es)?|compl(?:y|ies)))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_](?:[\w'’-]*\w)?")


def check_objectives(known: Known) -> Iterator[Finding]:
    """What could be better in the learning outcomes of a plan, outcome by outcome."""
    course = read_course(known)
    languages = known.picks("credential.languages")
    in_english = not languages or "en" in languages
    for outcome in course.outcomes:
        if in_english and outcome.text:
            for rule, reason in problems_of(outcome.text):
                yield _advice(rule, outcome, reason)
        yield from _level(outcome)
    for check in SETS:
        yield from check(known, course)


def problems_of(text: str) -> list[tuple[str, str]]:
    """The rules that the wording of an outcome offends, each with the reason, in the order of their numbers."""
    bare = _LEAD.sub("", text.strip())
    words = [word.lower() for word in _WORD.findall(bare)]
    return [(rule, reason) for rule, check in CHECKS for reason in check(text.lower(), bare, words)]


def _first_verb(text: str, bare: str, words: list[str]) -> Iterator[str]:
    if not _is_verb(words[:1]) and not _unmeasurable(words):
        yield f"It does not start with a verb of doing that others can watch; {EXAMPLE}"


def _watchable(text: str, bare: str, words: list[str]) -> Iterator[str]:
    if vague := _unmeasurable(words):
        yield f"Nobody can watch “{vague}”. Say what earners do that shows it, such as explain, sort or mend."


def _one_thing(text: str, bare: str, words: list[str]) -> Iterator[str]:
    pair = re.match(r"([\w-]+)(?:,\s*[\w-]+)?,?\s+and\s+([\w-]+)\b", bare.lower())
    if pair and _is_verb([pair[1]]) and _is_verb([pair[2]]):
        yield f"“{pair[1]} and {pair[2]}” are two things to learn. Make two outcomes, or keep the harder one."


def _condition(text: str, bare: str, words: list[str]) -> Iterator[str]:
    if not _CONDITION.search(" ".join(words[1:])):
        yield f"It does not say under which conditions or how well; {EXAMPLE}"


def _length(text: str, bare: str, words: list[str]) -> Iterator[str]:
    if not SHORTEST <= len(words) <= LONGEST:
        yield f"It has {len(words)} words; between {SHORTEST} and {LONGEST} say enough and can still be read aloud."


def _about_the_earner(text: str, bare: str, words: list[str]) -> Iterator[str]:
    phrase = next((each for each in VERBS["provider_centred"] if each in text), "")
    if phrase:
        yield f"“{phrase.capitalize()}” speaks of what you provide. Say what the earner can do afterwards."


def _is_verb(words: list[str]) -> bool:
    return bool(words) and (words[0] in LEVEL_OF or words[0] in AMBIGUOUS)


def _unmeasurable(words: list[str]) -> str:
    start = f" {' '.join(words[:4])} "
    return next((each for each in VERBS["unmeasurable"] if f" {each} " in start), "")


def _level(outcome: Outcome) -> Iterator[Finding]:
    if outcome.level:
        return
    first = next(iter(_WORD.findall(_LEAD.sub("", outcome.text.strip()).lower())), "")
    levels = AMBIGUOUS.get(first) or [LEVEL_OF.get(first, "")]
    guess = " or ".join(level for level in levels if level)
    yield _advice("LO6", outcome, f"Pick its level. The verb points to: {guess}." if guess else "Pick its level.")


def _profile(known: Known, course: Course) -> Iterator[Finding]:
    level = known.pick("credential.level")
    chosen = [LEVELS.index(each.level) for each in course.outcomes if each.level in LEVELS]
    is_high = known.pick("credential.level-framework") == "eqf" and level.isdigit() and int(level) >= HIGH_LEVEL
    if is_high and chosen and max(chosen) <= LEVELS.index("apply"):
        says = f"At level {level} boards expect more than applying, and no outcome asks for it. Raise one of them."
        yield Finding("LO7", "note", says, "G2", OUTCOMES)


def _alike(known: Known, course: Course) -> Iterator[Finding]:
    said = [(outcome, frozenset(_WORD.findall(outcome.text.lower()))) for outcome in course.outcomes if outcome.text]
    for (one, mine), (other, theirs) in combinations(said, 2):
        if len(mine & theirs) > ALIKE * len(mine | theirs):
            yield _advice("LO8", other, f"It says nearly the same as {one.name}. Make them one, or say what differs.")


def _count(known: Known, course: Course) -> Iterator[Finding]:
    count = len(course.outcomes)
    if count and not FEWEST <= count <= MOST:
        what = "One outcome is few. Split it" if count < FEWEST else f"{count} outcomes are many. Draw some together"
        says = f"{what}: {FEWEST} to {MOST} suit a micro-credential."
        yield Finding("LO10", "note", says, "G2", OUTCOMES)


def _hours(known: Known, course: Course) -> Iterator[Finding]:
    for outcome in course.outcomes:
        hours = course.hours_of(outcome)
        if course.activities_of[outcome.id] and hours < HOURS:
            reason = f"Its activities take {write_number(hours)} hours; what takes under {HOURS} is hardly an outcome."
            yield _advice("LO11", outcome, reason)


def _advice(rule: str, outcome: Outcome, reason: str) -> Finding:
    return Finding(rule, "note", f"{outcome.name}: {reason}", "G2", OUTCOMES, outcome.id)


CHECKS: tuple[tuple[str, Callable[[str, str, list[str]], Iterator[str]]], ...] = (
    ("LO1", _first_verb),
    ("LO2", _watchable),
    ("LO3", _one_thing),
    ("LO4", _condition),
    ("LO5", _length),
    ("LO9", _about_the_earner),
)
SETS: tuple[Callable[[Known, Course], Iterator[Finding]], ...] = (_profile, _alike, _count, _hours)
