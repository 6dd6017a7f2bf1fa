"""What was done to a plan, other than to its answers: the kinds of events, and the words for each.

To record another kind of event, add it to `KINDS` at the foot of this file and call `storage.events.record`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

ELSEWHERE = "elsewhere"
"""Marks what was brought in from a file: people named in it are text, never accounts of this installation."""


@dataclass(frozen=True)
class Event:
    """Something that was done to a plan."""

    kind: str
    """A key of `KINDS`; or one of a later mcplan, from where the plan was brought in."""
    by: str
    at: datetime
    question_id: str = ""
    """The question it is about; empty if it is about the plan."""
    details: Mapping[str, str] = field(default_factory=dict)
    """What the words of its kind need: `name`, `before`, `after` and the like, as people read them."""

    @property
    def words(self) -> str:
        """What was done, without who and when: "changed the title from A to B"."""
        says = KINDS.get(self.kind, "did something that this mcplan has no words for")
        where = ", before the plan came here" if ELSEWHERE in self.details else ""
        return says.format_map(_Blank(self.details)) + where


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


KINDS: dict[str, str] = {
    "started": "started the plan",
    "copied": "started the plan as a copy of “{name}”",
    "fact": "changed “{name}” from “{before}” to “{after}”",
    "team joined": "put {name} on the team",
    "team changed": "changed {before} on the team to {after}",
    "team left": "took {name} off the team",
    "archived": "archived the plan",
    "unarchived": "took the plan out of the archive",
    "deleted": "deleted the plan",
    "restored": "brought the plan back",
    "role given": "let {name} in as {after}",
    "role changed": "made {name} {after} instead of {before}",
    "stay": "let {name} stay {after}",
    "role taken": "took {name} off the people of the plan",
    "left": "left the plan",
    "invited": "invited {name} as {after}",
    "invitation ended": "took back the invitation of {name}",
    "joined": "came in by an invitation of {name}, as {after}",
    "handed over": "handed the plan over from {before} to {after}",
    "set aside": "chose a colleague's version of the {name} and set this one aside: {after}",
    "comment": "commented: {after}",
    "comment edited": "changed a comment from “{before}” to “{after}”",
    "comment resolved": "settled the thread “{name}”",
    "comment reopened": "opened the thread “{name}” again",
    "comment assigned": "asked {after} to look at “{name}”",
    "comment unassigned": "asked nobody in particular any more to look at “{name}”",
    "frozen": "froze the plan as version {name}",
    "submitted": "submitted version {name} for {after}",
    "review begun": "began to review version {name}",
    "review handed in": "handed in a review of version {name} for {after}",
    "approved": "approved version {name} for {after}, as decided by {before}",
    "approved with conditions": "approved version {name} with conditions for {after}, as decided by {before}",
    "returned": "sent version {name} back with questions, as decided by {before}",
    "deferred": "put off the decision on version {name}, as decided by {before}",
    "withdrawn": "withdrew version {name} from the board",
    "decision handed over": "asked {before} to decide on version {name}",
    "reopened": "reopened the plan: the approval of version {name} does not cover it any more",
    "brought in": "brought the plan in from the file of “{name}”; what is older happened there, to people there",
    "took over": "took over {after} from a file of “{name}”",
    "workshop opened": "opened the workshop “{name}”",
    "workshop closed": "closed the workshop “{name}”: {after}",
    "workshop answer": "stored the answer of the workshop “{name}”, from proposals by {after}",
    "workshop decision": "wrote down a decision in the workshop “{name}”: {after}",
    "workshop action": "wrote down an action in the workshop “{name}”: {after}",
}

OF_PEOPLE: frozenset[str] = frozenset(
    {
        "role given", "role changed", "stay", "role taken", "left", "invited", "invitation ended", "joined",
        "handed over",
    }
)  # fmt: skip
"""Events about who may open the plan: true of one installation only, and they hold e-mail addresses."""
