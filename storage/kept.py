"""Teams and answers that this process has read lately, so that nobody need read a plan whole again after a save.

What is kept hangs on the plan's *stamp*: a random word that is written anew whenever the team
or an answer changes. It is read from the database in each transaction, so nothing stale is
ever used: not after a save by another replica, nor after a rollback or a restored backup. A
migration or a script that changes answers past this floor has to renew the stamps.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping

from mcplan.plan import Answer, Member

Content = tuple[tuple[Member, ...], Mapping[str, Answer]]
"""A plan's team and its answers by question id."""


class Kept:
    """The team and answers of the `most` plans that were used last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._contents: OrderedDict[str, tuple[str, Content]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, plan_id: str, stamp: str) -> Content | None:
        """What the plan held when `stamp` was written; None if that is not kept."""
        with self._lock:
            known, content = self._contents.get(plan_id, ("", None))
            if known != stamp or content is None:
                return None
            self._contents.move_to_end(plan_id)
            return content

    def follow(self, plan_id: str, stamp: str, after: str, answer: Answer) -> None:
        """What is kept under `stamp`, if anything, is known as `after` from now on, with `answer` in its place."""
        found = self.find(plan_id, stamp)
        if found:
            team, answers = found
            self.keep(plan_id, after, (team, {**answers, answer.question_id: answer}))

    def keep(self, plan_id: str, stamp: str, content: Content) -> None:
        """Remember what the plan held when `stamp` was written, in place of what was known of it before."""
        with self._lock:
            self._contents[plan_id] = (stamp, content)
            self._contents.move_to_end(plan_id)
            if len(self._contents) > self._most:
                self._contents.popitem(last=False)


KEPT = Kept(most=200)
