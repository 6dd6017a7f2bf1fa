"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "${up_revision}"
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables what this version needs."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Make them what the version before needs."""
    ${downgrades if downgrades else "pass"}
