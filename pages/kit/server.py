"""What the server answers beside the screens: our own routes, and what every reply carries."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.kit import answer_box, headers, history_route, lead_route, pulse_route, room_routes, save_route, talk_route
from pages.kit.headers import Home, SecurityHeaders, ThisComputerOnly

ICON = (Path(__file__).parent / "icon.png").read_bytes()


async def send_icon(_request: Request) -> Response:
    """The picture on the browser's tab, at the address where Streamlit's page expects its own.

    As `page_icon` it would be looked at anew in every run, by libraries that take a tenth of a second to load.
    """
    return Response(ICON, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


ROUTES = [
    Route("/favicon.png", send_icon, methods=["GET"]),
    *save_route.ROUTES,
    *pulse_route.ROUTES,
    *history_route.ROUTES,
    *talk_route.ROUTES,
    *lead_route.ROUTES,
    *room_routes.ROUTES,
    *answer_box.ROUTES,
    *headers.ROUTES,
]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(Home), Middleware(ThisComputerOnly)]
