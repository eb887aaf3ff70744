import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from bot.migrations.upgrade import upgrade
from knowledge.store.database import open_database
from knowledge.store.tables import metadata

ROOT = Path(__file__).resolve().parents[3]


def test_the_history_leads_to_the_tables_of_the_code(database: Engine) -> None:
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_upgrading_twice_changes_nothing(database: Engine) -> None:
    before = inspect(database).get_table_names()
    upgrade(database)
    assert inspect(database).get_table_names() == before


def test_processes_that_open_a_fresh_file_at_once_all_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.knowledge.store.opening_probe", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for file in tmp_path.glob("*/sauro.db"):
        database = open_database(f"sqlite:///{file}")
        assert set(inspect(database).get_table_names()) == {*metadata.tables, "alembic_version"}
        database.dispose()


def test_sqlite_keeps_what_is_committed_through_a_power_cut(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new' / 'sauro.db'}")
    with engine.connect() as connection:
        pragmas = [
            connection.execute(text(f"PRAGMA {p}")).scalar() for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    engine.dispose()
    assert pragmas == ["wal", 2, 1]


def test_an_error_never_shows_the_words_of_a_message(database: Engine) -> None:
    assert database.hide_parameters
