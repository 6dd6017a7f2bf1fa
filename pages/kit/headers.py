"""What stands before every reply: who may ask at all, and what the browser is told.

Whose scripts may run, and that nothing is fetched from elsewhere.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.kit import identity
from pages.kit.room import reach

POLICY = "; ".join(
    (
        "default-src 'self'",
        # blob: since Streamlit starts the script of a component of our own from such an address.
        "script-src 'self' blob: 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        # Not every browser counts a websocket to the same server as 'self'.
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


HOME = "window.__streamlit = { BACKEND_BASE_URL: location.origin };"
SCRIPT = b'<script src="/home.js"></script>'


async def send_home(request: Request) -> Response:
    """Where the server is: at the root of the address, as nginx and all of our own routes have it."""
    return Response(HOME, media_type="text/javascript", headers={"Cache-Control": "public, max-age=86400"})


ROUTES = [Route("/home.js", send_home, methods=["GET"])]


class SecurityHeaders:
    """Adds them to every reply; files made for one person (`/media/`) are also kept out of every cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if scope["path"].startswith("/media/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Home:
    """Tells each screen where its server is.

    At an address such as `/strategic` Streamlit's page would look for the server below that path first and wait for the
    refusal: an eighth of a second each time a link is opened. It has a variable for whoever knows better.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put our script at the head of each page of Streamlit's; everything else passes by."""
        is_page = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
        if not is_page or reach.is_of_a_room(scope["path"]):
            await self.app(scope, receive, send)
            return
        # A page that is packed could not be written into.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message = {}
        page = bytearray()

        async def send_with_home(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif not start or message["type"] != "http.response.body":
                await send(message)
            else:
                page.extend(message.get("body", b""))
                if not message.get("more_body"):
                    body = bytes(page).replace(b"<head>", b"<head>" + SCRIPT, 1)
                    MutableHeaders(scope=start)["Content-Length"] = str(len(body))
                    await send(start)
                    await send({**message, "body": body})

        await self.app({**scope, "headers": plain}, receive, send_with_home)


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return headers.get("content-type", "").startswith("text/html") and "content-length" in headers


class ThisComputerOnly:
    """Refuses callers from other computers while nobody has to sign in, whatever address the server listens at.

    All but the pages of a workshop, if the room was let in (`pages.kit.room.reach`): they open no plan.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        client = scope.get("client")
        # The rest reads files where there are no secrets, and every screen asks again and again.
        is_here = not client or identity.loopback(client[0])
        if is_here or reach.lets_in(scope) or identity.signs_in() or identity.is_open():
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(f"mcplan serves this computer only. {identity.HOW}", 403)(scope, receive, send)
