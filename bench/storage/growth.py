"""What a save costs as plans pile up: python bench/storage/growth.py [--steps 1 100 1000 14500] [--saves 400]

Every question of the shipped questionnaire is answered in each plan, so the steps go from 69 to
1,000,500 answers. Product and floor grow in turn. At each step saves go first to ten plans in use,
as in a workshop; then to plans chosen at random of which a screen has just shown the answers, as
every save of a person has one behind it; then to plans at random that nobody looked at. From the
third step on hardly any of the last is still known to the product (`storage.kept`), as for the
first save after a start. Product and floor take turns save by save, so that a busy moment of the
machine hits both. The first half of the saves only warms up.
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

PATTERNS = {"in use": (10, False), "just opened": (None, True), "at random": (None, False)}
"""How many of the plans take part, None for all; and whether a screen has shown the plan before the save."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--steps", type=int, nargs="*", default=[1, 100, 1_000, 14_500])
    options.add_argument("--saves", type=int, default=400)
    options.add_argument("--folder", help="put the files on this disk")
    given = options.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        run(Path(folder), given.steps, given.saves)


def run(folder: Path, steps: list[int], saves: int) -> None:
    questionnaire = load_questionnaire()
    questions = list(questionnaire.questions())
    paths = {name: folder / f"{place}.db" for place, name in enumerate(STORES)}
    stores = {name: make(f"sqlite:///{paths[name]}", questionnaire) for name, make in STORES.items()}
    ids, versions = {name: [] for name in stores}, {name: {} for name in stores}
    medians = {(name, pattern): [] for pattern in PATTERNS for name in stores}
    for plans in steps:
        for name, store in stores.items():
            ids[name] += store.seed(plans - len(ids[name]))
        for pattern, (most, is_shown) in PATTERNS.items():
            rng, times, reads = random.Random(plans), {name: [] for name in stores}, {name: [] for name in stores}
            for turn in range(2 * saves):
                place, question = rng.randrange(min(most or plans, plans)), rng.choice(questions)
                for name, store in stores.items():
                    plan_id, value = ids[name][place], a_value(rng, question)
                    seen = versions[name].get((plan_id, question.id), 1)
                    if is_shown:
                        store.read(plan_id)
                    times[name].append(timed(store.save, plan_id, question.id, value, seen))
                    versions[name][plan_id, question.id] = seen + 1
                    if turn % 4 == 0:
                        reads[name].append(timed(store.read, rng.choice(ids[name][:most])))
            for name in stores:
                medians[name, pattern].append(statistics.median(times[name][saves:]) * 1e3)
                size = sum(each.stat().st_size for each in folder.glob(f"{paths[name].name}*")) / 1e6
                what = f"{plans * len(questions):9,d} answers {size:6.0f} MB  {pattern:11s} {name:15s}"
                read = statistics.median(reads[name]) * 1e3
                print(f"{what} save {line(times[name][saves:])}  read med {read:.3f} ms", flush=True)
    floor, product = stores
    for pattern in PATTERNS:
        ours, least = medians[product, pattern], medians[floor, pattern]
        ratios = " ".join(f"{one / other:.2f}" for one, other in zip(ours, least, strict=True))
        print(
            f"{pattern:11s} product / floor at each step: {ratios}; last / first step: product {ours[-1] / ours[0]:.2f}"
        )


if __name__ == "__main__":
    main()
