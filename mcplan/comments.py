"""What people say to each other about a plan: comments in threads, at a question or at the plan as a whole.

Comments are no answers: they change neither readiness nor the revision of the plan. Whoever may
comment may settle a thread, open it again, or ask somebody on the team to look at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mcplan.people import Person
from mcplan.plan import Plan
from mcplan.text import clean_text
from questionnaire.errors import AnswerRejected

MOST_TEXT = 5_000
"""Characters of a comment."""
MOST_COMMENTS = 500
"""Comments of one plan."""
MOST_EDITS = 1_000
"""Changes of one comment: each keeps the text before it for good."""


class CommentRefused(AnswerRejected):
    """A comment cannot be stored like this; the message says why and what to do."""


@dataclass(frozen=True)
class Comment:
    """Something somebody said."""

    id: str
    text: str
    by: str
    person_id: str
    at: datetime
    edited_at: datetime | None = None
    """When its author last changed it; None if they never did."""
    revision: int = 1
    """Goes up by one with every change of the text."""

    def is_by(self, person: Person) -> bool:
        """True if this person wrote it; where nobody signs in, people are told apart by their names."""
        return self.person_id == person.id and (not person.is_local or self.by == person.name)

    def is_new(self, person: Person, since: datetime | None) -> bool:
        """True if somebody else has said or changed it since a time; on a first visit (None) nothing is marked."""
        return since is not None and (self.edited_at or self.at) > since and not self.is_by(person)


@dataclass(frozen=True)
class Thread:
    """A comment and the replies to it."""

    id: str
    """That of its first comment."""
    question_id: str
    """Empty for the plan as a whole."""
    comments: tuple[Comment, ...]
    """Never empty: the one that began it, then the replies as they came."""
    resolved_at: datetime | None = None
    """None while it is open."""
    resolved_by: str = ""
    assignee: str = ""
    """The id of a member of the team; empty for nobody."""

    @property
    def is_open(self) -> bool:
        """True until somebody has settled it."""
        return self.resolved_at is None

    @property
    def began(self) -> Comment:
        """The comment that began it."""
        return self.comments[0]

    @property
    def last(self) -> Comment:
        """What was said last."""
        return self.comments[-1]

    def is_new(self, person: Person, since: datetime | None) -> bool:
        """True if something in it is new to the person."""
        return any(comment.is_new(person, since) for comment in self.comments)

    def is_for(self, person: Person, plan: Plan) -> bool:
        """True if the person began it, or was asked to look at it."""
        return self.began.is_by(person) or assignee_name(self, plan) == person.name


@dataclass(frozen=True)
class Talk:
    """How many threads there are at a question."""

    open: int
    total: int


SILENCE = Talk(0, 0)


def read_comment(raw: object) -> str:
    """What somebody typed, as it is stored.

    Raises:
        CommentRefused: there is nothing in it, or too much.
    """
    text = clean_text(raw).strip() if isinstance(raw, str) else ""
    if not text:
        raise CommentRefused("There is nothing in this comment yet. Write something first.")
    if len(text) > MOST_TEXT:
        raise CommentRefused(
            f"A comment takes {MOST_TEXT:,} characters, and this one has {len(text):,}. Make it shorter, please."
        )
    return text


def refuse_edit(comment: Comment, person: Person) -> None:
    """Let only its author change a comment, and not for ever.

    Raises:
        CommentRefused: it is somebody else's, or was changed too often.
    """
    if not comment.is_by(person):
        raise CommentRefused(f"Only {comment.by} can change this comment. Reply to it instead.")
    if comment.revision > MOST_EDITS:
        raise CommentRefused(f"This comment has been changed {MOST_EDITS:,} times. Reply to it instead.")


def read_assignee(raw: object, plan: Plan) -> str:
    """Who is asked to look at a thread: the id of a member of the team, or empty for nobody.

    Raises:
        CommentRefused: there is no such member.
    """
    if raw == "" or any(member.id == raw for member in plan.team if member.name):
        return str(raw)
    raise CommentRefused("This person is not on the team any more. Choose somebody else.")


def assignee_name(thread: Thread, plan: Plan) -> str:
    """Who is asked to look at a thread; empty if nobody is, or if they have left the team."""
    return next((member.name for member in plan.team if thread.assignee and member.id == thread.assignee), "")


def in_order(threads: Iterable[Thread]) -> list[Thread]:
    """Open threads first, the one that began first at the top; then the settled ones, the last settled first."""
    ordered = sorted(threads, key=lambda thread: (thread.began.at, thread.id))
    settled = [thread for thread in ordered if thread.resolved_at]
    settled.sort(key=lambda thread: str(thread.resolved_at), reverse=True)
    return [*(thread for thread in ordered if thread.is_open), *settled]
