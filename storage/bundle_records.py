"""Versions and decisions in plan bundles: the one place where they are read for a bundle and stored from one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mcplan.bundle.contents import Record
from questionnaire.errors import AnswerRejected
from storage.access import PlanAccess


class Records(NamedTuple):
    """What bundles hold beside the plan itself."""

    versions: tuple[Record, ...]
    decisions: tuple[Record, ...]


def fetch_records(access: PlanAccess) -> Records:
    """The versions and decisions of a plan as plain records; none are put into bundles yet."""
    access.needs("export")
    return Records((), ())


def store_records(access: PlanAccess, versions: Sequence[Record], decisions: Sequence[Record]) -> None:
    """Keep the versions and decisions of a bundle with the plan it has just become.

    Raises:
        AnswerRejected: there are some, and this mcplan has no place for them.
    """
    access.needs("answer")
    if versions or decisions:
        raise AnswerRejected(
            "The bundle holds versions or decisions, which this mcplan cannot bring in. Update mcplan, and try again."
        )
