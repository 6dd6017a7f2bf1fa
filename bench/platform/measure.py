"""How long people wait for mcplan, beside the least app that could do the same.

    python bench/platform/measure.py                  saving, opening, cold start; about two minutes
    python bench/platform/measure.py --plans 1000     the same with that many plans in the database
    python bench/platform/measure.py --rounds 5       quicker and rougher
    python bench/platform/measure.py --screens        opening each screen that shows what follows from the answers

Both apps run on this machine at the same time with the same server settings, and take turns. So trust the
ratios; the milliseconds are this machine's of today. The goals: saving at most 1.5 times the floor, opening a
phase at most twice, the other screens and a cold start at most 1.5 times.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from servers import browser, busy, command, floor, product

from mcplan.people import somebody_here

SCREENS = (
    "overview", "readiness", "findings", "risks", "alignment", "pathway", "finance", "journey", "ecosystem", "calendar",
    "summary", "badge", "sources", "comments", "history",
)  # fmt: skip
"""The screens that are no phases, by their path."""
DRAWN = {
    "charts": "[data-testid=stVegaLiteChart]",
    "tables": ":is([data-testid=stTable], .table)",
    "lists": "[data-testid=stSelectbox]",
    "days": "[data-testid=stDateInput]",
    "switches": "[data-testid=stButtonGroup]",
    "folds": ":is([data-testid=stPopover], [data-testid=stExpander])",
}
"""What the floor draws as often as a screen does, and how it is found on ours."""
AREAS = 24
"""Text areas of the floor beside those."""
GOALS = {"save": 1.5, "open": 2.0, "cold start": 1.5}

# Counts from the key press in the page itself until the app says that it is saved.
WATCH = """
window.watchOpen = (isProduct, amount) => new Promise(done => {
  const areas = () => isProduct
    ? [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
        .flatMap(each => [...each.shadowRoot?.querySelectorAll('.place') ?? []])
        .map(each => each.shadowRoot.querySelector('textarea#field')).filter(Boolean)
    : [...document.querySelectorAll('[data-testid=stMain] textarea')];
  const timer = setInterval(() => {
    const found = areas();
    if (found.length < amount || !found.at(-1).getBoundingClientRect().height) return;
    clearInterval(timer);
    requestAnimationFrame(() => setTimeout(() => done(performance.now())));
  }, 4);
});
// A screen is there once the server has nothing more to say and the browser has painted what it said.
window.watchDrawn = () => new Promise(done => {
  const timer = setInterval(() => {
    const app = document.querySelector('[data-testid=stApp]');
    const isDrawn = app?.dataset.testScriptState === 'notRunning' && document.querySelector('[data-testid=stMain] h1')
      && !document.querySelector('[data-testid=stMain] :is([data-stale=true], [data-testid=stSkeleton])')
      && [...document.querySelectorAll('[data-testid=stMain] [data-testid=stBidiComponentIsolated]')]
        .every(each => each.shadowRoot?.adoptedStyleSheets.length);
    if (!isDrawn) return;
    clearInterval(timer);
    requestAnimationFrame(() => setTimeout(() => done(performance.now())));
  }, 4);
});
window.watchSave = (isProduct, number) => {
  const boxes = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
    .flatMap(each => [...each.shadowRoot?.querySelectorAll('.place') ?? []]).map(each => each.shadowRoot)
    .filter(root => root.querySelector('textarea#field'));
  const place = isProduct ? boxes[number].querySelector('[role=status]')
    : document.querySelector('[data-testid=stMain]');
  const words = () => isProduct ? place.textContent : JSON.stringify(place.textContent.match(/saved r[0-9]+/g));
  const before = words();
  let began = null, changed = false;
  document.addEventListener('keydown', () => { began ??= performance.now(); }, { capture: true });
  window.saved = new Promise(done => {
    const look = () => {
      changed ||= words() !== before;
      const isSaved = isProduct ? changed && words().startsWith('Saved') : changed;
      if (began !== null && isSaved) { watcher.disconnect(); done(performance.now() - began); }
    };
    const watcher = new MutationObserver(look);
    watcher.observe(place, { subtree: true, childList: true, characterData: true });
  });
};
"""


def main():
    """Measure, and print a table."""
    given = read_words()
    print(f"Machine in use before we begin: {busy():.0%}")
    if given.screens:
        measure_screens(given)
        return
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        plans, others = Path(folder) / "plans.db", Path(folder) / "floor.db"
        plan = fill(plans, given.plans)
        took = {name: ([], []) for name in GOALS}
        for _ in range(max(3, given.rounds // 3)):
            took["cold start"][0].append(cold(chromium, floor, others, "The floor"))
            took["cold start"][1].append(cold(chromium, product, plans, "Cold-Climate|Plan [0-9]+"))
        with floor(others) as least, product(plans) as served:
            ours = Screen(chromium, f"{served.address}/{given.phase}?plan={plan}", is_product=True)
            theirs = Screen(chromium, f"{least.address}/?n={ours.questions()}", is_product=False)
            print(f"{given.phase}: {ours.questions()} questions; as many text areas in the floor; {given.plans} plans")
            for turn in range(given.rounds):
                for screen, at in ((theirs, 0), (ours, 1)):
                    took["open"][at].append(screen.open())
                    took["save"][at].extend(screen.save(3 * turn + each) for each in range(3))
    show(took)


def measure_screens(given):
    """Open each screen in turn beside the floor.

    The floor has as many text areas as a phase had questions at first, and below them as many charts, tables, lists to
    choose from, fields for a day, switches and folds as the screen: what draws a chart is loaded by whoever shows one.
    """
    took = {name: ([], []) for name in SCREENS}
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        plans, others = Path(folder) / "plans.db", Path(folder) / "floor.db"
        plan = fill(plans, given.plans)
        with floor(others) as least, product(plans) as served:
            theirs = Screen(chromium, f"{least.address}/?n={AREAS}", is_product=False)
            ours = known(chromium, served.address).new_page()
            ours.add_init_script(WATCH)
            alike = {}
            for name in SCREENS:
                drawn(ours, f"{served.address}/{name}?plan={plan}")
                ours.wait_for_timeout(1000)
                found = {kind: ours.locator(f"[data-testid=stMain] {mark}").count() for kind, mark in DRAWN.items()}
                alike[name] = "".join(f"&{kind}={amount}" for kind, amount in found.items())
            for _ in range(1 + max(3, given.rounds // 2)):
                for name in SCREENS:
                    took[name][0].append(drawn(theirs.page, theirs.address + alike[name]))
                    took[name][1].append(drawn(ours, f"{served.address}/{name}?plan={plan}"))
    show({name: (least[1:], mine[1:]) for name, (least, mine) in took.items()}, dict.fromkeys(SCREENS, 1.5))


def drawn(page, address):
    """Milliseconds from asking for a screen until it is drawn."""
    page.goto(address, wait_until="commit")
    return page.evaluate("window.watchDrawn()")


class Screen:
    """One screen of text boxes, in a browser window of its own."""

    def __init__(self, chromium, address, *, is_product):
        self.page = known(chromium, address).new_page()
        self.page.add_init_script(WATCH)
        self.address, self.is_product = address, is_product
        self.page.goto(address)
        self._settle()

    def boxes(self):
        """The boxes for long text, in the order of the screen."""
        return self.page.locator("textarea#field" if self.is_product else "[data-testid=stMain] textarea")

    def amount(self):
        """How many boxes there are."""
        return self.boxes().count()

    def questions(self):
        """How many questions the screen of mcplan asks, with or without long text."""
        return self.page.locator(".boxes > .place").count()

    def open(self):
        """Milliseconds from asking for the screen until its last box is there and painted.

        The page itself looks for it, every few milliseconds and in the same cheap way in both apps: a search from
        outside takes the longer the more there is on a screen, and holds up the drawing it waits for.
        """
        amount = self.amount()
        self.page.goto(self.address, wait_until="commit")
        took = self.page.evaluate("([product, amount]) => window.watchOpen(product, amount)", [self.is_product, amount])
        self._settle()
        return took

    def save(self, number):
        """Milliseconds from Ctrl+Enter until the screen says that the text is saved."""
        at = number % self.amount()
        box = self.boxes().nth(at)
        box.click()
        self.page.keyboard.press("Control+A")
        self.page.evaluate("([product, at]) => window.watchSave(product, at)", [self.is_product, at])
        self.page.keyboard.insert_text(f"People who work in regional care, as the survey of spring found ({number}).")
        self.page.keyboard.press("Control+Enter")
        took = self.page.evaluate("window.saved")
        self._settle()
        return took

    def _settle(self):
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", state="attached")
        self.boxes().first.wait_for()
        self.page.wait_for_timeout(150)


def known(chromium, address):
    """A browser window that mcplan need not ask for a name first."""
    context = chromium.new_context()
    context.add_cookies([{"name": "mcplan_me", "value": "Dana", "url": address}])
    return context


def cold(chromium, app, database, words):
    """Milliseconds from the start of the process until its first screen shows, in a browser that never saw it."""
    with app(database) as served:
        context = known(chromium, served.address)
        page = context.new_page()
        page.goto(served.address, wait_until="commit")
        page.get_by_text(re.compile(words)).first.wait_for()
        took = 1000 * (time.perf_counter() - served.started)
        context.close()
    return took


def fill(database, amount):
    """Put the worked example in, `amount` times; gives the id of the first."""
    plan_id = command("demo", "--create", database=database).strip()
    if amount > 1:
        # The product's own floors, so that the plans are as it would have stored them.
        from mcplan.example import load_example
        from questionnaire.load import load_questionnaire
        from storage.database import open_database, writing
        from storage.plans import start_plan

        asked, example, now = load_questionnaire(), load_example(), datetime.now(UTC)
        with writing(open_database(f"sqlite:///{database}")) as session:
            for number in range(1, amount):
                start_plan(
                    session,
                    asked,
                    replace(example, title=f"Plan {number}"),
                    person=somebody_here("Bench"),
                    at=now + timedelta(seconds=number),
                )
    return plan_id


def show(took, goals=GOALS):
    """Print medians and ratios."""
    print(f"{'':12}{'floor':>10}{'mcplan':>10}{'ratio':>8}{'goal':>8}")
    for name, (floor_took, product_took) in took.items():
        low, ours = median(floor_took), median(product_took)
        verdict = "" if ours / low <= goals[name] else "   missed"
        print(f"{name:12}{low:>7.0f} ms{ours:>7.0f} ms{ours / low:>8.2f}{goals[name]:>8.1f}{verdict}")
    print(f"Machine in use afterwards: {busy():.0%}")


def read_words():
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10, help="how often each app has its turn (10)")
    parser.add_argument("--plans", type=int, default=1, help="how many plans the database holds (1)")
    parser.add_argument("--phase", default="strategic", help="the phase screen to measure (strategic)")
    parser.add_argument("--screens", action="store_true", help="measure opening the screens that are no phases")
    return parser.parse_args()


if __name__ == "__main__":
    import sys

    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
