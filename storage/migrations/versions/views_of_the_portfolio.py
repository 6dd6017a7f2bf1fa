"""Choices of plans that people keep under a name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "mc_view",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "who", "name")),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mc_view"),
    )
    op.create_index("ix_mc_view_who", "mc_view", ["who"])


def downgrade() -> None:
    """Take it away again, with what people have kept."""
    op.drop_table("mc_view")
