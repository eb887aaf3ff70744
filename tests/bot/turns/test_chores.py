from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.turns.chores import Chore, delete_old, give_up_leftovers, keep_doing
from knowledge.store.forgetting import ForgettingStore
from knowledge.store.tables import turns
from knowledge.store.turns import TurnStore
from tests.databases import migrated


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    found = migrated(tmp_path / "sauro.db")
    yield found
    found.dispose()


@pytest.mark.parametrize(("days", "left"), [(30, 2), (0, 3)])
def test_what_is_older_than_promised_is_deleted_and_nothing_else(database: Engine, days: int, left: int) -> None:
    store = TurnStore(database)
    kept = [store.receive("web", "c", f"câu {n}")[0].id for n in range(3)]
    for turn in kept:
        store.finish(turn, "done", [{"text": "đáp"}])
    with database.begin() as connection:
        old = update(turns).where(turns.c.id == kept[0]).values(received_at=datetime.now(UTC) - timedelta(days=31))
        connection.execute(old)
    delete_old(ForgettingStore(database), days)
    assert [turn.id for turn in store.history("c", 9)] == kept[-left:]


def test_old_turns_without_an_answer_fail_unless_their_channel_keeps_them(database: Engine) -> None:
    store = TurnStore(database)
    rows = {
        name: store.receive(channel, f"c-{name}", "xin chào", started=started)[0]
        for name, channel, started in (
            ("waiting", "rest", False), ("cut off", "web", True), ("answered", "rest", True),
            ("elsewhere", "zalo", True), ("fresh", "rest", True),
        )
    }  # fmt: skip
    store.finish(rows["answered"].id, "done", [{"text": "đáp"}])
    with database.begin() as connection:
        old = datetime.now(UTC) - timedelta(minutes=16)
        connection.execute(update(turns).where(turns.c.id != rows["fresh"].id).values(received_at=old))
    give_up_leftovers(store)
    with database.connect() as connection:
        states = {row.id: row.state for row in connection.execute(select(turns.c.id, turns.c.state))}
    assert {name: states[row.id] for name, row in rows.items()} == {
        "waiting": "failed", "cut off": "failed", "answered": "done", "elsewhere": "processing", "fresh": "processing",
    }  # fmt: skip


async def test_a_chore_that_fails_is_done_the_next_time() -> None:
    outcomes: list[Exception | None] = [None, ValueError("a mistake"), OperationalError("", None, Exception("away"))]
    done = asyncio.Event()

    async def work() -> None:
        if not outcomes:
            done.set()
        elif (wrong := outcomes.pop()) is not None:
            raise wrong

    with capture_logs() as logs:
        doing = asyncio.create_task(keep_doing(Chore("old turns", 0, work)))
        await done.wait()
        doing.cancel()
    assert [(line["event"], line["log_level"], line.get("reason")) for line in logs] == [
        ("chore failed", "warning", "OperationalError"), ("chore failed", "error", None),
    ]  # fmt: skip
