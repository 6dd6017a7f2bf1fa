"""What `mcplan doctor` looks at: questions, secret, and the database."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from pages.kit.settings import database_url, questionnaire_folder
from pages.kit.tokens import SecretMissing, secret
from questionnaire.errors import QuestionnaireError
from questionnaire.load import load_questionnaire
from questionnaire.model import Questionnaire
from storage import checkup
from storage.checkup import Check


def examine(backups: Path | None, most: int, at: datetime) -> list[Check]:
    """All checks, in the order people read them; `most` plans are scored anew."""
    url, _ = database_url()
    asked, questions = _check_questions()
    return [questions, _check_secret(url), *checkup.examine(url, asked, most=most, backups=backups, at=at)]


def _check_questions() -> tuple[Questionnaire | None, Check]:
    folder = questionnaire_folder()
    try:
        asked = load_questionnaire(folder)
    except QuestionnaireError as error:
        return None, Check("questions", "trouble", str(error), f"mcplan check {folder}")
    return asked, Check("questions", "well", f"The {len(list(asked.questions()))} questions are in order.")


def _check_secret(url: str) -> Check:
    named = os.environ.get("MCPLAN_SECRET", "").strip()
    beside = Path(url.partition(":///")[2] + ".secret")
    if url.startswith("sqlite") and not named:
        if beside.exists():
            return checkup.check_private([beside])
        return Check("secret", "well", f"mcplan makes {beside.name} by itself when it starts.")
    try:
        secret()
    except SecretMissing as problem:
        return Check("secret", "trouble", str(problem))
    return Check("secret", "well", "MCPLAN_SECRET is set.")
