"""The ledger as answers read it: entries are never changed, so what was read stays read and only newer ones are fetched."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

from knowledge.progress.types import Entry
from knowledge.store.ledger import Ledger


class EntryLog:
    """Every entry, in memory (about 1.6 kB each), brought up to date by one short query whenever it is asked.

    Entries get their place in the chain while its head is locked, so none ever appears behind one that was read. When the last entry
    read is not in the database any more, it is another database (a backup was restored), and all is read anew.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._last: Entry | None = None
        self._by_record: dict[str, list[Entry]] = {}

    def entries(self, records: Iterable[str]) -> list[Entry]:
        """The entries of these records (permanent ids), of every kind, oldest first."""
        with self._lock:
            self._catch_up()
            found = [e for r in dict.fromkeys(records) for e in self._by_record.get(r, ())]
        return sorted(found, key=lambda e: e.seq)

    def with_file(self, sha256: str) -> list[Entry]:
        """The entries that a file of this content was added to, oldest first."""
        with self._lock:
            self._catch_up()
            every = [e for own in self._by_record.values() for e in own]
        return sorted((e for e in every if any(x.sha256 == sha256 for x in e.content.evidence)), key=lambda e: e.seq)

    def _catch_up(self) -> None:
        last = self._last
        newer = self._ledger.since(last.seq if last else 1)
        if last is not None:
            if newer and newer[0].hash == last.hash:
                del newer[0]
            else:
                self._by_record = {}
                newer = self._ledger.since(1)
        for entry in newer:
            self._by_record.setdefault(entry.record, []).append(entry)
        self._last = newer[-1] if newer else last if self._by_record else None


@lru_cache(maxsize=4)
def log_of(ledger: Ledger) -> EntryLog:
    """The log of a ledger, one for everybody in the process who reads it."""
    return EntryLog(ledger)
