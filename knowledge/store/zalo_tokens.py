"""The Zalo channel's pair of tokens: one row, sealed by its owner, exchanged by one process at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, or_, select, update

from knowledge.store.tables import zalo_tokens

ONLY = 1
"""The id of the one row."""


@dataclass(frozen=True)
class SealedPair:
    """Both tokens as the channel sealed them, and until when each holds."""

    sealed: str
    access_until: datetime
    refresh_until: datetime


class TokenStore:
    """Reads and writes the row. Every method is one committed transaction and blocks on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self) -> SealedPair | None:
        """The pair; None while there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(select(zalo_tokens).where(zalo_tokens.c.id == ONLY)).first()
        return _pair(row) if row else None

    def put(self, pair: SealedPair) -> None:
        """Store a pair that an operator gave, in place of any other."""
        with self._engine.begin() as connection:
            connection.execute(delete(zalo_tokens).where(zalo_tokens.c.id == ONLY))
            row = {**_values(pair), "id": ONLY, "lease_by": "", "lease_until": None}
            connection.execute(insert(zalo_tokens).values(row))

    def claim(self, seen: SealedPair, by: str, at: datetime, until: datetime) -> bool:
        """Take the right to exchange the pair that was seen; False when it is another by now, or somebody else is at it."""
        free = or_(zalo_tokens.c.lease_until.is_(None), zalo_tokens.c.lease_until <= at)
        mine = update(zalo_tokens).where((zalo_tokens.c.sealed == seen.sealed) & free)
        with self._engine.begin() as connection:
            return connection.execute(mine.values(lease_by=by, lease_until=until)).rowcount == 1

    def replace(self, seen: SealedPair, new: SealedPair) -> bool:
        """Store what a pair was exchanged for; False when an operator put another one there meanwhile."""
        old = update(zalo_tokens).where(zalo_tokens.c.sealed == seen.sealed)
        with self._engine.begin() as connection:
            return connection.execute(old.values(**_values(new), lease_until=None)).rowcount == 1


def _values(pair: SealedPair) -> dict[str, Any]:
    return {"sealed": pair.sealed, "access_until": pair.access_until, "refresh_until": pair.refresh_until}


def _pair(row: Row[Any]) -> SealedPair:
    return SealedPair(row.sealed, row.access_until, row.refresh_until)
