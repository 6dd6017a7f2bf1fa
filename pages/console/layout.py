"""How somebody wants a dossier, as words of the command line: each checked before anything is read or written.

What is needed to read them is imported when they are read: `mcplan --help` waits for none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pages.console.place import Refused
from questionnaire.model import GATES, Gate

if TYPE_CHECKING:
    from mcplan.dossier.given import Paper, Shape
    from mcplan.version import Version
    from storage.access import PlanAccess

PaperSize = Annotated[str, typer.Option("--paper", help="A4 or Letter.")]
Language = Annotated[str, typer.Option("--language", help="How days and numbers are written, such as fr-CA.")]
Chapters = Annotated[
    str | None,
    typer.Option(
        "--chapters",
        help="Which of those that may be left out are wanted, such as risks,sign-off; or none.",
    ),
]
TemplateName = Annotated[str, typer.Option("--template", help="Name or id of a template of the institution.")]
AtVersion = Annotated[int | None, typer.Option("--version", help="The number of a frozen version; else as it is now.")]
GateName = Annotated[str, typer.Option("--gate", help="G1, G2 or G3; else the gate the plan works towards.")]
NONE = "none"


def read_gate(words: str) -> Gate | None:
    """A gate by its short name; None if nothing was said.

    Raises:
        Refused: there is no such gate.
    """
    if words and words not in GATES:
        raise Refused(f"There is no gate {words}; the gates are {', '.join(GATES)}.")
    return next((gate for gate in GATES if gate == words), None)


def read_shape(paper: str, language: str, chapters: str | None, *, brief: bool) -> Shape:
    """The layout that was asked for, without its template.

    Raises:
        Refused: a word of it says nothing mcplan knows.
    """
    from mcplan.dossier.given import Shape

    return Shape(_paper(paper), _habit(language), "", _left_out(chapters, brief=brief))


def find_version(access: PlanAccess, number: int | None) -> Version | None:
    """The version of this number; None if none was asked for.

    Raises:
        Refused: the plan has no such version.
    """
    from storage.versions import fetch_versions

    if number is None:
        return None
    versions = fetch_versions(access)
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        has = (
            f"It has {', '.join(str(each.number) for each in reversed(versions))}." if versions else "It has none yet."
        )
        raise Refused(f"The plan has no version {number}. {has}")
    return found


def find_template(session: Any, wanted: str) -> tuple[str, bytes | None]:
    """The id and the file of a template by its name or id; nothing for the look of mcplan.

    Raises:
        Refused: there is none of this name, or there are several.
    """
    from storage.templates import fetch_template, fetch_templates

    if not wanted:
        return "", None
    there = fetch_templates(session)
    found = [each for each in there if wanted == each.id] or [
        each for each in there if wanted.casefold() == each.name.casefold()
    ]
    if not found:
        names = f"There are: {', '.join(each.name for each in there)}." if there else "There is none yet."
        raise Refused(f"There is no template “{wanted}”. {names}")
    if len(found) > 1:
        ids = ", ".join(each.id for each in found)
        raise Refused(f"Several templates are called “{wanted}”. Name one by its id: {ids}.")
    return found[0].id, fetch_template(session, found[0].id)


def _paper(words: str) -> Paper:
    from mcplan.dossier.given import PAPERS

    for paper, called in PAPERS.items():
        if words.casefold() in (paper.casefold(), called.casefold()):
            return paper
    raise Refused(f"mcplan knows no paper “{words}”. Take A4 or Letter.")


def _habit(words: str) -> str:
    from mcplan.dossier.saying import HABITS

    found = next((tag for tag in HABITS if tag.casefold() == words.replace("_", "-").casefold()), None)
    if found is None:
        raise Refused(f"mcplan writes no days and numbers for “{words}”. It knows {', '.join(HABITS)}.")
    return found


def _left_out(chapters: str | None, *, brief: bool) -> frozenset[str]:
    from mcplan.dossier.sections import BOARD, CONTENTS

    optional = [name for name, _ in (BOARD if brief else CONTENTS) if name]
    if chapters is None:
        return frozenset()
    wanted = [each.strip().casefold() for each in chapters.split(",") if each.strip()]
    if wanted == [NONE]:
        return frozenset(optional)
    strange = [each for each in wanted if each not in optional]
    if strange or not wanted:
        paper = "The board paper" if brief else "The full dossier"
        named = f"no chapter “{strange[0]}” to choose" if strange else "chapters to choose by name"
        raise Refused(f"{paper} has {named}. It has {', '.join(optional)}; or say {NONE}.")
    return frozenset(optional) - set(wanted)
