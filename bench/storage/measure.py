"""What both benches share: answers to type, and the lines that are printed."""

from __future__ import annotations

import os
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

import sqlalchemy
import sqlmodel

from questionnaire.model import Question

WORDS = (
    "learner employer badge stackable competency evidence assessment rubric registrar pricing market portfolio partner "
    "accreditation workload delivery online cohort renewal accessibility mastery outcome board approval risk owner"
).split()


def a_value(rng: random.Random, question: Question):
    """Something typed in answer to `question`, about two hundred bytes on average."""
    if question.kind in ("short text", "long text"):
        return " ".join(rng.choices(WORDS, k=rng.randint(5, 60 if question.kind == "long text" else 20)))
    if question.options:
        most = 1 if question.kind == "choice" else min(3, len(question.options))
        picked = rng.sample(list(question.options), most)
        return {"picks": [option for option in question.options if option in picked], "other": ""}
    if question.columns:
        return {"rows": [_a_row(rng, question, f"r{place}") for place in range(rng.randint(1, 4))]}
    return OTHERS[question.kind]


def _a_row(rng: random.Random, question: Question, id: str) -> dict[str, object]:
    words = {each.id: " ".join(rng.choices(WORDS, k=4)) for each in question.columns if each.kind in ("text", "words")}
    numbers = {each.id: float(rng.randint(0, 500)) for each in question.columns if each.kind in ("number", "money")}
    return {"id": id, **words, **numbers}


def machine() -> str:
    """The machine and what one durable write costs on it, to print beside every figure."""
    return (
        f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, SQLAlchemy {sqlalchemy.__version__}, "
        f"SQLModel {sqlmodel.__version__}, fdatasync median {_fsync():.3f} ms"
    )


def line(seconds: list[float]) -> str:
    """Minimum, median, 95th percentile and maximum in milliseconds."""
    ms = sorted(each * 1e3 for each in seconds)
    p95 = ms[min(len(ms) - 1, round(0.95 * (len(ms) - 1)))]
    return f"min {ms[0]:7.3f}  med {statistics.median(ms):7.3f}  p95 {p95:7.3f}  max {ms[-1]:8.3f} ms  (n={len(ms)})"


def timed(work, *arguments) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def _fsync(times: int = 200) -> float:
    with tempfile.TemporaryDirectory() as folder:
        file = os.open(Path(folder) / "f", os.O_CREAT | os.O_WRONLY)
        spent = []
        for place in range(times):
            os.pwrite(file, b"x" * 4096, place % 64 * 4096)
            spent.append(timed(os.fdatasync, file))
        os.close(file)
    return statistics.median(spent) * 1e3


OTHERS = {
    "yes or no": "unknown",
    "quantity": 48.0,
    "percent": 75.0,
    "money": {"amount": 1450.0, "currency": "CAD"},
    "date": "2027-05-03",
    "link": "https://example.org/report",
}
