"""Transactions that need more than a database gives on its own: one writer at a time, and one state seen throughout."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

_PLACES: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()
_MAKING = Lock()
LONGEST_WAIT = 60.0
"""Seconds a writer waits for its turn on SQLite, whose own wait (`busy_timeout`) is not in order of arrival."""


@contextmanager
def writing(engine: Engine, *, at_once: bool = True) -> Iterator[Connection]:
    """A transaction that is committed at the end, or rolled back when the block raises.

    Not `at_once`, it is on disk with the next one that is: a crash of the machine in between may lose it, one of the process does not.

    On SQLite it holds the write lock from its start: Python's driver would take it at the first change only, after what the
    change rests on was read. On PostgreSQL the block itself locks the row that it reads first.
    """
    sqlite = engine.dialect.name == "sqlite"
    with _place(engine) if sqlite else nullcontext(), engine.connect() as connection:
        if not at_once:
            connection.exec_driver_sql("PRAGMA synchronous=NORMAL" if sqlite else "SET LOCAL synchronous_commit = off")
        try:
            if sqlite:
                _begin_immediate(connection)
            yield connection
            connection.commit()
        finally:
            if sqlite and not at_once:
                connection.rollback()
                connection.exec_driver_sql("PRAGMA synchronous=FULL")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction in which every query sees the same state of the database."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _place(engine: Engine) -> Lock:
    """Where the threads of this process queue for a database: they would wait for each other with ever longer pauses in SQLite itself."""
    with _MAKING:
        return _PLACES.setdefault(engine, Lock())


def _begin_immediate(connection: Connection) -> None:
    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            connection.rollback()
            if "locked" not in str(error.orig) or time.monotonic() > until:
                raise
