"""A line between mcplan and a PostgreSQL that can be made to break around a commit."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Literal

COMMIT = b"COMMIT"
"""What stands in the wish to commit, and in the server's reply to it."""


class Line:
    """Carries everything to and fro on loopback, until it is told to break.

    `break_at` makes it break once: "before" the next wish to commit has reached the server, or
    "after" the server has done so and before mcplan has heard of it. Nobody at mcplan's end can
    tell the two apart.
    """

    def __init__(self, port: int) -> None:
        self.break_at: Literal["", "before", "after"] = ""
        self.breaks = 0
        self._server = ("127.0.0.1", port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._answer, daemon=True).start()

    def close(self) -> None:
        """Take no more calls; those that are on end with their ends."""
        # Closing alone does not wake up who waits at the door.
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _answer(self) -> None:
        # `close` ends the waiting with an OSError.
        with suppress(OSError):
            while True:
                ends = self._door.accept()[0], socket.create_connection(self._server)
                for way in (ends, ends[::-1]):
                    threading.Thread(target=self._carry, args=(*way, way is ends), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        breaks_at = "before" if is_asking else "after"
        # Either end may hang up at any time, in the middle of a word too.
        with suppress(OSError):
            while words := source.recv(1 << 16):
                if self.break_at == breaks_at and COMMIT in words:
                    self.break_at, self.breaks = "", self.breaks + 1
                    break
                target.sendall(words)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
