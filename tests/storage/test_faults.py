"""What breaks while people save: the program, the server, the line to it, and others at the same answer."""

from __future__ import annotations

import threading
import time

import psycopg
import pytest

from bench.faults.adapter import DatabaseProblem, Store
from bench.faults.judge import judge
from bench.faults.on_both import count_together, write_together
from bench.faults.on_servers import restart_under_writers, save_over_breaking_line
from bench.faults.places import filled
from bench.faults.writers import Writers


def test_no_acknowledged_save_is_lost_or_torn_when_the_program_is_killed(tmp_path):
    url, kept = filled(f"sqlite:///{tmp_path}/plans.db"), []
    for name in ("first", "second", "third"):
        writers = Writers(url, name, "--threads", "4")
        enough = len(kept) + 40
        while len(kept) + len(writers.said.kept) < enough:
            time.sleep(0.01)
        kept += writers.kill().kept
    assert judge(url, kept).is_good


def test_no_acknowledged_save_is_lost_or_doubled_when_the_server_restarts_under_six_people(server):
    said, verdict, _ = restart_under_writers(server, "immediate", seconds=2.5)
    assert (verdict.is_good, said.problems.total()) == (True, 0)
    assert said.kept_since > 20


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_save_is_stored_once_when_the_line_breaks_at_its_commit(server, when):
    kept, (verdict, breaks) = save_over_breaking_line(server, filled(server.new_database()), when, saves=3)
    assert (verdict.is_good, verdict.acknowledged, breaks) == (True, 3, 3)
    assert [each.revision for each in kept] == [1, 2, 3]


def test_eight_people_who_add_one_a_hundred_times_each_make_eight_hundred(url):
    value, revisions, late = count_together(filled(url))
    assert (value, revisions) == ("800", list(range(1, 801)))
    assert late > 0


def test_of_two_programs_at_the_same_answers_none_loses_a_save(url):
    says, is_good = write_together(filled(url), seconds=1)
    assert is_good, says


@pytest.fixture
def patience(monkeypatch):
    """One second of it instead of thirty."""
    monkeypatch.setattr("storage.database.PATIENCE", 1)


def test_a_save_behind_a_lock_that_is_never_let_go_is_told_so(server, patience):
    address = server.new_database()
    store, said = Store(filled(address)), []

    def save():
        with pytest.raises(DatabaseProblem) as problem:
            store.save_answer(1, "fault.case", "Sam's.", None, "Sam Ito")
        said.append(str(problem.value))

    waiting = threading.Thread(target=save, daemon=True)
    with psycopg.connect(address) as other:
        other.execute("SELECT id FROM mc_plan FOR UPDATE")
        waiting.start()
        waiting.join(5)
        assert [each.split(".")[0] for each in said] == ["Somebody else has been writing for too long"]
    store.close()


def test_a_program_that_stalls_in_a_save_stops_nobody_else_and_saves_when_it_wakes(server, patience):
    address = filled(server.new_database())
    stalling, others = Store(address), Store(address)

    sam = threading.Thread(target=others.save_answer, args=(1, "fault.sam", "Sam's.", None, "Sam Ito"), daemon=True)

    def stall():
        # Dana's save holds the plan here, so Sam's has to wait for it.
        if not sam.ident:
            sam.start()
            sam.join(5)
            assert not sam.is_alive()

    assert stalling.save_answer(1, "fault.dana", "Dana's.", None, "Dana Okafor", stall) == 1
    assert (others.read_history(1, "fault.sam"), others.read_history(1, "fault.dana")) == (
        [(1, "Sam's.")], [(1, "Dana's.")],
    )  # fmt: skip
    stalling.close()
    others.close()
