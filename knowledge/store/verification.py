"""Recompute the ledger's chain from its rows and name the first that does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from knowledge.progress.chain import sealed
from knowledge.store.entry_rows import COLUMNS
from knowledge.store.head import Head
from knowledge.store.tables import entries, ledger_head

BATCH = 1000

_IN_ORDER = select(entries).order_by(entries.c.seq)


@dataclass(frozen=True)
class Fault:
    """The first place where the chain does not hold.

    `reason`: "changed" (the row is not what its hash was made of), "missing" (no row has this place), "extra" (a row before the first
    or behind the end), "order" (the row follows another than the one before it), "rewritten" (row and hash agree with each other, but
    not with what comes after or with the head), "head" (the head in the database is missing or behind), "head_file" (the file does
    not hold what the rows say), "head_missing" (the file is gone).
    """

    seq: int
    reason: str


def first_fault(connection: Connection, outside: Head | None) -> Fault | None:
    """Recompute every hash, streaming. `outside` is what the head's file held before the transaction began, None without one."""
    last = Head(0, "")
    for row in _rows(connection):
        if row is None:
            return Fault(last.seq + 1, "changed")
        if row["seq"] != last.seq + 1:
            return Fault(min(row["seq"], last.seq + 1), "missing" if row["seq"] > last.seq else "extra")
        if _seal(row) != row["hash"]:
            return Fault(row["seq"], "changed")
        if row["previous"] != last.hash:
            # The row holds, and says that the one before it was another.
            return Fault(last.seq, "rewritten") if last.seq else Fault(row["seq"], "order")
        last = Head(row["seq"], row["hash"])
        if outside is not None and outside.seq == last.seq and outside.hash != last.hash:
            return Fault(last.seq, "head_file")
    return _at_the_end(last, read_ledger_head(connection), outside)


def read_ledger_head(connection: Connection, *, lock: bool = False) -> Head | None:
    """The head that the database keeps, None when its row is gone. `lock` holds the row until the transaction ends."""
    query = select(ledger_head.c.seq, ledger_head.c.hash).where(ledger_head.c.id == 1)
    row = connection.execute(query.with_for_update() if lock else query).first()
    return None if row is None else Head(row.seq, row.hash)


def _at_the_end(last: Head, kept: Head | None, outside: Head | None) -> Fault | None:
    if kept is None:
        return Fault(last.seq, "head")
    for head in (kept, outside or last):
        if head.seq > last.seq:
            return Fault(last.seq + 1, "missing")
    if kept.seq < last.seq:
        return Fault(kept.seq + 1, "extra")
    return None if kept.hash == last.hash else Fault(last.seq, "rewritten")


def _rows(connection: Connection) -> Iterator[dict[str, Any] | None]:
    """Every row in order, as columns by name; None for one whose values can not even be read."""
    after: int | None = None
    while True:
        query = (_IN_ORDER if after is None else _IN_ORDER.where(entries.c.seq > after)).limit(BATCH)
        try:
            batch = connection.execute(query).all()
        except (ValueError, TypeError, SQLAlchemyError):
            yield from _one_by_one(connection, after)
            return
        if not batch:
            return
        for values in batch:
            yield dict(zip(COLUMNS, values, strict=True))
        after = batch[-1][0]


def _one_by_one(connection: Connection, after: int | None) -> Iterator[dict[str, Any] | None]:
    numbers = select(entries.c.seq).order_by(entries.c.seq)
    for seq in connection.execute(numbers if after is None else numbers.where(entries.c.seq > after)).scalars().all():
        try:
            yield dict(connection.execute(_IN_ORDER.where(entries.c.seq == seq)).one()._mapping)
        except (ValueError, TypeError, SQLAlchemyError):
            yield None
            return


def _seal(row: dict[str, Any]) -> str:
    try:
        return sealed(row)
    except (ValueError, TypeError, AttributeError):
        return ""
