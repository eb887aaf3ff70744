"""Bring a database to the newest version of the one migration history; start-up calls it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from knowledge.store.transactions import writing

# Any fixed number: replicas that start together take turns on it.
_LOCK = 7_361_001


def upgrade(engine: Engine) -> None:
    """Run the migrations that the database has not seen, all or none. Several processes may call it at once: one of them does it."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
        migrate(connection)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision, inside the caller's transaction.

    Raises:
        CommandError: the history has no such revision.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
