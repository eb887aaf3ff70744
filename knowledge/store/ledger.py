"""The ledger of progress: entries that are only ever added, each sealed with the hash of the one before it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Engine, insert, select, update

from knowledge.corpus import load_corpus
from knowledge.errors import BadProgress, KeyReused, LedgerBroken, UnknownEntry
from knowledge.progress.chain import sealed
from knowledge.progress.clock import Clock, clock, day_of
from knowledge.progress.revision import agency_of, first_version, last_version
from knowledge.progress.rights import authorise
from knowledge.progress.types import Content, Entry, EntryKind
from knowledge.progress.validate import validate
from knowledge.store.accounts import AccountStore
from knowledge.store.entry_rows import content_row, entry_of
from knowledge.store.head import Head, advance, read_head
from knowledge.store.tables import entries, ledger_head
from knowledge.store.transactions import reading, writing
from knowledge.store.verification import Fault, first_fault, read_ledger_head
from knowledge.types import Target, Task

KEY_LIMIT = 160
BATCH = 500
_ID = re.compile(r"[0-9a-f]{32}")

_log = logging.getLogger(__name__)


class Ledger:
    """Adds entries and reads them back; the only place that writes the table.

    `head` is the file that keeps the end of the chain outside the database, None for none. `now` gives the time entries are written
    with. `versions` holds the version of each plan by plan id, by default of the published ones.
    """

    def __init__(
        self,
        engine: Engine,
        accounts: AccountStore,
        head: Path | None = None,
        *,
        now: Clock | None = None,
        versions: Mapping[str, str] | None = None,
    ) -> None:
        self._engine = engine
        self._accounts = accounts
        self._file = head
        self._now = now or clock()
        self._versions = versions

    def append(
        self,
        author: str,
        record: Task | Target,
        content: Content,
        channel: str,
        key: str,
        *,
        kind: EntryKind = "update",
        corrects: str | None = None,
    ) -> Entry:
        """Keep an entry, in one transaction with the checks that allow it, and return it; it is on disk when this returns.

        `author` is an account id, `corrects` the id or receipt of the entry that a correction or an undo is about. `key` stands for
        this one report: sent again with the same report, the entry that is there is returned.

        Raises:
            Forbidden: the account may not.
            UnknownEntry: `corrects` names no entry of this record.
            BadProgress: the content can not be kept (see `validate`), or what `corrects` names was undone.
            KeyReused: the key stands for another report.
            LedgerBroken: the end of the chain does not hold; nothing is added before somebody has looked at it.
        """
        if not 0 < len(key) <= KEY_LIMIT:
            raise BadProgress("idempotency key", field="key", reason="long" if key else "missing")
        with writing(self._engine) as connection:
            head = self._hold_head(connection)
            account = self._accounts.read(connection, author)
            corrected = _corrected(connection, record, kind, corrects)
            authorise(account, record, kind, corrected)
            others = _entries(connection, entries.c.record == record.id) if corrected else []
            known = _first(connection, entries.c.idempotency_key == key)
            if known is not None:
                same = (known.author, known.kind, known.record, known.content) == (author, kind, record.id, content)
                if not same or (corrected and first_version(known, others) != first_version(corrected, others)):
                    raise KeyReused("the key stands for another report", receipt=known.receipt)
                return known
            moment = self._now()
            validate(kind, record, content, day_of(moment))
            if corrected:
                newest = last_version(corrected, others)
                corrected = newest if kind == "correction" else corrected
            row = content_row(content) | {
                "seq": head.seq + 1, "id": uuid4().hex, "idempotency_key": key, "kind": kind, "record": record.id,
                "plan": record.key.plan, "part": record.key.part, "item": record.key.item,
                "version": self._version(record.key.plan), "corrects": corrected.id if corrected else None, "author": author,
                "agency": agency_of(account, record, corrected), "channel": channel, "at": moment, "previous": head.hash,
            }  # fmt: skip
            row["hash"] = sealed(row)
            connection.execute(insert(entries).values(row))
            connection.execute(update(ledger_head).values(seq=row["seq"], hash=row["hash"]))
        self._tell_outside(Head(row["seq"], row["hash"]))
        return entry_of(row)

    def entries(self, records: Iterable[str]) -> list[Entry]:
        """The entries of these records (permanent ids), of every kind, oldest first."""
        with self._engine.connect() as connection:
            return _entries(connection, entries.c.record.in_(list(records)))

    def entry(self, id_or_receipt: str) -> Entry:
        """The entry with this id or receipt ("SR-000042").

        Raises:
            UnknownEntry: there is none.
        """
        with self._engine.connect() as connection:
            return _named(connection, id_or_receipt)

    def by_key(self, key: str) -> Entry | None:
        """The entry that was written under an idempotency key."""
        with self._engine.connect() as connection:
            return _first(connection, entries.c.idempotency_key == key)

    def of_author(self, account: str, limit: int) -> list[Entry]:
        """The last `limit` entries that an account wrote, newest first."""
        query = select(entries).where(entries.c.author == account).order_by(entries.c.seq.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [entry_of(row) for row in connection.execute(query)]

    def latest(self, limit: int) -> list[Entry]:
        """The last `limit` entries, newest first."""
        query = select(entries).order_by(entries.c.seq.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [entry_of(row) for row in connection.execute(query)]

    def since(self, seq: int) -> list[Entry]:
        """The entries from this place of the chain on, itself included, oldest first."""
        with self._engine.connect() as connection:
            return _entries(connection, entries.c.seq >= seq)

    def everything(self) -> Iterator[Entry]:
        """Every entry, oldest first, read in pieces: those added meanwhile are among them."""
        after = 0
        while True:
            query = select(entries).where(entries.c.seq > after).order_by(entries.c.seq).limit(BATCH)
            with self._engine.connect() as connection:
                batch = [entry_of(row) for row in connection.execute(query)]
            if not batch:
                return
            yield from batch
            after = batch[-1].seq

    def verify(self) -> Fault | None:
        """Recompute the chain and hold it against both heads: the first fault, or None when all is well."""
        try:
            outside = read_head(self._file) if self._file else None
        except ValueError:
            return Fault(0, "head_file")
        with reading(self._engine) as connection:
            fault = first_fault(connection, outside)
            head = read_ledger_head(connection)
        if fault is None and self._file and outside is None and head and head.seq:
            return Fault(head.seq, "head_missing")
        return fault

    def _hold_head(self, connection: Connection) -> Head:
        """Lock the end of the chain and return it; the last row and the file must agree with it."""
        head = read_ledger_head(connection, lock=True)
        if head is None:
            raise LedgerBroken("no head", seq=0, reason="head")
        try:
            outside = read_head(self._file) if self._file else None
        except ValueError as error:
            raise LedgerBroken("head file", seq=0, reason="head_file") from error
        for known in (head, outside or head):
            if known.seq and _hash_at(connection, known.seq) != known.hash:
                raise LedgerBroken("the end of the chain does not hold", seq=known.seq, reason="head")
        if self._file and outside is None:
            # From the first entry on there is a file, so that one that is gone is missed.
            advance(self._file, head)
        return head

    def _tell_outside(self, head: Head) -> None:
        if self._file is None:
            return
        try:
            advance(self._file, head)
        except (OSError, ValueError):
            # The entry is kept. The file may lag; the next one catches up.
            _log.exception("the ledger's head file %s was not written", self._file)

    def _version(self, plan: str) -> str:
        return load_corpus().plan(plan).version if self._versions is None else self._versions[plan]


def _corrected(connection: Connection, record: Task | Target, kind: EntryKind, named: str | None) -> Entry | None:
    if (named is not None) != (kind in ("correction", "undo")):
        raise BadProgress("corrects", field="corrects", reason="missing" if named is None else "not_taken")
    if named is None:
        return None
    found = _named(connection, named)
    if found.record != record.id:
        raise UnknownEntry(f"{named} is an entry of another record", entry=named)
    return found


def _named(connection: Connection, id_or_receipt: str) -> Entry:
    receipt = re.fullmatch(r"SR-?(\d{1,15})", id_or_receipt.strip(), re.IGNORECASE)
    found = None
    if receipt:
        found = _first(connection, entries.c.seq == int(receipt[1]))
    elif _ID.fullmatch(id_or_receipt):  # what is no id may hold what a database does not take
        found = _first(connection, entries.c.id == id_or_receipt)
    if found is None:
        raise UnknownEntry(id_or_receipt, entry=id_or_receipt)
    return found


def _entries(connection: Connection, which: ColumnElement[bool]) -> list[Entry]:
    return [entry_of(row) for row in connection.execute(select(entries).where(which).order_by(entries.c.seq))]


def _first(connection: Connection, which: ColumnElement[bool]) -> Entry | None:
    row: Any = connection.execute(select(entries).where(which)).first()
    return None if row is None else entry_of(row)


def _hash_at(connection: Connection, seq: int) -> str | None:
    return connection.execute(select(entries.c.hash).where(entries.c.seq == seq)).scalar()
