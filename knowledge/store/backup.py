"""Back up everything that can not be made again (database, evidence, head of the ledger) and put it back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from knowledge.errors import BadBackup, LedgerBroken
from knowledge.store.archive import read_archive, write_archive
from knowledge.store.evidence import EvidenceStore
from knowledge.store.head import Head, read_head, write_head
from knowledge.store.table_lines import (
    drop_everything,
    empty_out,
    is_empty,
    lines_of,
    put_lines,
    revision_of,
    tables_of,
)
from knowledge.store.transactions import reading, writing
from knowledge.store.uploads import named_files
from knowledge.store.verification import first_fault, read_ledger_head

Migrate = Callable[[Connection, str], None]
"""Brings the database on a connection to a revision, "head" for the newest; raises `BadBackup` when there is no such revision."""


@dataclass(frozen=True)
class Kept:
    """What a backup holds. `rows` counts all tables, `lost` the entries that the head's file knew and the backup does not hold."""

    entries: int
    rows: int
    files: int
    made_at: str
    lost: int = 0


def back_up(engine: Engine, head: Path, evidence: EvidenceStore, out: IO[bytes], scratch: Path) -> Kept:
    """Write a backup to `out`, of one moment, while the service goes on. `scratch` is a folder with room for the tables.

    Raises:
        LedgerBroken: the ledger does not hold; nothing is written over the last good backup.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        outside, members, rows = read_head(head), {}, 0
        with reading(engine) as connection:
            fault = first_fault(connection, outside)
            end = read_ledger_head(connection)
            if fault or end is None:
                raise LedgerBroken("ledger", seq=fault.seq if fault else 0, reason=fault.reason if fault else "head")
            revision = revision_of(connection)
            for table in tables_of(connection):
                path = members[f"tables/{table.name}.jsonl"] = Path(folder) / table.name
                with path.open("w", encoding="utf-8") as file:
                    for line in lines_of(connection, table):
                        file.write(line + "\n")
                        rows += 1
            named = named_files(connection)
        # What entries and drafts name is never swept, so it is still there when it is read.
        files = {f"evidence/{name}": evidence.open(name) for name in evidence.everything() if name in named}
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        about = {"made_at": made_at, "revision": revision, "ledger": {"seq": end.seq, "hash": end.hash}}
        write_archive(out, about, members | files)
    return Kept(end.seq, rows, len(files), made_at)


def restore(
    engine: Engine, head: Path, evidence: EvidenceStore, source: Path, scratch: Path, migrate: Migrate, *, replace: bool
) -> Kept:
    """Put a backup in place, in one transaction: everything of it, or nothing when anything about it is wrong.

    Raises:
        OSError: as `read_archive`; nothing is changed but for files of evidence that were added.
        BadBackup: see `read_archive`; also "not_empty" (the database holds something and `replace` was not said), "rows" (`member`: a
            table does not take its rows), "ledger" (`seq`, `fault`: the chain does not hold) or what `migrate` raises.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        folder = Path(name)
        manifest = read_archive(source, folder)
        try:
            revision, made_at = str(manifest["revision"]), str(manifest["made_at"])
            end = Head(int(manifest["ledger"]["seq"]), str(manifest["ledger"]["hash"]))
        except (KeyError, TypeError, ValueError) as error:
            raise BadBackup("manifest", reason="format") from error
        files = [path.name for path in folder.glob("evidence/*")]
        with writing(engine) as connection:
            if not replace and not is_empty(connection):
                raise BadBackup("the database holds something", reason="not_empty")
            drop_everything(connection)
            migrate(connection, revision)
            empty_out(connection)
            rows = _load(connection, folder)
            migrate(connection, "head")
            fault = first_fault(connection, end)
            if fault or read_ledger_head(connection) != end:
                seq, why = (fault.seq, fault.reason) if fault else (end.seq, "head")
                raise BadBackup("ledger", reason="ledger", seq=seq, fault=why)
            for sha256 in files:
                evidence.put_back(sha256, (folder / "evidence" / sha256).read_bytes())
    try:
        known = read_head(head)
    except ValueError:
        known = None
    head.parent.mkdir(parents=True, exist_ok=True)
    write_head(head, end)
    return Kept(end.seq, rows, len(files), made_at, max(0, known.seq - end.seq) if known else 0)


def _load(connection: Connection, folder: Path) -> int:
    rows, left = 0, {path.name for path in folder.glob("tables/*")}
    for table in tables_of(connection):
        path = folder / "tables" / f"{table.name}.jsonl"
        member = f"tables/{path.name}"
        if path.name not in left:
            raise BadBackup(member, reason="missing", member=member)
        left.discard(path.name)
        try:
            with path.open(encoding="utf-8") as lines:
                rows += put_lines(connection, table, lines)
        except (ValueError, TypeError, AttributeError, SQLAlchemyError) as error:
            raise BadBackup(member, reason="rows", member=member) from error
    if left:
        raise BadBackup("unknown table", reason="name", member=f"tables/{min(left)}")
    return rows
