"""Files that accounts send: how much each may keep here, and the end of those that never became part of a report.

A file is counted before its first byte is written, for the account that sent it first. Nobody's report names it until it is saved; what no
report and no draft names after a while is swept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from knowledge.errors import BadEvidence
from knowledge.progress.types import Evidence
from knowledge.store.evidence import EvidenceStore
from knowledge.store.tables import accounts, drafts, entries, evidence_files
from knowledge.store.transactions import reading, writing

_HASH = re.compile(r'"sha256": "([0-9a-f]{64})"')


class Uploads:
    """Takes files in for accounts, each at most `quota` bytes altogether. `files` is where they lie.

    Every method blocks on database and disk.
    """

    def __init__(self, engine: Engine, files: EvidenceStore, quota: int) -> None:
        self.files = files
        self._engine = engine
        self._quota = quota

    def keep(self, account: str, name: str, data: bytes) -> Evidence:
        """Keep a file that an account sends; content that is here already counts for nobody else.

        Raises:
            BadEvidence: as `EvidenceStore.keep`; or `reason` is "full" (`limit` in bytes): the account may keep no more.
        """
        found = self.files.checked(name, data)
        with writing(self._engine) as connection:
            # One after another for an account: two files that come at once do not both get the last room.
            connection.execute(select(accounts.c.id).where(accounts.c.id == account).with_for_update())
            known = evidence_files.c.sha256 == found.sha256
            now = datetime.now(UTC)
            if not connection.execute(update(evidence_files).where(known).values(at=now)).rowcount:
                mine = select(func.coalesce(func.sum(evidence_files.c.size), 0)).where(
                    evidence_files.c.account == account
                )
                if int(connection.execute(mine).scalar_one()) + found.size > self._quota:
                    raise BadEvidence("no room left", reason="full", limit=self._quota)
                row = {"sha256": found.sha256, "account": account, "size": found.size, "at": now}
                connection.execute(insert(evidence_files).values(row))
        return self.files.keep(name, data)

    def sweep(self, before: datetime) -> int:
        """Remove the files sent before a moment that no report and no draft names; how many these were.

        What was counted then and is not there, because the disk had no room for it, is counted no longer.
        """
        with reading(self._engine) as connection:
            named = named_files(connection)
        old = [name for name in self.files.written_before(before) if name not in named]
        swept = sum(self._removed(name, before) for name in old)
        self._uncount_missing(before)
        return swept

    def _removed(self, name: str, before: datetime) -> bool:
        """Remove a file unless it has been sent again or named meanwhile."""
        with self._alone() as connection:
            row = evidence_files.c.sha256 == name
            sent = connection.execute(select(evidence_files.c.at).where(row)).scalar()
            if (sent is not None and sent >= before) or name in named_files(connection):
                return False
            connection.execute(delete(evidence_files).where(row))
            return self.files.remove(name)

    def _uncount_missing(self, before: datetime) -> None:
        with self._alone() as connection:
            counted = connection.execute(select(evidence_files.c.sha256).where(evidence_files.c.at < before)).scalars()
            missing = set(counted).difference(self.files.everything())
            connection.execute(delete(evidence_files).where(evidence_files.c.sha256.in_(missing)))

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """A transaction in which nobody counts a file."""
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE evidence_files IN SHARE ROW EXCLUSIVE MODE"))
            yield connection


def named_files(connection: Connection) -> set[str]:
    """The hashes of the files that drafts and entries name."""
    # Drafts first: a report is an entry before its draft ends, so it is seen in one of them.
    found = {
        name
        for state in connection.execute(select(drafts.c.state)).scalars()
        for name in _HASH.findall(json.dumps(state))
    }
    for pieces in connection.execute(select(entries.c.evidence)).scalars():
        found |= {piece["sha256"] for piece in pieces if piece.get("sha256")}
    return found
