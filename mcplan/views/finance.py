"""The money as a screen and the dossier show it: whether it pays, year by year, and what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from mcplan.finance.gaps import INPUTS
from mcplan.finance.inputs import NotEnough, read_costing
from mcplan.finance.model import Result, reckon
from mcplan.finance.remarks import Case, find_remarks
from mcplan.finance.whatif import scenarios, tornado
from mcplan.finance.words import headline, money, outcome, payback, several, share, why
from mcplan.known import Known
from mcplan.plan import Plan
from mcplan.views import finance_tables as tables
from mcplan.views.pointers import Pointer, point_to
from mcplan.views.table import Table
from questionnaire.model import Questionnaire


@dataclass(frozen=True)
class Bar:
    """A year in the chart; the first one is the time before, in which it is built."""

    name: str
    surplus: float
    so_far: float
    says: str
    says_so_far: str


@dataclass(frozen=True)
class YearsChart:
    """The surplus of each year, and all of it up to then."""

    title: str
    says: str
    """The chart in words, for those who do not see it."""
    currency: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Driver:
    """What the surplus becomes with one driver a fifth lower, and a fifth higher."""

    name: str
    lower: float
    higher: float
    says_lower: str
    says_higher: str


@dataclass(frozen=True)
class DriversChart:
    """What the surplus hangs on, most first."""

    title: str
    says: str
    currency: str
    now: float
    """The surplus with every driver as it is."""
    drivers: tuple[Driver, ...]


@dataclass(frozen=True)
class Paper:
    """Everything that follows once there is enough to reckon with."""

    headline: str
    """Whether it pays at the enrolment that is expected."""
    why: str
    """What stands behind that; empty if it is plain."""
    figures: tuple[tuple[str, str, str], ...]
    """Name, number, and what the number says."""
    mission: tuple[tuple[str, str, str], ...]
    """What it is for, to be seen beside the money."""
    measures: tuple[str, ...]
    """The plan's own measures of success, each with its target."""
    remarks: tuple[Pointer, ...]
    years: YearsChart
    by_year: Table
    scenarios: Table
    drivers: DriversChart
    by_driver: Table
    by_price: Table
    learner: Table
    costs: Table


@dataclass(frozen=True)
class FinanceView:
    """The money of a plan, or what is missing to reckon with it."""

    gaps: tuple[Pointer, ...]
    """What has to be filled in or put right first; empty if there is a paper."""
    paper: Paper | None
    inputs: tuple[Pointer, ...]
    """The questions whose answers are reckoned with."""


def view_finance(questionnaire: Questionnaire, plan: Plan) -> FinanceView:
    """What the finance screen shows."""
    known = Known(questionnaire, plan)
    inputs = tuple(point_to(questionnaire, id) for id in INPUTS if questionnaire.has(id))
    costing = read_costing(known)
    if isinstance(costing, NotEnough):
        gaps = tuple(point_to(questionnaire, gap.question_id, gap.says) for gap in costing.gaps)
        return FinanceView(gaps, None, inputs)
    case = Case(costing, reckon(costing), scenarios(costing))
    return FinanceView((), _paper(known, case), inputs)


def money_of(known: Known) -> Result | None:
    """What the costing of a plan comes to; None while too little is known."""
    costing = read_costing(known)
    return None if isinstance(costing, NotEnough) else reckon(costing)


def _paper(known: Known, case: Case) -> Paper:
    drivers = _drivers(case)
    return Paper(
        headline=headline(case.result),
        why=why(case.costing, case.result),
        figures=_figures(case),
        mission=_mission(case),
        measures=_measures(known),
        remarks=tuple(point_to(known.questionnaire, each.question_id, each.says) for each in find_remarks(case)),
        years=_years(case),
        by_year=tables.by_year(case),
        scenarios=tables.by_scenario(case),
        drivers=drivers,
        by_driver=Table(
            "The surplus with each driver 20 % lower and 20 % higher, and all others as they are",
            ("Driver", "20 % lower", "20 % higher"),
            tuple((each.name, each.says_lower, each.says_higher) for each in drivers.drivers),
        ),
        by_price=tables.by_price(case),
        learner=tables.of_a_learner(case),
        costs=tables.of_costs(case),
    )


def _figures(case: Case) -> tuple[tuple[str, str, str], ...]:
    result, span = case.result, several(len(case.result.years), "year")
    roi = "–" if result.roi is None else share(result.roi)
    return (
        ("Surplus", case.say(result.surplus), f"What is left after {span}, with all that it took to build it."),
        ("Return", roi, "Surplus by total cost (ROI)."),
        ("Payback", payback(result), "Until what was spent to build it has come in."),
        (
            "Value today",
            case.say(result.npv),
            f"All that comes in and goes out, discounted by {share(case.costing.discount)} a year (NPV).",
        ),
        (
            "Price to break even",
            "–" if result.break_even_price is None else case.say(result.break_even_price),
            f"The average price that covers all at this enrolment; now it is {case.say(result.unit.list_price)}.",
        ),
        (
            "Margin of safety",
            "–" if result.margin is None else share(result.margin),
            "By how much enrolment may fall short before there is a loss.",
        ),
    )


def _mission(case: Case) -> tuple[tuple[str, str, str], ...]:
    result, completion = case.result, case.costing.completion
    completers = "Not given" if completion is None else several(completion * result.learners, "learner")
    cost = "–" if result.cost_per_completer is None else case.say(result.cost_per_completer)
    enrolled = "–" if result.cost_per_enrolment is None else case.say(result.cost_per_enrolment)
    return (
        ("Learners who enrol", several(result.learners, "learner"), f"Over {several(len(result.years), 'year')}."),
        ("Learners certified", completers, "Those of them who are expected to complete."),
        ("Cost of an enrolment", enrolled, "Total cost by learners who enrol."),
        ("Cost of a learner certified", cost, "Total cost by learners who complete."),
    )


def _measures(known: Known) -> tuple[str, ...]:
    rows = known.rows("strategic.success")
    return tuple(f"{row.name}: {row.text('target')}" if row.text("target") else row.name for row in rows)


def _years(case: Case) -> YearsChart:
    result = case.result
    built = result.funding - result.development
    bars = [Bar("Before", float(built), float(built), case.say(built), case.say(built))]
    bars += [
        Bar(
            f"Year {each.year}", float(each.surplus), float(each.cumulative), case.say(each.surplus),
            case.say(each.cumulative),
        )
        for each in result.years
    ]  # fmt: skip
    title = outcome(case.costing, result)
    said = "; ".join(f"{bar.name} {bar.says}, so far {bar.says_so_far}" for bar in bars)
    return YearsChart(title, f"{title}. Surplus by year: {said}.", case.costing.currency, tuple(bars))


def _drivers(case: Case) -> DriversChart:
    currency = case.costing.currency
    swings = tornado(case.costing)
    drivers = tuple(
        Driver(
            each.driver, float(each.lower), float(each.higher), money(each.lower, currency),
            money(each.higher, currency),
        )
        for each in swings
    )  # fmt: skip
    top = drivers[0]
    # Widest first, so this is what matters most.
    then = f"a fifth less makes the surplus {top.says_lower}, a fifth more {top.says_higher}"
    title = f"Most hangs on {top.name.lower()}: {then}"
    said = "; ".join(f"{each.name} {each.says_lower} or {each.says_higher}" for each in drivers)
    says = f"{title}. Surplus with each driver 20 % lower or higher: {said}."
    return DriversChart(title, says, currency, float(case.result.surplus), drivers)
