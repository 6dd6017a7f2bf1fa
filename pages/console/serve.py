"""Serving the app to browsers."""

from __future__ import annotations

import gc
import socket
import webbrowser
from contextlib import suppress

import uvicorn

from pages.console.place import Refused, refusing
from pages.kit import identity, start
from pages.kit.room import reach
from pages.kit.waiting import Waiting
from storage.access import Watch


def serve(host: str, port: int, *, open_browser: bool, room: bool = False) -> None:
    """Serve the app until somebody stops it; prints the address once it answers.

    With `room` the local network may also reach the pages of workshops, and nothing else (`pages.kit.room.reach`).
    Under `uvicorn` replies leave at once; `streamlit run` holds each save back by 40 ms.

    Raises:
        Refused: plans would lie open to others, the port is taken, or the database cannot be opened.
        QuestionnaireError: a content file is wrong.
    """
    host = identity.loopback(host) or host
    start.will_serve(host)
    if room and identity.loopback(host):
        host = _let_in(port)
    # Looking for garbage in what is being imported, and later in what stays for good, only makes people wait.
    gc.disable()
    from app import app
    from pages.kit import desk, pulse_route

    _refuse_taken(host, port)
    # What is wrong with plans or questions is said here, not to the first visitor.
    with refusing():
        desk.questionnaire()
        desk.engine()
    gc.freeze()
    gc.enable()
    config = uvicorn.Config(app, host, port, ws="websockets-sansio", log_level="warning", access_log=False)
    with suppress(KeyboardInterrupt):
        _Server(config, pulse_route.WAITING, open_browser=open_browser).run()


def _let_in(port: int) -> str:
    if not port:
        raise Refused("Name the port with --port, so that phones know where to find the workshop.")
    where = reach.let_in(port)
    if not where:
        raise Refused("This computer is in no network, so no phone can reach it. Connect it, then start mcplan again.")
    print(f"The room takes part at {where}; everything else stays on this computer", flush=True)
    return "0.0.0.0"  # noqa: S104 whoever comes from elsewhere sees the pages of workshops alone


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(f"Port {port} cannot be used: {error.strerror}. Choose another one with --port.") from error


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, waiting: Waiting[Watch], *, open_browser: bool) -> None:
        super().__init__(config)
        self._waiting = waiting
        self._open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        self._waiting.open()
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        host = "127.0.0.1" if reach.is_open() else host
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        print(f"mcplan is at {address} (stop it with Ctrl+C)", flush=True)
        if self._open_browser:
            webbrowser.open(address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # It goes once all calls are answered, also those that have time.
        self._waiting.close()
        await super().shutdown(sockets)
