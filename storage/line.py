"""The line to a PostgreSQL: how long it may be silent, and how long whoever holds something there may stall."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL

LINE: dict[str, Any] = {
    "connect_timeout": 10,
    # A server that has vanished from the net sends no word: ask after 5 seconds, then every 3, and give up at 14.
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    # While words of ours are on their way no such question is sent: then give up when none is confirmed for so long.
    # Linux looks at this in place of the count above, and only when it asks: 12 seconds end at the question at 14.
    "tcp_user_timeout": 12_000,
}
"""How long a line to PostgreSQL may be silent, in seconds and milliseconds; what the address itself says goes first."""


def line_to(address: URL, patience: int) -> dict[str, Any]:
    """What the driver is told of a line, apart from what its address says itself.

    Args:
        address: of the database.
        patience: seconds somebody waits for a lock before they give up.
    """
    given = " ".join(address.normalized_query.get("options", ()))
    # A program that stalls in the middle of a save lets go of the plan before whoever waits for it gives up.
    limits = f"-c lock_timeout={patience * 1000} -c idle_in_transaction_session_timeout={patience * 500} {given}"
    return {name: value for name, value in LINE.items() if name not in address.query} | {"options": limits.strip()}
