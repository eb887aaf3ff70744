"""Measure the ledger: eight processes that write to it at once without forking it, and how fast a long chain is verified.

    .venv/bin/python -m benchmarks.ledger [--entries 100000] [--writers 8] [--appends 500] [--database URL]

Runs on a fresh SQLite file, or on the empty database that `--database` names.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, update

from bot.migrations.upgrade import upgrade
from knowledge.corpus import load_corpus
from knowledge.progress.chain import sealed
from knowledge.progress.types import Content
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from knowledge.store.head import Head, write_head
from knowledge.store.ledger import Ledger
from knowledge.store.tables import entries, ledger_head
from knowledge.types import Key, Task

START = datetime(2026, 1, 1, tzinfo=UTC)
PIECE = 5000
START_SECONDS = 120
"""How long the writing processes may take to start."""


def task() -> Task:
    """The task that everything is reported on."""
    found = load_corpus().record(Key("kh-ubnd", "tasks", "3"))
    if not isinstance(found, Task):
        raise TypeError(found)
    return found


def race(url: str, file: Path, writers: int, appends: int) -> float:
    """Let `writers` processes append at once to an empty ledger and return the seconds it took.

    Raises:
        RuntimeError: a writer failed, or the chain does not hold every report once.
    """
    engine = open_database(url)
    accounts = AccountStore(engine)
    author = accounts.create("writer", "admin", None).id
    fresh = multiprocessing.get_context("spawn")
    together = fresh.Barrier(writers + 1)
    workers = [fresh.Process(target=write, args=(url, file, author, n, appends, together)) for n in range(writers)]
    for worker in workers:
        worker.start()
    together.wait(START_SECONDS)
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - begun
    ledger = Ledger(engine, accounts, file)
    fault, kept = ledger.verify(), list(ledger.everything())
    engine.dispose()
    sent = sorted(f"{name}/{n}" for name in range(writers) for n in range(appends))
    if fault or any(worker.exitcode for worker in workers) or sorted(e.content.note for e in kept) != sent:
        raise RuntimeError(f"{fault}, exit codes {[w.exitcode for w in workers]}, {len(kept)} of {len(sent)} entries")
    return seconds


def write(url: str, file: Path, author: str, name: int, appends: int, together: Barrier) -> None:
    """What one writing process does; every tenth report is sent twice, as after an answer that was lost."""
    engine = open_database(url)
    ledger, record = Ledger(engine, AccountStore(engine), file), task()
    together.wait(START_SECONDS)
    for n in range(appends):
        for _ in range(2 if n % 10 == 0 else 1):
            ledger.append(author, record, Content(n % 101, note=f"{name}/{n}"), "rest", f"{name}-{n}")
    engine.dispose()


def fill(engine: Engine, head: Head, count: int, file: Path) -> None:
    """Lengthen the chain to `count` entries as years would, without the time that appending them takes."""
    record = task()
    row: dict[str, Any] = {"seq": head.seq, "hash": head.hash}
    while row["seq"] < count:
        piece = []
        for seq in range(row["seq"] + 1, min(count, row["seq"] + PIECE) + 1):
            row = {
                "seq": seq, "id": f"{seq:032x}", "idempotency_key": f"turn-{seq}", "kind": "update", "record": record.id,
                "plan": record.key.plan, "part": record.key.part, "item": record.key.item, "version": "a" * 64,
                "corrects": None, "author": "b" * 32, "agency": record.lead.agencies[0], "channel": "zalo",
                "at": START + timedelta(seconds=seq), "percent": seq % 101, "status": "in_progress",
                "note": record.title.text, "obstacle": "", "next_step": record.product.text, "evidence": [], "value": None,
                "unit": "", "measured_on": None, "measure": 0, "previous": row["hash"],
            }  # fmt: skip
            row["hash"] = sealed(row)
            piece.append(row)
        with engine.begin() as connection:
            connection.execute(insert(entries), piece)
            connection.execute(update(ledger_head).values(seq=row["seq"], hash=row["hash"]))
    write_head(file, Head(row["seq"], row["hash"]))


def verified(engine: Engine, file: Path, count: int) -> float:
    """Seconds that verifying `count` entries takes.

    Raises:
        RuntimeError: the chain does not hold.
    """
    ledger = Ledger(engine, AccountStore(engine), file)
    last = next(iter(ledger.latest(1)), None)
    fill(engine, Head(last.seq, last.hash) if last else Head(0, ""), count, file)
    begun = time.perf_counter()
    fault = ledger.verify()
    seconds = time.perf_counter() - begun
    if fault:
        raise RuntimeError(str(fault))
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--appends", type=int, default=500)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/sauro.db"
        file = Path(folder) / "ledger.head"
        engine = open_database(url)
        upgrade(engine)
        seconds = race(url, file, options.writers, options.appends)
        total = options.writers * options.appends
        name = engine.dialect.name
        print(f"{name}: {options.writers} writers x {options.appends}: {total / seconds:.0f} appends/s, one chain")
        seconds = verified(engine, file, options.entries)
        print(f"{name}: {options.entries} entries verified in {seconds:.1f} s")
        engine.dispose()


if __name__ == "__main__":
    main()
