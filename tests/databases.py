"""SQLite databases with every migration applied, copied from one: running the history takes longer than most tests do."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bot.migrations.upgrade import upgrade
from knowledge.store.database import open_database


def migrated(file: Path) -> Engine:
    """A database of its own in a new file, whose folder is made."""
    database = open_database(f"sqlite:///{file}")
    file.write_bytes(_template())
    return database


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sauro.db"
        database = open_database(f"sqlite:///{file}")
        upgrade(database)
        database.dispose()
        return file.read_bytes()
