"""Workshops: several proposals of one person to a question, votes by proposal, and an energy check at any moment."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Row = dict[str, Any]
TARGETS = {
    "item_id": "mc_workshop_item", "participant_id": "mc_participant", "proposal_by": "mc_participant",
    "proposal_id": "mc_proposal", "plan_id": "mc_plan", "workshop_id": "mc_workshop",
}  # fmt: skip


def upgrade() -> None:
    """Give each proposal an id of its own. The one that somebody had at a question keeps its votes."""
    op.add_column("mc_workshop", sa.Column("asks", sa.String(), server_default="", nullable=False))
    proposals = [row | {"id": _id(row["item_id"], row["participant_id"])} for row in _rows("mc_proposal")]
    votes = [row | {"proposal_id": _id(row["item_id"], row["proposal_by"])} for row in _rows("mc_vote")]
    _again("id", votes_by=("participant_id", "proposal_id"), proposals=proposals, votes=votes)


def downgrade() -> None:
    """One proposal for each person at a question again: all they wrote to it, one below the other."""
    proposals = sorted(_rows("mc_proposal"), key=lambda row: (row["at"], row["id"]))
    joined: dict[tuple[str, str], Row] = {}
    writers = {row["id"]: row["participant_id"] for row in proposals}
    for row in proposals:
        first = joined.setdefault((row["item_id"], row["participant_id"]), row)
        if first is not row:
            first["text"] = f"{first['text']}\n\n{row['text']}"
    given: dict[tuple[str, str, str], Row] = {}
    for row in _rows("mc_vote"):
        writer = writers[row["proposal_id"]]
        given[row["item_id"], row["participant_id"], writer] = row | {"proposal_by": writer}
    key = ("item_id", "participant_id", "proposal_by")
    _again("", votes_by=key, proposals=list(joined.values()), votes=list(given.values()))
    with op.batch_alter_table("mc_workshop") as workshop:
        workshop.drop_column("asks")


def _id(item_id: str, participant_id: str) -> str:
    return f"{item_id}-{participant_id}"


def _rows(name: str) -> list[Row]:
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(name)]
    table = sa.table(name, *(sa.column(each, _type(each)) for each in columns))
    return [dict(row) for row in op.get_bind().execute(sa.select(table)).mappings()]


def _type(name: str) -> sa.Integer | sa.DateTime | sa.String:
    if name == "at":
        return sa.DateTime(timezone=True)
    return sa.Integer() if name == "revision" else sa.String()


def _again(id: str, *, votes_by: tuple[str, ...], proposals: list[Row], votes: list[Row]) -> None:
    """Make both tables anew, since another key takes that in SQLite, and fill them."""
    op.drop_table("mc_vote")
    op.drop_table("mc_proposal")
    whose = ("item_id", "participant_id", "plan_id", "workshop_id")
    key = (id,) if id else whose[:2]
    names = [*([id] if id else []), *whose, "text", "revision", "save_id", "at"]
    for table, columns, keys, rows in (
        ("mc_proposal", names, key, proposals),
        ("mc_vote", list(dict.fromkeys((*votes_by, *whose))), votes_by, votes),
    ):
        made = op.create_table(
            table,
            *(sa.Column(name, _type(name), nullable=False) for name in columns),
            sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"),
            *(
                sa.ForeignKeyConstraint([name], [f"{TARGETS[name]}.id"], name=f"fk_{table}_{name}")
                for name in columns
                if name in TARGETS
            ),
        )
        op.create_index(f"ix_{table}_workshop_id", table, ["workshop_id"])
        op.bulk_insert(made, [{name: row[name] for name in columns} for row in rows])
