"""What answers read of the ledger is what the ledger holds, however it grew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from bot.migrations.upgrade import upgrade
from knowledge.corpus import load_corpus
from knowledge.progress.clock import clock
from knowledge.progress.types import Content
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from knowledge.store.entry_log import EntryLog
from knowledge.store.ledger import Ledger
from knowledge.types import Key, Task

NOW = clock(date(2026, 7, 1))


def task(item: str) -> Task:
    found = load_corpus().record(Key("kh-ubnd", "tasks", item))
    assert isinstance(found, Task)
    return found


def test_entries_added_by_anybody_are_read_in_order(database: Engine) -> None:
    accounts = AccountStore(database)
    admin = accounts.create("An", "admin")
    ledger, other = (Ledger(database, accounts, now=NOW) for _ in range(2))
    log = EntryLog(ledger)
    records = [task("34").id, task("4").id]
    assert log.entries(records) == []
    for place, item in enumerate(("34", "4", "34", "12")):
        writer = (ledger, other)[place % 2]
        writer.append(admin.id, task(item), Content(percent=place), "rest", f"k{place}")
        assert log.entries(records) == ledger.entries(records)
    assert [e.content.percent for e in log.entries([task("34").id])] == [0, 2]


def test_another_database_in_its_place_is_read_anew(tmp_path: Path) -> None:
    """As after a restored backup: one address, other entries."""
    path = tmp_path / "sauro.db"
    served = open_database(f"sqlite:///{path}")
    log = EntryLog(Ledger(served, AccountStore(served)))
    for percents in ((10, 20), (30,), ()):
        served.dispose()
        for old in tmp_path.glob("sauro.db*"):
            old.unlink()
        restored = open_database(f"sqlite:///{path}")
        upgrade(restored)
        accounts = AccountStore(restored)
        admin = accounts.create("An", "admin")
        for percent in percents:
            Ledger(restored, accounts, now=NOW).append(
                admin.id, task("34"), Content(percent=percent), "rest", f"k{percent}"
            )
        restored.dispose()
        assert [e.content.percent for e in log.entries([task("34").id])] == list(percents)
