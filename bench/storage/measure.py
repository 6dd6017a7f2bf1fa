"""What both benches share: a questionnaire of a hundred questions, answers to type, and the lines that are printed."""

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

from questionnaire.model import OpenRisk, Phase, Question, Questionnaire, Section, Stage

PHASES = ("strategic", "marketing", "operational", "design", "delivery", "maintenance")
WORDS = (
    "learner employer badge stackable competency evidence assessment rubric registrar pricing market portfolio partner "
    "accreditation workload delivery online cohort renewal accessibility mastery outcome board approval risk owner"
).split()
KINDS = ("long text",) * 11 + ("choice",) * 4 + ("choices",) * 2 + ("quantity",) * 2 + ("money",)
OPTIONS = {word: word.capitalize() for word in WORDS}
RISK = OpenRisk("nobody knows", "the board may send it back", "the launch slips", 3, 3, "market")


def a_questionnaire(asked: int = 100) -> Questionnaire:
    """Six phases that share `asked` questions of mixed kinds, weights and gates; each carries a risk."""
    questions = [_question(place) for place in range(asked)]
    return Questionnaire(
        tuple(
            Phase(name, name, "", (Section(f"{name}.all", "", tuple(questions[place :: len(PHASES)])),))
            for place, name in enumerate(PHASES)
        )
    )


def _question(place: int) -> Question:
    return Question(
        id=f"{PHASES[place % len(PHASES)]}.q{place:03d}",
        ask="?",
        kind=KINDS[place % len(KINDS)],
        options=OPTIONS,
        unit="hours",
        weight=1 + place % 3,
        gate=("G1", "G2", "G3")[place % 3],
        asked_stage=Stage(1 + place % 3),
        risk=RISK,
    )


def a_value(rng: random.Random, question: Question):
    """Something typed in answer to `question`, about 190 bytes on average."""
    if question.kind == "long text":
        return " ".join(rng.choices(WORDS, k=rng.randint(5, 60)))
    if question.kind in ("choice", "choices"):
        return {"picks": rng.sample(WORDS, 1 if question.kind == "choice" else 3), "other": ""}
    amount = float(rng.randint(0, 100_000))
    return amount if question.kind == "quantity" else {"amount": amount, "currency": "CAD"}


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
