"""What people cost who only have a screen open: python bench/platform/idle.py [--people 50] [--seconds 30]

Each of them asks `POST /api/pulse` every two seconds, as `pages/kit/answer_box/pulse.js` does, while nobody changes
anything. What is measured is the processor time the server took, so a busy machine does not blur it. Aim: 50 people
take at most 5 % of one core. The drawing of the screens themselves is not part of it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from mcplan.people import LOCAL
from pages.kit.tokens import Caller, secret_in, write_token
from tests.browser.served import Served

PAUSE = 2.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--seconds", type=int, default=30)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        served = Served(Path(folder))
        served.start()
        try:
            asyncio.run(run(served, given.people, given.seconds))
        finally:
            served.kill()


async def run(served: Served, people: int, seconds: int) -> None:
    plan_id = served.start_plan()
    secret = secret_in(Path(served.engine.url.database + ".secret"))
    async with httpx.AsyncClient(base_url=served.url, headers={"Origin": served.url}, timeout=30) as client:
        ends = time.monotonic() + seconds + 4
        crowd = [asyncio.create_task(sit(client, plan_id, secret, number, ends)) for number in range(people)]
        await asyncio.sleep(4)
        before, begin = processor_seconds(served.process.pid), time.monotonic()
        asked = sum(await asyncio.gather(*crowd))
        took, lasted = processor_seconds(served.process.pid) - before, time.monotonic() - begin
    print(f"{people} people, {asked} questions, load {os.getloadavg()[0]:.1f}")
    print(f"server: {took:.2f} s of processor time in {lasted:.1f} s: {100 * took / lasted:.1f} % of one core")


async def sit(client: httpx.AsyncClient, plan_id: str, secret: bytes, number: int, ends: float) -> int:
    """Ask again and again; how often."""
    token = write_token(secret, Caller(LOCAL, f"Person {number}"), plan_id, datetime.now(UTC))
    asked, revision = 0, 0
    await asyncio.sleep(PAUSE * number / 50)
    while time.monotonic() < ends:
        parts = {"plan": plan_id, "token": token, "visit": f"v{number}", "screen": "first", "typing": ""}
        reply = await client.post("/api/pulse", json=parts | {"revision": revision, "known": {}})
        reply.raise_for_status()
        revision, asked = reply.json()["revision"], asked + 1
        await asyncio.sleep(PAUSE)
    return asked


def processor_seconds(pid: int) -> float:
    """What a process has taken of the processor so far, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
