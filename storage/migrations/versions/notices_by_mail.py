"""Messages by e-mail, how far the events have been looked through for them, and how each person wants to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables and a column. Nobody is told of anything that happened before."""
    op.add_column("mc_person", sa.Column("mail", sa.String(), nullable=False, server_default="at once"))
    op.create_table(
        "mc_notice",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("key", "email", "subject", "text")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("made_at", "next_at")),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_mc_notice"),
    )
    op.create_index("ix_mc_notice_sent_at_next_at", "mc_notice", ["sent_at", "next_at"])
    op.create_table(
        "mc_mark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_mc_mark"),
    )


def downgrade() -> None:
    """Take them away again, with the messages that were not sent yet."""
    op.drop_table("mc_mark")
    op.drop_table("mc_notice")
    op.drop_column("mc_person", "mail")
