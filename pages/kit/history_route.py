"""The history of an answer for its box, when somebody opens it; and the texts that people gave up for a colleague's.

`POST /api/history` takes {plan, question, token, below} and replies with {steps, below, aside}: what each
person left behind in a sitting, latest first, a page at a time (`below` is the revision to go on from; 0
if there is nothing older). `POST /api/aside` takes {plan, question, token, field, text}: of two versions
somebody chose the other one, and theirs must not be lost for that.
"""

from __future__ import annotations

from mcplan.text import clean_text
from mcplan.views.history import steps, view_set_aside, view_step
from pages.kit import desk
from pages.kit.routes import Call, Refused, Reply, post_route
from storage.database import reading, storing
from storage.events import record
from storage.plans import fetch_plan
from storage.timeline import fetch_question_events, fetch_revisions

AT_ONCE = 20
SAVES = 200
"""Revisions that are read for a page; most are drawn together into one sitting."""
MOST_TEXT = 100_000
ASIDE = "set aside"


def history(call: Call) -> Reply:
    """A page of what was ever said to a question."""
    below = call.parts.get("below", 0)
    if type(below) is not int or not 0 <= below < 2**31:
        raise Refused(400, "This cannot be read.")
    question_id = call.name("question")
    if not desk.questionnaire().has(question_id):
        raise Refused(404, "This question is not in the questionnaire any more.")
    question = desk.questionnaire().question(question_id)
    with reading(desk.engine()) as session:
        access = call.access(session, "view")
        plan = fetch_plan(access)
        revisions = fetch_revisions(access, question_id, below=below or 2**31 - 1, most=SAVES)
        aside = [] if below else fetch_question_events(access, question_id, ASIDE)
    found = steps(revisions)
    # The last one may go on in what was not read; it then begins the next page, if it does not fill this one alone.
    whole = found[:-1] if len(revisions) == SAVES and len(found) > 1 else found
    page = whole[:AT_ONCE]
    older = page[-1].before.revision if page and page[-1].before else 0
    return 200, {
        "steps": [view_step(question, plan, step) for step in page],
        "below": older + 1 if older else 0,
        "aside": [view_set_aside(event) for event in aside],
    }


def set_aside(call: Call) -> Reply:
    """Keep a text that somebody gave up."""
    field, text, question_id = call.name("field"), call.parts.get("text"), call.name("question")
    if not isinstance(text, str) or not text.strip() or len(text) > MOST_TEXT:
        raise Refused(400, "This cannot be read.")

    details = {"name": field, "after": clean_text(text)}

    def work(session: desk.Session) -> None:
        access = call.access(session, "answer")
        # Sent again, because the reply to the first got lost, it is kept once.
        kept = fetch_question_events(access, question_id, ASIDE)
        if any((each.by, each.details) == (access.person.name, details) for each in kept):
            return
        record(access, ASIDE, call.now, question_id=question_id, **details)

    storing(desk.engine(), work)
    return 200, {}


ROUTES = [post_route("/api/history", history), post_route("/api/aside", set_aside)]
