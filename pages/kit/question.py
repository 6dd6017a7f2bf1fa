"""One question on a phase screen: its words, the box for the answer, and in the box the guidance beside it."""

from __future__ import annotations

from mcplan.views.phase import QuestionView
from pages.kit import desk
from pages.kit.answer_box import answer_box
from pages.kit.tokens import box_address


def ask(view: QuestionView) -> None:
    """Draw a question. Its box saves by itself; nothing of it comes back through the screen.

    All of it is one element, since twenty-four questions of ten elements each would open slowly.
    """
    words = {
        "heading": f"{view.code}  {view.ask}",
        "facts": " · ".join(view.tags),
        "guidance": view.guidance,
        "target": desk.target() == view.id,
        "row": desk.target_row() if desk.target() == view.id else "",
        "open_talk": desk.target() == view.id and desk.opens_talk(),
    }
    answer_box({**view.box, **box_address(view.box), **words}, key=f"q-{view.id}")
