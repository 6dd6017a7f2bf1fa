"""One save by one person, product beside floor: python bench/storage/write.py [--rounds 5] [--saves 500]

Ten plans with every question of the shipped questionnaire answered, working towards the last gate;
on SQLite with full sync. Of the product's saves some go to plans that this process knows (warm), some
to plans of which it has forgotten everything (cold). They and the floor's take turns save by save,
so that a busy moment of the machine hits all three; the first round only warms up. Median of the
medians of the rounds, and their ratios, stand in the last lines.

What a save puts off is measured too: the reply, which takes the plan as a whole once the save is
stored, and the first page of the list of plans, where ten plans have been saved to since.
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
    floor, product = (
        make(f"sqlite:///{folder}/{place}.db", questionnaire) for place, make in enumerate(STORES.values())
    )
    stores = {"SQLModel floor": floor, "product, warm": product, "product, cold": product}
    ids = {store: store.seed(10) for store in (floor, product)}
    versions, rng = {store: {} for store in ids}, random.Random(0)
    rows = ("reply, warm", "reply, cold", "list after saves", "list again", "read, floor", "read, product")
    spent, medians, others = {name: [] for name in stores}, {name: [] for name in stores}, {name: [] for name in rows}
    for round_ in range(rounds + 1):
        times = {name: [] for name in stores}
        for turn in range(saves):
            for name, store in stores.items():
                plan_id, question = rng.choice(ids[store]), rng.choice(questions)
                seen, value = versions[store].get((plan_id, question.id), 1), a_value(rng, question)
                if name == "product, cold":
                    store.forget(plan_id)
                elif name == "product, warm":
                    store.read(plan_id)
                times[name].append(timed(store.save, plan_id, question.id, value, seen))
                versions[store][plan_id, question.id] = seen + 1
                if round_ and store is product and turn % 4 == 0:
                    others[name.replace("product", "reply")].append(timed(product.reply, plan_id))
        if round_:
            for name in stores:
                spent[name] += times[name]
                medians[name].append(statistics.median(times[name]) * 1e3)
            others["list after saves"].append(timed(product.list))
            others["list again"].append(timed(product.list))
            others["read, floor"] += [timed(floor.read, rng.choice(ids[floor])) for _ in range(100)]
            others["read, product"] += [timed(product.read, rng.choice(ids[product])) for _ in range(100)]
    for name in stores:
        print(f"save  {name:16s} {line(spent[name])}  rounds {' '.join(f'{each:.3f}' for each in medians[name])}")
    for name, times in others.items():
        print(f"      {name:16s} {line(times)}")
    least, warm, cold = (statistics.median(medians[name]) for name in stores)
    print(f"save: floor {least:.3f} ms; product warm {warm:.3f} ms, ratio {warm / least:.2f}", end="; ")
    print(f"cold {cold:.3f} ms, ratio {cold / least:.2f}")


if __name__ == "__main__":
    main()
