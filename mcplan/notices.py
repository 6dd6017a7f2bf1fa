"""What people are told by e-mail: which events are news for whom, and the words of each message.

Off until an installation names its mail server. To tell people of another kind of event, add a function to `NEWS`
at the foot of this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from mcplan.membership import Membership
from mcplan.people import Person
from mcplan.timeline import Event

Wish = Literal["at once", "daily", "never"]
"""How a person wants to be told: of each thing as it happens and once a day, once a day only, or not at all."""
WISHES: tuple[Wish, ...] = get_args(Wish)
LONGEST_SUBJECT = 120


@dataclass(frozen=True)
class Notice:
    """One message for one person."""

    key: str
    """The same for the same news to the same person, so that it is sent once however often it is worked out."""
    email: str
    subject: str
    text: str
    person_id: str = ""
    """Whose wish counts; empty for somebody who has never signed in."""


@dataclass(frozen=True)
class Scene:
    """Where an event took place: the plan, who may open it now, and the address mcplan is reached at."""

    plan_id: str
    title: str
    people: Sequence[Membership]
    """Those who may open it now."""
    invited: str
    """The address invited by the event, if it is an invitation; the event itself keeps only what may stand for good."""
    home: str
    """Such as https://plans.example.org, without a slash at its end; empty if it is not known."""

    def link(self, screen: str, question_id: str = "") -> str:
        """The address of a screen of the plan, as the last line of a message; empty if nobody knows ours."""
        at = f"&question={question_id}" if question_id else ""
        return f"{self.home}/{screen}?plan={self.plan_id}{at}" if self.home else ""


def notices_of(event: Event, number: int, scene: Scene) -> list[Notice]:
    """The messages an event gives rise to; nobody is told of what they did themselves.

    Args:
        event: what was done.
        number: its number in the database.
        scene: the plan it was done to, as it is now.
    """
    write = NEWS.get(event.kind)
    return [replace(each, key=f"event-{number}-{each.email}") for each in write(event, scene)] if write else []


def digest(person: Person, on: date, due: Iterable[str], news: Iterable[tuple[str, int]], home: str) -> Notice | None:
    """What waits for a person and what is new, once a day; None if that is nothing.

    Args:
        person: who is told.
        on: the day.
        due: what waits for them, each in one line, the most urgent first.
        news: the plans of theirs in which others did something since yesterday, and how many things.
        home: the address mcplan is reached at.
    """
    waits = [f"- {line}" for line in due]
    fresh = [f"- {title}: {count} {'change' if count == 1 else 'changes'} by others" for title, count in news]
    if not (waits or fresh) or not person.email:
        return None
    parts = [
        *(["What waits for you:", *waits, ""] if waits else []),
        *(["New since yesterday:", *fresh, ""] if fresh else []),
    ]
    subject = f"Your micro-credential plans: {_things(len(waits))}" if waits else "News in your micro-credential plans"
    text = _text(person.name, "\n".join(parts).strip(), f"{home}/work" if home else "")
    return Notice(f"digest-{on.isoformat()}-{person.id}", person.email, subject, text, person.id)


def _things(count: int) -> str:
    return "one thing waits for you" if count == 1 else f"{count} things wait for you"


def _invited(event: Event, scene: Scene) -> list[Notice]:
    # An invitation by link has no address to write to: whoever made the link hands it on.
    if not scene.invited:
        return []
    role = event.details.get("after", "a member")
    body = (
        f"{event.by} invites you to the micro-credential plan “{scene.title}” as {role}. Sign in with this e-mail "
        "address and you will find it in your list of plans."
    )
    return [
        Notice("", scene.invited, _subject(f"{event.by} invites you to “{scene.title}”"), _text("", body, scene.home))
    ]


def _assigned(event: Event, scene: Scene) -> list[Notice]:
    asked = event.details.get("after", "")
    body = f"{event.by} asks you to look at a comment in “{scene.title}”:\n\n    {event.details.get('name', '')}"
    link = scene.link("comments")
    return _to(scene, event, f"{event.by} asks you about “{scene.title}”", body, link, lambda each: each.name == asked)


def _submitted(event: Event, scene: Scene) -> list[Notice]:
    body = f"{event.by} {event.words} of “{scene.title}”. Your review is asked for."
    subject = f"“{scene.title}” waits for your review"
    return _to(scene, event, subject, body, scene.link("review"), lambda each: each.role == "reviewer")


def _handed_over(event: Event, scene: Scene) -> list[Notice]:
    asked = event.details.get("before", "")
    body = f"{event.by} asks you to decide on version {event.details.get('name', '')} of “{scene.title}”."
    subject = f"“{scene.title}” waits for your decision"
    return _to(scene, event, subject, body, scene.link("decision"), lambda each: each.name == asked)


def _decided(event: Event, scene: Scene) -> list[Notice]:
    body = f"{event.by} {event.words} of “{scene.title}”."
    subject = f"A decision on “{scene.title}”"
    return _to(scene, event, subject, body, scene.link("decision"), lambda each: each.role != "viewer")


def _to(
    scene: Scene, event: Event, subject: str, body: str, link: str, who: Callable[[Membership], bool]
) -> list[Notice]:
    told = [each for each in scene.people if who(each) and each.name != event.by and not each.is_disabled]
    return [
        Notice("", each.email, _subject(subject), _text(each.name, body, link), each.person_id)
        for each in told
        if each.email
    ]


def _subject(words: str) -> str:
    # A line break in a title would end the subject and begin a line of the letter's own head.
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def _text(name: str, body: str, link: str) -> str:
    greeting = f"Hello {name}," if name else "Hello,"
    end = "mcplan writes to you because you are on this plan. On the screen “My work” you say how often."
    return "\n\n".join(part for part in (greeting, body, link, f"-- \n{end}") if part) + "\n"


NEWS: dict[str, Callable[[Event, Scene], list[Notice]]] = {
    "invited": _invited,
    "comment assigned": _assigned,
    "submitted": _submitted,
    "decision handed over": _handed_over,
    **dict.fromkeys(("approved", "approved with conditions", "returned", "deferred"), _decided),
}
"""By kind of event (`mcplan.timeline.KINDS`), who is told what."""
