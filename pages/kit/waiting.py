"""Calls that stay at the server until there is news, so that a screen nobody touches costs next to nothing.

None of them takes a thread. One task looks for all of them once a second, in as many statements as for one, and wakes
those for whom the answer has become another one. It asks the database and nobody else, so what happens at another
server is news like any other. A task that finds nobody waiting ends.

Only a server that says when it stops lets calls wait (`pages.console.serve`): it goes once every call is answered.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.types import Receive

from storage.database import DatabaseProblem

TICK = 1.0
"""Seconds between two looks."""
LONGEST = 9.0
"""Seconds that a call waits. nginx takes a server for dead that is silent for twelve (`deploy/nginx`)."""
APART, TOGETHER = 0.01, 0.5
"""Seconds between two that hear the same news, and until all have: a save that comes with them should not queue."""
MOST = 2000
"""Calls that wait at once; further ones are answered, and ask again."""

Asked = TypeVar("Asked", bound=Hashable)


@dataclass(eq=False)
class _Waiter(Generic[Asked]):
    asked: Asked
    mark: str
    """What the caller has heard already."""
    woken: asyncio.Future[bool] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def wake(self, is_news: bool) -> None:
        if not self.woken.done():
            self.woken.set_result(is_news)


class Waiting(Generic[Asked]):
    """All calls of one server that wait; to be used in its event loop.

    Args:
        look: the mark of each of those who are asked for, in a thread; whoever has no right to one is missing.
    """

    def __init__(self, look: Callable[[Collection[Asked]], Mapping[Asked, str]]) -> None:
        self._look = look
        self._waiters: set[_Waiter[Asked]] = set()
        self._task: asyncio.Task[None] | None = None
        self._may_wait = False

    @property
    def is_open(self) -> bool:
        """True if one more may wait."""
        return self._may_wait and len(self._waiters) < MOST

    def open(self) -> None:
        """From now on calls may wait."""
        self._may_wait = True

    def close(self) -> None:
        """Let everybody go: the server stops."""
        self._may_wait = False
        for waiter in self._waiters:
            waiter.wake(False)

    async def news(self, asked: Asked, mark: str, receive: Receive) -> bool:
        """Wait until the mark is another one.

        Args:
            asked: what `look` is asked for.
            mark: the one the caller knows.
            receive: tells when the caller has gone.

        Returns:
            True as soon as there is news; False if there is none for a while, or nobody to hear it.
        """
        if not self.is_open:
            return False
        waiter = _Waiter(asked, mark)
        gone = asyncio.ensure_future(_gone(receive))
        self._waiters.add(waiter)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        try:
            # Not all for the same time: they came together when the last news woke them.
            patience = LONGEST * random.uniform(0.9, 1)  # noqa: S311 nothing secret hangs on it
            either: set[asyncio.Future[Any]] = {waiter.woken, gone}
            await asyncio.wait(either, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            return waiter.woken.done() and waiter.woken.result()
        finally:
            self._waiters.discard(waiter)
            gone.cancel()

    async def _watch(self) -> None:
        while self._waiters:
            await asyncio.sleep(TICK)
            waiting = list(self._waiters)
            try:
                marks = await run_in_threadpool(self._look, {waiter.asked for waiter in waiting})
            except DatabaseProblem:
                continue  # Whoever asks next is told.
            self._wake([waiter for waiter in waiting if marks.get(waiter.asked) != waiter.mark])

    def _wake(self, waiters: list[_Waiter[Asked]]) -> None:
        apart = min(APART, TOGETHER / max(1, len(waiters)))
        for place, waiter in enumerate(waiters):
            asyncio.get_running_loop().call_later(place * apart, waiter.wake, True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
