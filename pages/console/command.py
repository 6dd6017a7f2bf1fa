"""The commands of `mcplan`; `COMMANDS` at the foot of this file is what `mcplan --help` shows.

What a command needs is imported inside it: `mcplan --help` and `mcplan check` wait for no database and no screen.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mcplan.numbers import count
from mcplan.views.installation import say_size
from pages.console.admin import admin
from pages.console.exchange import export, import_
from pages.console.layout import (
    AtVersion,
    Chapters,
    GateName,
    Language,
    PaperSize,
    TemplateName,
    find_template,
    find_version,
    read_gate,
    read_shape,
)
from pages.console.letters import mail
from pages.console.options import AsJson, Create, Database, Overwrite, PlanId, is_free, print_json, write
from pages.console.place import Refused, choose_database, fetch_judged, operator, plans_at
from pages.console.upkeep import backup, doctor, migrate, restore
from pages.kit.settings import questionnaire_folder
from questionnaire.errors import QuestionnaireError
from questionnaire.load import load_questionnaire

MOST_PLANS = 1_000_000
"""A listing is never cut; this only tells the database where a page of plans ends."""


def main() -> None:
    """Run one command. What a person can mend is one sentence on stderr and exit code 2."""
    try:
        commands()
    except (Refused, QuestionnaireError) as problem:
        print(f"mcplan: {problem}", file=sys.stderr)
        sys.exit(2)


def run(
    port: Annotated[int, typer.Option(help="0 takes any free one.", min=0, max=65535)] = 8501,
    host: Annotated[str, typer.Option(help="An address of this computer.")] = "127.0.0.1",
    database: Database = "",
    create: Create = False,
    browser: Annotated[bool, typer.Option(help="Open the app in the browser.")] = True,
    room: Annotated[bool, typer.Option("--room", help="Let phones in this network take part in workshops.")] = False,
) -> None:
    """Start the app; it stays on this computer."""
    from pages.console.serve import serve

    choose_database(database, create=create)
    serve(host, port, open_browser=browser, room=room)


def demo(database: Database = "", create: Create = False) -> None:
    """Add the worked example and print its id."""
    from mcplan.example import load_example
    from storage.database import writing
    from storage.plans import start_plan

    asked = load_questionnaire(questionnaire_folder())
    with plans_at(database, create=create) as engine, writing(engine) as session:
        plan_id = start_plan(session, asked, load_example(), person=operator(), at=datetime.now(UTC))
    print(plan_id)


def plans(database: Database = "", as_json: AsJson = False) -> None:
    """List the plans, newest change first."""
    from pages.console.figures import summary_as_json, summary_in_words
    from storage.summaries import fetch_summaries

    asked = load_questionnaire(questionnaire_folder())
    with plans_at(database) as engine:
        found = fetch_summaries(engine, asked, operator(), at=datetime.now(UTC), limit=MOST_PLANS)
    if as_json:
        print_json([summary_as_json(summary) for summary in found])
    else:
        print("\n".join(summary_in_words(summary) for summary in found) or "There are no plans yet.")


def readiness(
    plan: PlanId,
    gate: GateName = "",
    database: Database = "",
    as_json: AsJson = False,
) -> None:
    """Say how ready a plan is for a gate, what stops it, and what would raise it most."""
    from pages.console.figures import readiness_as_json, readiness_in_words

    found = fetch_judged(plan, database, read_gate(gate))
    if as_json:
        print_json(readiness_as_json(found))
    else:
        print(readiness_in_words(found))


def dossier(
    plan: PlanId,
    output: Annotated[Path, typer.Option("--output", "-o", help="The Word file to write.")],
    brief: Annotated[bool, typer.Option("--brief", help="The board paper, six to eight pages.")] = False,
    gate: GateName = "",
    version: AtVersion = None,
    paper: PaperSize = "A4",
    language: Language = "en-GB",
    chapters: Chapters = None,
    template: TemplateName = "",
    overwrite: Overwrite = False,
    database: Database = "",
) -> None:
    """Write the Word dossier of a plan, as it is or as of a frozen version."""
    is_free(output, overwrite=overwrite)
    wanted, shape = read_gate(gate), read_shape(paper, language, chapters, brief=brief)
    from pages.console.paper import dossier_of
    from pages.kit.made_from import gather
    from storage.access import authorize
    from storage.database import reading

    asked, now = load_questionnaire(questionnaire_folder()), datetime.now(UTC)
    with plans_at(database) as engine, reading(engine) as session:
        look, base = find_template(session, template)
        access = authorize(session, operator(), plan, "export", now)
        frozen, shape = find_version(access, version), replace(shape, look=look)
        given = gather(access, asked, frozen, gate=wanted, brief=brief, shape=shape, now=now)
    with typer.progressbar(length=100, label="Writing the dossier", file=sys.stderr) as bar:
        document = dossier_of(given, lambda share: bar.update(round(100 * share) - bar.pos), base=base)
    write(output, document)


def check(folder: Annotated[Path, typer.Argument(help="Holds one TOML file for each phase or block.")]) -> None:
    """Check the questions in a folder; exit code 1 and the place of the first mistake if there is one."""
    try:
        found = load_questionnaire(folder)
    except QuestionnaireError as error:
        print(f"mcplan: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    print(f"{folder}: {say_size(found)}, all in order.")


def sources(as_json: AsJson = False) -> None:
    """Say where every question comes from: each item of the catalogue with its home."""
    from mcplan.views.sources import sources_as_json, view_sources

    asked = load_questionnaire(questionnaire_folder())
    if as_json:
        print_json(sources_as_json(asked))
        return
    for group in view_sources(asked).groups:
        print(f"\n{group.title}")
        for row in group.rows:
            print(f"  {row.code:<6} {row.says}\n         {row.done}: {row.homes}")


def recompute(database: Database = "") -> None:
    """Work out the list of plans ahead of time, after the questions have changed."""
    from storage.summaries import recompute_summaries

    asked = load_questionnaire(questionnaire_folder())
    with plans_at(database) as engine:
        done = recompute_summaries(engine, asked, at=datetime.now(UTC))
    print(f"{count(done, 'plan')} in the list brought up to date.".capitalize())


def actions(
    plan: PlanId,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write the days ahead to a calendar file.")] = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """List the actions of a plan, what is late first, or write its days as a calendar file (iCalendar)."""
    from mcplan.actions import actions_of
    from mcplan.dates import write_calendar
    from mcplan.known import Known
    from mcplan.views.actions import view_actions

    if ics:
        is_free(ics, overwrite=overwrite)
    found, now = fetch_judged(plan, database), datetime.now(UTC)
    known = Known(found.questionnaire, found.plan)
    if ics:
        write(ics, write_calendar(known, now))
    elif as_json:
        print_json([asdict(each) | {"due": each.due.isoformat() if each.due else None} for each in actions_of(known)])
    else:
        view = view_actions(found.questionnaire, found.plan, "all", me="", today=now.date())
        print("\n".join([view.message, *(f"  {each.sign.words}: {each.what} ({each.facts})" for each in view.lines)]))


def badge(
    plan: PlanId,
    output: Annotated[Path, typer.Option("--output", "-o", help="The JSON file to write.")],
    overwrite: Overwrite = False,
    database: Database = "",
) -> None:
    """Write the draft badge of a plan as Open Badges 3.0, and say on stderr what it still lacks."""
    is_free(output, overwrite=overwrite)
    from pages.console.paper import badge_of

    document, missing = badge_of(fetch_judged(plan, database))
    for line in missing:
        print(line, file=sys.stderr)
    write(output, document.encode())


COMMANDS = (
    run, demo, plans, readiness, dossier, badge, export, import_, check, sources, recompute, backup, restore, migrate,
    doctor, actions, mail,
)  # fmt: skip

commands = typer.Typer(
    help="Plan a micro-credential with your team.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _command in COMMANDS:
    # What Python keeps for itself has a line below its end.
    commands.command(_command.__name__.rstrip("_"))(_command)
commands.add_typer(admin, name="admin")
