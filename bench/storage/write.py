"""One save by one person, product beside floor: python bench/storage/write.py [--rounds 5] [--saves 500]

Ten plans with every question of the shipped questionnaire answered, working towards the last gate,
so that all of it is scored; on SQLite with full sync. Rounds take turns, so that a busy moment
of the machine hits both; the first round only warms up. Median of the medians of the rounds,
and their ratio, stand in the last line.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from measure import a_value, line, machine, timed
from stores import STORES

from questionnaire.load import load_questionnaire


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--saves", type=int, default=500)
    options.add_argument("--folder", help="put the files on this disk")
    given = options.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        run(Path(folder), given.rounds, given.saves)


def run(folder: Path, rounds: int, saves: int) -> None:
    questionnaire = load_questionnaire()
    questions = list(questionnaire.questions())
    stores = {
        name: make(f"sqlite:///{folder}/{place}.db", questionnaire) for place, (name, make) in enumerate(STORES.items())
    }
    ids = {name: store.seed(10) for name, store in stores.items()}
    versions = {name: {} for name in stores}
    spent, reads, medians = ({name: [] for name in stores} for _ in range(3))
    for round_ in range(rounds + 1):
        for name, store in stores.items():
            rng, times = random.Random(round_), []
            for _ in range(saves):
                plan_id, question = rng.choice(ids[name]), rng.choice(questions)
                seen = versions[name].get((plan_id, question.id), 1)
                times.append(timed(store.save, plan_id, question.id, a_value(rng, question), seen))
                versions[name][plan_id, question.id] = seen + 1
            if round_:
                spent[name] += times
                medians[name].append(statistics.median(times) * 1e3)
                reads[name] += [timed(store.read, rng.choice(ids[name])) for _ in range(100)]
    for name in stores:
        print(
            f"save  {name:15s} {line(spent[name])}  round medians {' '.join(f'{each:.3f}' for each in medians[name])}"
        )
    for name in stores:
        print(f"read  {name:15s} {line(reads[name])}")
    floor, product = (statistics.median(medians[name]) for name in stores)
    print(f"save: product {product:.3f} ms, floor {floor:.3f} ms, ratio {product / floor:.2f}")


if __name__ == "__main__":
    main()
