"""The people of a load: each has a page open and types answers into it, in mcplan or in the floor.

Both kinds of people are driven alike: `open`, then `save` again and again, then `close`. What happened to them stands
in `acknowledged`, `errors`, `overtaken` and `took`.
"""

from __future__ import annotations

import asyncio
import random
import re
import secrets
import time

from wire import Broken, Line, Visit

WORDS = (
    "regional employers told us in spring that they need people who can plan a cold chain and prove it with a small "
    "credential which the council approves before the summer intake and reviews every second year with its partners"
).split()
LENGTH = 150
"""Words in an answer."""
ASTRAY = 0.1
"""Share of the saves that go to any question of the screen, and so to somebody else's."""
TRIES = 20
"""How often somebody who is overtaken sends again at once."""
DEBOUNCE = 0.6
"""Seconds after the last key when a box of mcplan sends, and for how long somebody is seen as typing afterwards."""
TYPING = 6.0
PULSE, SPREAD = 1.9, 0.2
"""Seconds between two pulses of a page, and at most so much more; only the latter after one that waited."""


class Somebody:
    """What people have in common, on whichever side they are."""

    def __init__(self, address, number):
        self.number, self.chance = number, random.Random(number)
        self.visit = Visit(address, f"Person {number}")
        self.acknowledged, self.errors, self.took = [], [], []
        """Question, revision and text of each save the server has taken; what went wrong; seconds of each save."""
        self.overtaken = self.redraws = self.serial = 0

    def words(self):
        """A text that nobody else has ever written."""
        self.serial += 1
        return " ".join([f"{self.number}-{self.serial}:", *self.chance.choices(WORDS, k=LENGTH - 1)])

    def pick(self, questions):
        """Mostly one's own question, sometimes any."""
        return (
            self.chance.choice(questions) if self.chance.random() < ASTRAY else questions[self.number % len(questions)]
        )

    async def save(self):
        """Store one text, and note how long it took."""
        begin = time.perf_counter()
        try:
            if await self.store():
                self.took.append(time.perf_counter() - begin - self.thought)
        except Broken as problem:
            self.errors.append(str(problem))

    thought = 0.0
    """Seconds of a save that the page waits of its own accord."""


class AtFloor(Somebody):
    """Somebody in the floor: a changed text area, a run, and "saved"."""

    async def open(self):
        """Open the page."""
        await self.visit.open()

    async def store(self):
        """True if it was stored."""
        id, text = self.pick(list(self.visit.areas)), self.words()
        self.visit.areas[id] = text
        await self.visit.run()
        question = re.search(r"q\d+$", id)[0]
        said = [each for each in self.visit.captions if re.match(r"saved r\d|blank", each)]
        revision = re.match(r"saved r(\d+)", said[int(question[1:])])
        if not revision:
            raise Broken("it does not say that it is saved")
        self.acknowledged.append((question, int(revision[1]), text))
        return True

    async def close(self):
        """Close the page."""
        await self.visit.close()


class AtProduct(Somebody):
    """Somebody in mcplan: a box that posts, and a page that asks for what is new."""

    thought = DEBOUNCE

    async def open(self):
        """Open the page, which from then on has a pulse."""
        await self.visit.open()
        self.saving, self.asking, self.name = Line(self.visit.origin), Line(self.visit.origin), secrets.token_hex(8)
        self._read()
        self.due, self.earlier, self.typed = time.monotonic() + 0.5, asyncio.Event(), ("", 0.0)
        self.mark, self.waiting, self.asked = "", None, 0
        self.beating = asyncio.create_task(self._beat())

    def _read(self):
        components = list(self.visit.boxes.values())
        self.strip = next(data for name, data in components if name == "mcplan_pulse")
        self.revision, self.form = self.strip["strip"]["revision"], self.strip["strip"]["form"]
        sections = [each for name, data in components if name == "mcplan_answer_box" for each in data["sections"]]
        self.boxes = {box["question"]: box for section in sections for box in section["boxes"]}

    async def store(self):
        """True if it was stored, at once or after a colleague's text."""
        texts = [id for id, box in self.boxes.items() if box["control"]["type"] == "paragraphs"]
        box, text = self.boxes[self.pick(texts)], self.words()
        self.typed = box["question"], time.monotonic()
        self.soon(0.3)
        await asyncio.sleep(DEBOUNCE)
        for _ in range(TRIES):
            call = {name: box[name] for name in ("plan", "question", "token")}
            call |= {"base": box["revision"], "changes": {"value": text}, "save_id": secrets.token_hex(8)}
            status, reply = await self.saving.post(box["url"], call)
            if status not in (200, 409):
                raise Broken(f"{status} {reply}")
            box["revision"] = max(box["revision"], reply["revision"])
            if status == 200:
                self.acknowledged.append((box["question"], reply["revision"], text))
                self.soon(0.05)
                return True
            self.overtaken += 1
        raise Broken("overtaken again and again")

    def soon(self, wait):
        """Let the next pulse come earlier."""
        self.due = min(self.due, time.monotonic() + wait)
        self.earlier.set()
        if self.waiting:
            asyncio.get_running_loop().call_later(wait, self.waiting.cancel)

    async def _beat(self):
        while True:
            while (wait := self.due - time.monotonic()) > 0:
                self.earlier.clear()
                try:
                    await asyncio.wait_for(self.earlier.wait(), wait)
                except TimeoutError:
                    break
            self.due, pause = float("inf"), PULSE
            try:
                pause = 0 if await self._ask() else PULSE
            except Broken as problem:
                self.errors.append(f"pulse: {problem}")
            self.due = min(self.due, time.monotonic() + pause + SPREAD * self.chance.random())

    async def _ask(self):
        """True if the next one follows at once: it waited at the server for nothing, or was broken off."""
        question, at = self.typed
        typing = question if time.monotonic() - at < TYPING else ""
        call = {name: self.strip[name] for name in ("plan", "token", "screen")} | {"visit": self.name}
        call |= {"typing": typing, "revision": self.revision, "mark": self.mark, "wait": not typing}
        call |= {"known": {id: box["revision"] for id, box in self.boxes.items()}}
        self.asked += 1
        answer = await self._post(call)
        if answer is None:
            self.asking.close()
            return True
        status, reply = answer
        if status != 200:
            raise Broken(f"{status} {reply}")
        if "waited" in reply:
            return True
        self.mark = reply["mark"]
        if "strip" in reply:
            await self._hear(reply)
        return False

    async def _post(self, call):
        """Status and reply; None if the call waited and the page broke it off, since it had something to say."""
        posted = asyncio.create_task(self.asking.post("/api/pulse", call))
        self.waiting = posted if call["wait"] else None
        try:
            await asyncio.wait({posted})
        finally:
            self.waiting = None
            posted.cancel()
        return None if posted.cancelled() else posted.result()

    async def _hear(self, reply):
        self.revision = reply["strip"]["revision"]
        for id, told in reply["answers"].items():
            self.boxes[id]["revision"] = max(self.boxes[id]["revision"], told["revision"])
        if reply["strip"]["form"] != self.form:
            self.redraws += 1
            await self.visit.run()
            self._read()

    async def close(self):
        """Close the page."""
        self.beating.cancel()
        self.saving.close()
        self.asking.close()
        await self.visit.close()
