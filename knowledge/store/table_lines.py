"""A database's tables as JSON lines: one form for SQLite and PostgreSQL, so that a backup of one can be restored into the other.

Tables are taken as they stand in the database, not as this version of the program knows them: a backup of an older version keeps its
shape. A line is one row, an object by column; times are UTC with a zone, days ISO, JSON columns stand as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, Integer, MetaData, Table, delete, func, insert, select, text

REVISION = "alembic_version"
"""The table that says which migrations a database has seen; it is no content."""
BATCH = 1000


def tables_of(connection: Connection) -> list[Table]:
    """The tables with content, those that others point at first."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != REVISION)
    for table in found.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return found.sorted_tables


def revision_of(connection: Connection) -> str:
    """The last migration that the database has seen."""
    return str(connection.exec_driver_sql(f"SELECT version_num FROM {REVISION}").scalar_one())  # noqa: S608


def is_empty(connection: Connection) -> bool:
    """Whether the database holds no content: no tables, or none with a row but the head of an empty ledger."""
    for table in tables_of(connection):
        rows = select(table).where(table.c.seq > 0) if table.name == "ledger_head" else select(table)
        if connection.execute(rows.limit(1)).first() is not None:
            return False
    return True


def lines_of(connection: Connection, table: Table) -> Iterator[str]:
    """Every row, in the order of the primary key."""
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=BATCH).execute(query):
        yield json.dumps({k: _plain(v) for k, v in row._mapping.items()}, ensure_ascii=False, separators=(",", ":"))


def put_lines(connection: Connection, table: Table, lines: Iterable[str]) -> int:
    """Put rows into an empty table and return how many.

    Raises:
        ValueError: a line is no row of this table.
        SQLAlchemyError: the database does not take a row.
    """
    count, rest = 0, iter(lines)
    while piece := [_row(table, line) for line in islice(rest, BATCH)]:
        connection.execute(insert(table), piece)
        count += len(piece)
    _go_on_counting(connection, table)
    return count


def empty_out(connection: Connection) -> None:
    """Delete what migrations put into fresh tables."""
    for table in reversed(tables_of(connection)):
        connection.execute(delete(table))


def drop_everything(connection: Connection) -> None:
    """Drop every table, entries too: the caller's transaction puts others in their place or leaves all as it was."""
    for table in reversed(tables_of(connection)):
        table.drop(connection)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {REVISION}")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS entries_are_kept()")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _row(table: Table, line: str) -> dict[str, Any]:
    raw = json.loads(line)
    if not isinstance(raw, dict) or set(raw) != set(table.columns.keys()):
        raise ValueError(f"no row of {table.name}")
    return {column.name: _typed(column.type, raw[column.name]) for column in table.columns}


def _typed(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row after the last; SQLite does so by itself."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1 or not isinstance(keys[0].type, Integer):
        return
    known = {"table": f'"{table.name}"', "column": keys[0].name}
    sequence = connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), known).scalar()
    if sequence is not None:
        last = connection.execute(select(func.max(keys[0]))).scalar()
        if last is not None:
            connection.execute(select(func.setval(sequence, last)))
