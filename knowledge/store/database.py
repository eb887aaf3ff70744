"""Open the database: SQLite for one machine, PostgreSQL when several gateways share it."""

from __future__ import annotations

import time
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError

from sqlalchemy import Engine, create_engine, event, make_url

from knowledge.store.transactions import LONGEST_WAIT

CONNECT_SECONDS = 10
"""How long a PostgreSQL server that does not answer is waited for, unless the URL says otherwise: the driver's own patience is minutes."""


def open_database(url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL. A SQLite file's folder is made; `postgresql://` means psycopg 3.

    SQLite runs with a write-ahead log and `synchronous=FULL`: what a committed turn answered survives a power cut.
    Errors never show the values of a statement: they are what people wrote.
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        patience = {} if "connect_timeout" in address.query else {"connect_timeout": CONNECT_SECONDS}
        address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, pool_pre_ping=True, hide_parameters=True, connect_args=patience)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: SqliteConnection, _record: object) -> None:
    connection.execute("PRAGMA busy_timeout=5000")
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: SqliteConnection) -> None:
    """Have a write-ahead log. Who turns it on needs the file alone, and of several who try SQLite refuses all but one at once."""
    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
