"""People, who may open which plan, what was done to it, comments, and who is there right now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEVER = "the history of a plan is append-only"
TABLES = ("mc_visit", "mc_presence", "mc_comment", "mc_event", "mc_invitation", "mc_membership", "mc_person")


def upgrade() -> None:
    """Add the tables, and guard the events on either engine. Plans and answers stay untouched."""
    op.add_column("mc_plan", sa.Column("talk", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "mc_person",
        *_words("id", "iss", "sub", "email", "name"),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        *_moments("valid_after", "disabled_at", nullable=True),
        *_moments("first_at", "seen_at"),
        sa.PrimaryKeyConstraint("id", name="pk_mc_person"),
        sa.UniqueConstraint("iss", "sub", name="uq_mc_person_iss_sub"),
        sa.UniqueConstraint("name", name="uq_mc_person_name"),
    )
    op.create_index("ix_mc_person_email", "mc_person", ["email"])
    op.create_table(
        "mc_membership",
        *_words("plan_id", "person_id", "role", "by"),
        *_moments("at"),
        *_moments("ends_at", nullable=True),
        sa.PrimaryKeyConstraint("plan_id", "person_id", name="pk_mc_membership"),
        _of_a_plan("mc_membership"),
        sa.ForeignKeyConstraint(["person_id"], ["mc_person.id"], name="fk_mc_membership_person_id"),
    )
    op.create_index("ix_mc_membership_person_id", "mc_membership", ["person_id"])
    op.create_table(
        "mc_invitation",
        *_words("id", "plan_id", "email", "secret_hash", "role", "by"),
        *_moments("at", "ends_at"),
        *_moments("ended_at", nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mc_invitation"),
        _of_a_plan("mc_invitation"),
    )
    for column in ("plan_id", "email", "secret_hash"):
        op.create_index(f"ix_mc_invitation_{column}", "mc_invitation", [column])
    op.create_table(
        "mc_event",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        *_words("plan_id"),
        *_moments("at"),
        *_words("by", "kind", "question_id"),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mc_event"),
        _of_a_plan("mc_event"),
    )
    op.create_index("ix_mc_event_plan_id_id", "mc_event", ["plan_id", "id"])
    op.create_table(
        "mc_comment",
        *_words("id", "plan_id", "question_id", "thread_id", "text", "by", "person_id"),
        *_moments("at"),
        *_moments("edited_at", "resolved_at", nullable=True),
        *_words("resolved_by", "assignee"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mc_comment"),
        _of_a_plan("mc_comment"),
    )
    op.create_index("ix_mc_comment_plan_id_question_id", "mc_comment", ["plan_id", "question_id"])
    op.create_table(
        "mc_presence",
        *_words("plan_id", "visit_id", "name", "screen", "question_id"),
        *_moments("at"),
        sa.PrimaryKeyConstraint("plan_id", "visit_id", name="pk_mc_presence"),
        _of_a_plan("mc_presence"),
    )
    op.create_table(
        "mc_visit",
        *_words("plan_id", "who"),
        *_moments("since", "at"),
        sa.PrimaryKeyConstraint("plan_id", "who", name="pk_mc_visit"),
        _of_a_plan("mc_visit"),
    )
    for statement in GUARDS[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take the tables away again; plans and answers stay."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION mc_refuse_event()")
    op.drop_column("mc_plan", "talk")


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.String(), nullable=False) for name in names)


def _moments(*names: str, nullable: bool = False) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names)


def _of_a_plan(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["plan_id"], ["mc_plan.id"], name=f"fk_{table}_plan_id")


GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER mc_event_no_{change} BEFORE {change} ON mc_event BEGIN SELECT raise(ABORT, '{NEVER}'); END"
        for change in ("update", "delete")
    ),
    "postgresql": (
        "CREATE FUNCTION mc_refuse_event() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$",
        "CREATE TRIGGER mc_event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON mc_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION mc_refuse_event()",
    ),
}
