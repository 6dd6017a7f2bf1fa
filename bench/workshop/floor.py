"""The people of the floor app: each has a session of Streamlit open, which draws its fragment anew once a second."""

from __future__ import annotations

import asyncio
import random
import time

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from wire import Visit

WITHIN = 3.0
PAUSE = 1.0
PARTS = (ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN)
"""The run of a fragment ends nobody's wait for the whole script, nor does one that makes room for the next."""


class Guest(Visit):
    """A session that honours the timer of a fragment, as Streamlit's own page does."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(address, name)
        self.seen_at: dict[str, float] = {}
        """By what it said of the step, when that was first read."""
        self.timers: dict[str, asyncio.Task] = {}

    async def write(self, text: str) -> float:
        """Change the text area; the milliseconds until the run that kept it had ended."""
        (id,) = self.areas
        self.areas[id] = text
        began = time.perf_counter()
        await self.run()
        return 1000 * (time.perf_counter() - began)

    async def propose(self) -> float:
        """Write something within three seconds."""
        await asyncio.sleep(random.random() * WITHIN)
        return await self.write(f"By {self.name}")

    async def close(self) -> None:
        """Close the page."""
        for timer in self.timers.values():
            timer.cancel()
        await super().close()

    def _hear(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "auto_rerun":
            told = message.auto_rerun
            if told.fragment_id not in self.timers:
                self.timers[told.fragment_id] = asyncio.create_task(self._live(told.fragment_id))
        elif kind != "script_finished" or message.script_finished not in PARTS:
            super()._hear(message)
        while self.captions:
            self.seen_at.setdefault(self.captions.pop(), time.perf_counter())

    async def _live(self, fragment: str) -> None:
        await asyncio.sleep(random.random() * PAUSE)
        while True:
            await asyncio.sleep(PAUSE)
            asked = BackMsg()
            rerun = asked.rerun_script
            rerun.query_string, rerun.page_script_hash = self.query, self.hash
            rerun.fragment_id, rerun.is_auto_rerun = fragment, True
            rerun.widget_states.SetInParent()
            for id, text in self.areas.items():
                rerun.widget_states.widgets.add(id=id, string_value=text)
            try:
                await self.socket.send(asked.SerializeToString())
            except websockets.ConnectionClosed:
                return


async def play(urls: list[str], people: int, moves: int) -> tuple[list[float], list[float]]:
    """The same workshop in the floor: the milliseconds each move took to reach each session, and each save."""
    guests = [Guest(urls[number % len(urls)], f"Person {number}") for number in range(people)]
    for start in range(0, people, 10):
        await asyncio.gather(*(guest.open() for guest in guests[start : start + 10]))
    lead, reached = Guest(f"{urls[0]}/?lead=1", "Lead"), []
    await lead.open()
    await asyncio.sleep(3)
    for number in range(1, moves + 1):
        began = time.perf_counter()
        await lead.write(str(number))
        while not all(f"step {number}" in guest.seen_at for guest in guests):
            await asyncio.sleep(0.02)
        reached += [1000 * (guest.seen_at[f"step {number}"] - began) for guest in guests]
        await asyncio.sleep(random.random())
    saves = await asyncio.gather(*(guest.propose() for guest in guests))
    await asyncio.gather(*(guest.close() for guest in (*guests, lead)))
    return reached, list(saves)
