"""Errors about what is asked and what may be answered."""

from __future__ import annotations


class QuestionnaireError(Exception):
    """The content files do not make a questionnaire; the message names file and entry."""


class AnswerRejected(ValueError):
    """What was put in does not fit its question; the message is shown to the person as is."""
