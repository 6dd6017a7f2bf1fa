"""A version says whether it was frozen here or came with a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; all that is there was frozen here."""
    op.add_column("mc_version", sa.Column("is_elsewhere", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("mc_version", "is_elsewhere")
