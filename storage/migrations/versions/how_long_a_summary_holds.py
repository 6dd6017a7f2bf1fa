"""A summary says until which day it holds: an accepted risk is open again the day after its acceptance ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the day; what was accepted before is worked out anew, since the rules are others now."""
    op.add_column("mc_plan_summary", sa.Column("fresh_until", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("mc_plan_summary", "fresh_until")
