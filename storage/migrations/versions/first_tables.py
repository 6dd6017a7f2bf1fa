"""The first tables: plans, teams, answers, their history, and summaries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEVER = "the history of answers is append-only"


def upgrade() -> None:
    """Make the tables, and guard the history on either engine."""
    op.create_table(
        "mc_plan",
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("title", "gate", "institution", "unit")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("summary", "board")),
        sa.Column("start", sa.Date()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True)),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mc_plan"),
    )
    order = ["deleted_at", "archived_at", "changed_at", "id"]
    op.create_index("ix_mc_plan_deleted_at_archived_at_changed_at_id", "mc_plan", order)
    op.create_table(
        "mc_member",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "id", name="pk_mc_member"),
        _of_a_plan("mc_member"),
    )
    # Without row ids SQLite keeps the answers of a plan side by side, and writes each long key once, not twice.
    op.create_table(
        "mc_answer",
        *_said(),
        sa.PrimaryKeyConstraint("plan_id", "question_id", name="pk_mc_answer"),
        _of_a_plan("mc_answer"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mc_answer_revision",
        *_said(),
        sa.PrimaryKeyConstraint("plan_id", "question_id", "revision", name="pk_mc_answer_revision"),
        _of_a_plan("mc_answer_revision"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mc_plan_summary",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String()),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("floor", "ceiling", "coverage")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("stops", "open_risks", "blank", "asked")),
        sa.Column("phases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_mc_plan_summary"),
        _of_a_plan("mc_plan_summary"),
    )
    for statement in GUARDS[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take all of it away."""
    for table in ("mc_plan_summary", "mc_answer_revision", "mc_answer", "mc_member", "mc_plan"):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION mc_refuse()")


def _said() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("not_applicable", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("save_id", sa.String(), nullable=False),
    )


def _of_a_plan(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["plan_id"], ["mc_plan.id"], name=f"fk_{table}_plan_id")


GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER mc_answer_revision_no_{change} BEFORE {change} ON mc_answer_revision "
        f"BEGIN SELECT raise(ABORT, '{NEVER}'); END"
        for change in ("update", "delete")
    ),
    "postgresql": (
        f"CREATE FUNCTION mc_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$",
        "CREATE TRIGGER mc_answer_revision_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON mc_answer_revision "
        "FOR EACH STATEMENT EXECUTE FUNCTION mc_refuse()",
    ),
}
