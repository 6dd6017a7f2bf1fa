"""The box answers are typed into: a component of our own, because no typed word may wait for a screen to be redrawn.

Streamlit's own fields tell the server what was typed when they lose the focus, and lose it where a
tap, a reload or a restart comes first. The box sends it while it is typed (`saver.js`) to
`pages.kit.save_route`, and never through a run of the screen.

A component's script is sent along with every single box. Ours is therefore a few lines that load the
real one from an address of our own (`ROUTES`), which the browser keeps: the address changes with
the files. To add a way of putting something in, see `fields.js`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.kit import desk

HERE = Path(__file__).parent
TYPES = {".js": "text/javascript", ".css": "text/css"}
FILES: dict[str, bytes] = {path.name: path.read_bytes() for path in sorted(HERE.iterdir()) if path.suffix in TYPES}
TRIES = 120
"""How often a box asks for its script, a second apart, before it gives up."""
VERSION = hashlib.sha256(b"".join(FILES.values())).hexdigest()[:16]


def answer_boxes(sections: Iterable[tuple[str, Iterable[Mapping[str, Any]]]], *, key: str) -> None:
    """Draw the boxes of some questions; one element for all, since each costs its time when a screen opens.

    Args:
        sections: a heading, "" for none, and the boxes below it. A box is what `mcplan.views.answer.view_box` gives,
            with `url` and `token` from `pages.kit.tokens.box_address`, and `target`: True to bring it into view.
        key: the name of all of them on the screen.
    """
    given = [{"title": title, "boxes": [dict(box) for box in boxes]} for title, boxes in sections]
    _answer_box(key=key, data={"sections": given})


def plan_talk(view: Mapping[str, Any]) -> None:
    """Draw the threads about the plan as a whole; the screen around them is drawn again when somebody comments.

    Args:
        view: `plan`, `me`, `token`, the `label` of the plan, and under `talk` how many threads are open and in all.
    """
    _plan_talk(key="plan-talk", data={"question": "", **view}, on_changed_change=_draw_again)


def draft_banner(plan_id: str) -> None:
    """Name the questions at which this device has words that the server never got, those of the plan first.

    Usually there are none, and nothing is drawn.
    """
    _draft_banner(key="drafts", data={"me": desk.me(), "plan": plan_id})


def pulse(view: Mapping[str, Any]) -> None:
    """Draw the strip at the head of a screen, and let it ask what is new for as long as the screen is open.

    Args:
        view: the `strip` (`mcplan.views.live.view_strip`), with `plan`, `token`, the path of the `screen`,
            and the `talk` number that its comments were counted at.
    """
    _pulse(key="pulse", data=dict(view), on_changed_change=_draw_again)


def lists(groups: list[dict[str, Any]], *, key: str, act: Callable[[], None] | None = None) -> None:
    """Draw lists of cards with their links; one element for all of them.

    Args:
        groups: what `pages.kit.cards` makes of them.
        key: the name of all of them on the screen.
        act: called when the button of a card was pressed.
    """
    _lists(key=key, data={"groups": groups}, on_deed_change=act or _draw_again)


def table_of(given: Mapping[str, Any], *, key: str) -> None:
    """Draw a table.

    Args:
        given: a `caption` for those who do not see it, `columns`, and `rows` of cells: words,
            or `words` with an `icon` before them or the `address` they lead to.
        key: its name on the screen.
    """
    _table(key=key, data=dict(given))


def sign_out_button(me: str) -> bool:
    """Draw a button to sign out; True in the run in which it was pressed.

    What is typed on this device and not stored is named before; afterwards the device keeps none of it.
    """
    pressed = _sign_out(key="sign-out", data={"me": me}, on_out_change=_draw_again)
    return bool(pressed.get("out"))


def in_page(key: str) -> str:
    """The key of a widget as it stands in the page, in the name of a class."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())


def keep_typed(
    form: str,
    fields: Iterable[str],
    *,
    label: str,
    number: int = 0,
    mine: int = 0,
    stored: Mapping[str, str] | None = None,
) -> None:
    """Keep on this device what is typed into fields of Streamlit's, and put it back after a reload.

    Args:
        form: its name in the plan.
        fields: what the keys of its fields begin with, as they stand in the page: letters, digits and hyphens.
        label: what the form is called where its words wait.
        number: how many moves the person sees made; the keys of such a form end with a number of their visit.
        mine: the number of their own last one: what they typed before that went with it.
        stored: what is stored by key, for a form that is stored while it is typed.
    """
    given = {"form": form, "fields": list(fields), "label": label, "number": number, "mine": mine}
    given |= {"stored": dict(stored or {}), "sends": stored is not None, "numbered": stored is None}
    _typed(key=f"typed-{form}", data={"me": desk.me(), "plan": desk.plan_id(), **given})


def _draw_again() -> None:
    """The screen is drawn again, since that is what happens after any such word from it; nothing else is to be done."""


async def send_file(request: Request) -> Response:
    """One file of the component. Its address holds the version, so it may be kept for ever."""
    name, version = request.path_params["name"], request.path_params["version"]
    if version.partition(".")[0] != VERSION or name not in FILES:
        return Response("There is no such file.", status_code=404)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(FILES[name], media_type=TYPES[Path(name).suffix], headers=kept)


ROUTES = [Route("/answer-box/{version}/{name}", send_file, methods=["GET"])]


def _script(name: str) -> str:
    # A component's script lives at a blob: address, against which nothing relative can be found. A browser never
    # asks again for a script that got lost on a bad network, so each try goes to a folder of another name.
    return f"""const address = (again) => `/answer-box/{VERSION}${{again ? "." + again : ""}}/{name}`;
const load = (again = 0) => import(new URL(address(again), location.origin).href).catch(async (lost) => {{
  if (again >= {TRIES}) throw lost;
  await new Promise((go) => setTimeout(go, 1000));
  return load(again + 1);
}});
export default (await load()).default;
"""


_answer_box = st.components.v2.component("mcplan_answer_box", js=_script("answer_box.js"))
_pulse = st.components.v2.component("mcplan_pulse", js=_script("pulse.js"))
_plan_talk = st.components.v2.component("mcplan_talk", js=_script("plan_talk.js"))
_sign_out = st.components.v2.component("mcplan_sign_out", js=_script("sign_out.js"))
_typed = st.components.v2.component("mcplan_typed", js=_script("typed.js"))
_lists = st.components.v2.component("mcplan_lists", js=_script("cards.js"))
_table = st.components.v2.component("mcplan_table", js=_script("table.js"))
_draft_banner = st.components.v2.component("mcplan_draft_banner", js=_script("draft_banner.js"))
