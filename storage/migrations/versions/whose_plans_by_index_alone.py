"""Whose plans they are can be read from an index alone."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
OLD, NEW = "ix_mc_membership_person_id", "ix_mc_membership_person_id_ends_at_plan_id"


def upgrade() -> None:
    """An index that also says which plans, and until when."""
    op.create_index(NEW, "mc_membership", ["person_id", "ends_at", "plan_id"])
    op.drop_index(OLD, "mc_membership")


def downgrade() -> None:
    """The one that only knows the person."""
    op.create_index(OLD, "mc_membership", ["person_id"])
    op.drop_index(NEW, "mc_membership")
