"""Start and stop the two apps, each with a database of its own, and a browser to look at them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Running(NamedTuple):
    """A server that answers."""

    address: str
    started: float
    """When its process began, as `time.perf_counter` counts."""
    pid: int


@contextmanager
def browser():
    """Chromium without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@contextmanager
def product(database):
    """mcplan as people start it."""
    words = ["-m", "pages.console", "run", "--no-browser", "--create", "--database", str(database)]
    with _server(words, {}) as found:
        yield found


@contextmanager
def floor(database):
    """The floor app on the same settings, served the way Streamlit documents."""
    with serve_floor(HERE / "floor_app.py", str(database)) as found:
        yield found


@contextmanager
def serve_floor(app, database):
    """Any floor app; `database` is what it finds in `FLOOR_DATABASE`."""
    words = ["-m", "streamlit", "run", str(app), "--server.headless", "true"]
    with _server(words, {"FLOOR_DATABASE": database}, option="--server.port") as found:
        yield found


def command(*words, database):
    """What a `mcplan` command prints."""
    called = [sys.executable, "-m", "pages.console", *words, "--database", str(database)]
    return subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def processor_seconds(pid):
    """What a process has taken of the processor so far, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    """MiB of memory a process has in use, and how many threads."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024, int(re.search(r"Threads:\s+(\d+)", status)[1])


def busy(seconds=1.0):
    """Share of the machine that is in use, 0 to 1; figures from a busy machine say little."""
    total, idle = _ticks()
    time.sleep(seconds)
    total_then, idle_then = _ticks()
    return 1 - (idle_then - idle) / max(1, total_then - total)


@contextmanager
def _server(words, environment, option="--port"):
    port = _free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *words, option, str(port)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process)
        yield Running(address, started, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _wait_for(address, process):
    for _ in range(6000):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(address)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _ticks():
    numbers = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return sum(numbers), numbers[3] + numbers[4]
