"""A version: a frozen, named copy of a plan with all that followed from it then; what a board decides on.

It holds everything a dossier is made from, so that the plan can be looked at as of then, in the wording of then and
with the readiness that was worked out then, whatever questions and rules have become since. The wording is kept
once for all versions that share it, and the version names its SHA-256. So its own SHA-256 covers that, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from mcplan.finding import Finding
from mcplan.findings import find_findings
from mcplan.frozen_json import canonical, read, write
from mcplan.plan import Plan
from mcplan.readiness import SCORER, Readiness, assess_readiness
from mcplan.risk import Risk
from mcplan.risks import find_risks
from mcplan.text import clean_text
from questionnaire.errors import AnswerRejected
from questionnaire.model import GATES, Questionnaire

FORMAT = 1
"""Goes up by one when versions are written in another way; `thaw` goes on reading all earlier ones."""
MOST_NAME = 120
MOST_VERSIONS = 200
"""Versions of one plan."""
FIGURES = Mapping[str, Readiness]


class VersionRefused(AnswerRejected):
    """A version cannot be frozen or shown like this; the message says why and what to do."""


class Version(NamedTuple):
    """A version without its content, as lists show it."""

    id: str
    number: int
    """From 1, without gaps in a plan."""
    name: str
    by: str
    at: datetime
    revision: int
    """That of the plan when it was frozen."""
    sha256: str
    """Over the canonical JSON of the content, in hexadecimal digits."""
    is_elsewhere: bool = False
    """True if it came with a file: then nobody here worked out its figures, and no board here decides on it."""

    @property
    def called(self) -> str:
        """What it is called in a sentence: 3 “For the Senate”."""
        return f"{self.number} “{self.name}”"


class Frozen(NamedTuple):
    """What is stored of a version: its content and the wording it names, as text with their SHA-256."""

    content: str
    sha256: str
    wording: str
    wording_sha256: str


@dataclass(frozen=True)
class State:
    """A plan at one moment with what followed from it: as of a version, or of now."""

    questionnaire: Questionnaire
    plan: Plan
    readiness: Mapping[str, Readiness]
    """By gate."""
    risks: tuple[Risk, ...]
    findings: tuple[Finding, ...]


def read_name(raw: object) -> str:
    """The name of a version as it is stored.

    Raises:
        VersionRefused: there is none, or it is too long.
    """
    name = " ".join(clean_text(raw).split()) if isinstance(raw, str) else ""
    if not name:
        raise VersionRefused("Give the version a name, such as “For the Senate, 12 May”.")
    if len(name) > MOST_NAME:
        raise VersionRefused(f"A name takes {MOST_NAME} characters, and this one has {len(name)}. Shorten it, please.")
    return name


def state_of(questionnaire: Questionnaire, plan: Plan, today: date | None = None) -> State:
    """A plan as it is on a day, with its readiness for every gate, its risks and its findings."""
    risks, findings = find_risks(questionnaire, plan, today), find_findings(questionnaire, plan, today)
    figures: dict[str, Readiness] = {
        gate: assess_readiness(questionnaire, plan, gate, findings=findings, risks=risks) for gate in GATES
    }
    return State(questionnaire, plan, figures, risks, findings)


def freeze(state: State, *, number: int, name: str, by: str, at: datetime) -> Frozen:
    """The content of a version of this state.

    Args:
        state: the plan and what follows from it.
        number: its number in the plan, from 1.
        name: as `read_name` gives it.
        by: who freezes it.
        at: when, with a time zone.
    """
    wording, wording_sha = wording_of(state.questionnaire)
    content = canonical(
        {
            "format": FORMAT,
            "number": number,
            "name": name,
            "by": by,
            "at": at.isoformat(),
            "rules": SCORER,
            "wording": wording_sha,
            "plan": write(Plan, state.plan),
            "readiness": write(FIGURES, state.readiness),
            "risks": write(tuple[Risk, ...], state.risks),
            "findings": write(tuple[Finding, ...], state.findings),
        }
    )
    return Frozen(content, digest(content), wording, wording_sha)


def thaw(content: str, wording: str, sha: str) -> State:
    """The plan as of a version, in the wording of then and with the readiness worked out then.

    Args:
        content: of the version, as `freeze` gave it.
        wording: the questionnaire it names.
        sha: the SHA-256 under which the version is known.

    Raises:
        VersionRefused: content or wording are not what was frozen, or a later mcplan has frozen it.
    """
    raw = json.loads(content)
    if raw["format"] > FORMAT:
        raise VersionRefused("This version was frozen by a newer mcplan. Bring this one up to date to look at it.")
    if digest(content) != sha or digest(wording) != raw["wording"]:
        raise VersionRefused(
            "This version is not what was frozen: its content does not fit its SHA-256. Decide on nothing by it, "
            "and ask whoever looks after mcplan to run `mcplan doctor`."
        )
    asked = _questionnaire(wording)
    return State(
        asked,
        read(Plan, raw["plan"], asked),
        read(FIGURES, raw["readiness"], asked),
        read(tuple[Risk, ...], raw["risks"], asked),
        read(tuple[Finding, ...], raw["findings"], asked),
    )


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def wording_of(questionnaire: Questionnaire) -> tuple[str, str]:
    """A questionnaire as text that can be loaded again, and the SHA-256 of that."""
    known = _WORDINGS.get(questionnaire.fingerprint)
    if known is None:
        text = canonical(write(Questionnaire, questionnaire))
        # Nearly always there is one; whoever tries out another does not keep them all.
        _WORDINGS.clear()
        known = _WORDINGS[questionnaire.fingerprint] = (text, digest(text))
    return known


@lru_cache(maxsize=8)
def _questionnaire(wording: str) -> Questionnaire:
    found: Questionnaire = read(Questionnaire, json.loads(wording))
    return found


_WORDINGS: dict[str, tuple[str, str]] = {}
