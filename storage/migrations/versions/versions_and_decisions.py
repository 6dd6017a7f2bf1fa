"""Frozen versions of plans, their way through a board, and the reviews on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEVER = "versions and decisions are append-only"
APPEND_ONLY = ("mc_wording", "mc_version", "mc_submission", "mc_move")
TABLES = ("mc_review", "mc_move", "mc_submission", "mc_version", "mc_wording")


def upgrade() -> None:
    """Add the tables, and guard all but the reviews on either engine. What is there stays untouched."""
    op.create_table("mc_wording", *_words("sha256", "content"), sa.PrimaryKeyConstraint("sha256", name="pk_mc_wording"))
    op.create_table(
        "mc_version",
        *_words("id", "plan_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_words("name", "by"),
        *_moments("at"),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_words("sha256", "wording", "content"),
        sa.PrimaryKeyConstraint("id", name="pk_mc_version"),
        sa.UniqueConstraint("plan_id", "number", name="uq_mc_version_plan_id_number"),
        _to("mc_version", "plan_id", "mc_plan.id"),
        _to("mc_version", "wording", "mc_wording.sha256"),
    )
    op.create_table(
        "mc_submission",
        *_words("id", "plan_id", "version_id", "gate", "presenter", "decider"),
        sa.Column("meets_on", sa.Date(), nullable=True),
        *_words("by"),
        *_moments("at"),
        sa.PrimaryKeyConstraint("id", name="pk_mc_submission"),
        _to("mc_submission", "plan_id", "mc_plan.id"),
        _to("mc_submission", "version_id", "mc_version.id"),
    )
    op.create_index("ix_mc_submission_plan_id", "mc_submission", ["plan_id"])
    op.create_table(
        "mc_move",
        *_words("plan_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_words("id", "submission_id", "kind", "by", "person_id"),
        *_moments("at"),
        *_words("decided_by"),
        sa.Column("decided_on", sa.Date(), nullable=True),
        *_words("reason"),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("plan_id", "number", name="pk_mc_move"),
        sa.UniqueConstraint("id", name="uq_mc_move_id"),
        _to("mc_move", "plan_id", "mc_plan.id"),
        _to("mc_move", "submission_id", "mc_submission.id"),
    )
    op.create_table(
        "mc_review",
        *_words("submission_id", "scorer", "plan_id", "name", "side"),
        sa.Column("scores", sa.Text(), nullable=False),
        *_words("words"),
        *_moments("handed_in_at", nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_words("by"),
        *_moments("at"),
        sa.PrimaryKeyConstraint("submission_id", "scorer", name="pk_mc_review"),
        _to("mc_review", "submission_id", "mc_submission.id"),
        _to("mc_review", "plan_id", "mc_plan.id"),
    )
    for statement in GUARDS[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take the tables away again; plans, answers and their history stay."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION mc_refuse_version()")


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.String(), nullable=False) for name in names)


def _moments(*names: str, nullable: bool = False) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names)


def _to(table: str, column: str, home: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [home], name=f"fk_{table}_{column}")


GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} BEGIN SELECT raise(ABORT, '{NEVER}'); END"
        for table in APPEND_ONLY
        for change in ("update", "delete")
    ),
    "postgresql": (
        "CREATE FUNCTION mc_refuse_version() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$",
        *(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION mc_refuse_version()"
            for table in APPEND_ONLY
        ),
    ),
}
