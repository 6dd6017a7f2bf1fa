"""The questions of a phase screen: their words, the boxes for the answers, and in each box the guidance beside it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from mcplan.views.phase import QuestionView, SectionView, view_kept
from pages.kit import desk, talk
from pages.kit.answer_box import answer_boxes
from pages.kit.desk import Here
from pages.kit.tokens import box_address


def ask(sections: Iterable[SectionView]) -> None:
    """Draw the questions, section by section. Their boxes save by themselves; nothing comes back through the screen."""
    answer_boxes([(each.title, map(_box, each.questions)) for each in sections], key="questions")


def ask_kept(here: Here, *question_ids: str) -> None:
    """Draw the boxes of questions that no phase asks, such as the register of risks; a questionnaire may lack them."""
    kept = partial(
        view_kept,
        desk.questionnaire(),
        here.plan,
        me=desk.me(),
        closed=not here.may("answer"),
        since=here.since,
        talk=talk.counts(),
    )
    ask([kept(each) for each in question_ids if desk.questionnaire().has(each)])


def _box(view: QuestionView) -> dict[str, Any]:
    words = {
        "heading": f"{view.code}  {view.ask}".strip(),
        "facts": " · ".join(view.tags),
        "guidance": view.guidance,
        "target": desk.target() == view.id,
        "row": desk.target_row() if desk.target() == view.id else "",
        "open_talk": desk.target() == view.id and desk.opens_talk(),
    }
    return {**view.box, **box_address(view.box), **words}
