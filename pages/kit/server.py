"""What the server answers beside the screens: our own routes, and what every reply carries."""

from __future__ import annotations

from starlette.middleware import Middleware

from pages.kit import answer_box, headers, history_route, lead_route, pulse_route, room_routes, save_route, talk_route
from pages.kit.headers import Home, SecurityHeaders, ThisComputerOnly

ROUTES = [
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
