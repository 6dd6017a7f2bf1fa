"""Workshops: what was planned, where each stands, who takes part and what they said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "mc_workshop_note", "mc_workshop_rating", "mc_vote", "mc_proposal", "mc_participant", "mc_workshop_item",
    "mc_workshop",
)  # fmt: skip


def upgrade() -> None:
    """Add the tables. Nothing else is touched."""
    op.create_table(
        "mc_workshop",
        *_words("id", "plan_id", "title", "state"),
        *_numbers("minutes", "opening", "closing"),
        *_marks("is_anonymous"),
        *_words("by"),
        *_moments("at"),
        *_words("code"),
        *_moments("code_ends_at", nullable=True),
        *_marks("is_locked"),
        *_numbers("place"),
        *_words("step"),
        *_moments("step_ends_at", nullable=True),
        *_numbers("revision", "pulse"),
        *_words("lead"),
        *_moments("lead_seen_at", "opened_at", "closed_at", nullable=True),
        *_texts("before", "after"),
        sa.PrimaryKeyConstraint("id", name="pk_mc_workshop"),
        _of("mc_workshop", "plan_id", "mc_plan.id"),
    )
    op.create_index("ix_mc_workshop_plan_id", "mc_workshop", ["plan_id"])
    op.create_index("ix_mc_workshop_code", "mc_workshop", ["code"])
    op.create_table(
        "mc_workshop_item",
        *_words("id", "plan_id", "workshop_id"),
        *_numbers("place"),
        *_words("question_id"),
        *_numbers("minutes"),
        *_words("outcome", "draft"),
        *_numbers("draft_revision", "committed"),
        *_words("commit_id", "said"),
        *_moments("began_at", "ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mc_workshop_item"),
        *_belongs("mc_workshop_item"),
    )
    op.create_table(
        "mc_participant",
        *_words("id", "plan_id", "workshop_id", "name", "name_key", "person_id"),
        *_moments("joined_at"),
        *_moments("removed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mc_participant"),
        sa.UniqueConstraint("workshop_id", "name_key", name="uq_mc_participant_workshop_id_name_key"),
        *_belongs("mc_participant"),
    )
    op.create_table(
        "mc_proposal",
        *_words("item_id", "participant_id", "plan_id", "workshop_id", "text"),
        *_numbers("revision"),
        *_words("save_id"),
        *_moments("at"),
        sa.PrimaryKeyConstraint("item_id", "participant_id", name="pk_mc_proposal"),
        *_belongs("mc_proposal"),
        *_said("mc_proposal", "item_id", "participant_id"),
    )
    op.create_table(
        "mc_vote",
        *_words("item_id", "participant_id", "proposal_by", "plan_id", "workshop_id"),
        sa.PrimaryKeyConstraint("item_id", "participant_id", "proposal_by", name="pk_mc_vote"),
        *_belongs("mc_vote"),
        *_said("mc_vote", "item_id", "participant_id", "proposal_by"),
    )
    op.create_table(
        "mc_workshop_rating",
        *_words("workshop_id", "item_id", "participant_id", "plan_id"),
        *_numbers("number"),
        sa.PrimaryKeyConstraint("workshop_id", "item_id", "participant_id", name="pk_mc_workshop_rating"),
        *_belongs("mc_workshop_rating"),
        *_said("mc_workshop_rating", "participant_id"),
    )
    op.create_table(
        "mc_workshop_note",
        *_words("id", "plan_id", "workshop_id", "kind", "text", "by"),
        *_moments("at"),
        *_words("question_id", "owner"),
        sa.Column("due", sa.Date(), nullable=True),
        *_words("became"),
        sa.PrimaryKeyConstraint("id", name="pk_mc_workshop_note"),
        *_belongs("mc_workshop_note"),
    )
    for table in ("mc_workshop_item", "mc_proposal", "mc_vote", "mc_workshop_note"):
        op.create_index(f"ix_{table}_workshop_id", table, ["workshop_id"])


def downgrade() -> None:
    """Take the tables away again; what was committed stands in the plan."""
    for table in TABLES:
        op.drop_table(table)


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.String(), nullable=False) for name in names)


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _numbers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def _marks(*names: str) -> tuple[sa.Column[bool], ...]:
    return tuple(sa.Column(name, sa.Boolean(), nullable=False) for name in names)


def _moments(*names: str, nullable: bool = False) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names)


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _belongs(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return _of(table, "plan_id", "mc_plan.id"), _of(table, "workshop_id", "mc_workshop.id")


def _said(table: str, *columns: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        _of(table, column, "mc_workshop_item.id" if column == "item_id" else "mc_participant.id") for column in columns
    )
