"""The tables as migrations make them."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage.database import DatabaseProblem, open_database, reading, writing
from storage.plans import fetch_plan
from storage.schema import MIGRATIONS, NEWEST, alembic_config, alone
from storage.tables import METADATA
from tests.builders import an_answer, door


def test_the_migrations_make_exactly_the_tables_that_are_described(database):
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_constraint_has_the_name_it_is_described_by(database):
    found = inspect(database)
    for table in METADATA.sorted_tables:
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        keys = found.get_foreign_keys(table.name)
        assert all(key["name"] == f"fk_{table.name}_{key['constrained_columns'][0]}" for key in keys)


def test_a_database_can_go_down_to_nothing_and_up_again(url):
    engine = open_database(url, create=True)
    with alone(engine) as connection:
        command.downgrade(alembic_config(connection), "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    open_database(url, create=True).dispose()
    assert "mc_plan" in inspect(engine).get_table_names()
    engine.dispose()


def test_several_replicas_may_start_on_an_empty_database_at_once(url):
    program = "import sys; from storage.database import open_database; open_database(sys.argv[1], create=True)"

    def start(_):
        return subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=False).stderr

    with ThreadPoolExecutor(3) as replicas:
        assert list(replicas.map(start, range(3))) == [""] * 3


def test_an_upgrade_that_fails_leaves_everything_as_it_was(database, plan_id):

    def upgrade():
        with alone(database) as connection:
            connection.execute(text("ALTER TABLE mc_plan ADD COLUMN half_done TEXT"))
            connection.execute(text("ALTER TABLE mc_nothing ADD COLUMN half_done TEXT"))

    with pytest.raises(Exception, match="mc_nothing"):
        upgrade()
    assert "half_done" not in {column["name"] for column in inspect(database).get_columns("mc_plan")}
    with reading(database) as session:
        assert fetch_plan(door(session, plan_id)).title == "Cold chain basics"


def test_an_upgrade_that_tears_rows_apart_is_undone(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/plans.db", create=True)
    with pytest.raises(DatabaseProblem, match="damaged"), alone(engine) as connection:
        connection.execute(text("INSERT INTO mc_member VALUES ('no such plan', 'dana', 0, 'Dana', '')"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM mc_member")).scalar() == 0
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE mc_answer_revision SET note = 'never said'", "DELETE FROM mc_answer_revision", "DELETE FROM mc_plan"],
)
def test_the_history_cannot_be_changed_even_past_the_program(database, start, statement):
    start(an_answer())
    with pytest.raises(Exception, match=r"append-only|foreign key|FOREIGN KEY"), writing(database) as session:
        session.connection().execute(text(statement))


def test_this_program_knows_its_newest_migration():
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == NEWEST
