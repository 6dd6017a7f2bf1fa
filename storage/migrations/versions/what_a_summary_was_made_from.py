"""Each summary says from which revision of its plan it was worked out, and with which questions and rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both columns. No plan has the revision 0, so the summaries there are will be worked out anew when needed."""
    op.add_column("mc_plan_summary", sa.Column("plan_revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("mc_plan_summary", sa.Column("scored_by", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the columns away again; an older mcplan then needs its `mcplan recompute`."""
    op.drop_column("mc_plan_summary", "scored_by")
    op.drop_column("mc_plan_summary", "plan_revision")
