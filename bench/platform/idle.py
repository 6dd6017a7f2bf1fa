"""What people cost who only have a screen open: python bench/platform/idle.py [--people 50] [--seconds 60] [--rounds 3]

Each of them is a browser of their own at the same phase of the worked example: a session of Streamlit with its
websocket, and a page that asks for what is new (`crowd.py`). Nobody changes anything. What is measured is the processor
time the server took, so a busy machine blurs it little. Aim: 50 people take at most 5 % of one core.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from crowd import AtProduct
from people import AT_ONCE, Product
from servers import busy, processor_seconds

SETTLE = 6.0
"""Seconds after the last one has come, until everybody has heard of everybody."""


def main():
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=50, help="how many look on (50)")
    options.add_argument("--seconds", type=float, default=60, help="how long (60)")
    options.add_argument("--rounds", type=int, default=3, help="how often, each time with a new server (3)")
    given = options.parse_args()
    seen = [measure(given.people, given.seconds) for _ in range(given.rounds)]
    print(f"median: {median(seen):.1f} % of one core")


def measure(people, seconds):
    """Percent of a core that a server takes for so many people; prints a line."""
    with tempfile.TemporaryDirectory() as folder:
        app = Product(Path(folder), "strategic")
        with app.serve(app.database) as running:
            print(f"machine in use {busy():.0%}, ", end="", flush=True)
            return asyncio.run(look_on(f"{running.address}/{app.query}", running.pid, people, seconds))


async def look_on(address, pid, people, seconds):
    """Let people come, and stay."""
    crowd = [AtProduct(address, number) for number in range(people)]
    for at in range(0, people, AT_ONCE):
        await asyncio.gather(*(person.open() for person in crowd[at : at + AT_ONCE]))
    await asyncio.sleep(SETTLE)
    used, asked, begin = processor_seconds(pid), sum(person.asked for person in crowd), time.monotonic()
    await asyncio.sleep(seconds)
    lasted = time.monotonic() - begin
    share = 100 * (processor_seconds(pid) - used) / lasted
    often = (sum(person.asked for person in crowd) - asked) / lasted
    errors = sum(len(person.errors) for person in crowd)
    print(f"{people} people, {often:.1f} calls a second, {errors} errors: {share:.1f} % of one core", flush=True)
    await asyncio.gather(*(person.close() for person in crowd))
    return share


if __name__ == "__main__":
    main()
