from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update

from bot.migrations.upgrade import upgrade
from bot.turns.leftovers import give_up_leftovers
from knowledge.store.database import open_database
from knowledge.store.tables import turns
from knowledge.store.turns import TurnStore


async def test_old_turns_without_an_answer_fail_unless_their_channel_keeps_them(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'sauro.db'}")
    upgrade(database)
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
    work = asyncio.create_task(give_up_leftovers(store))
    while (await asyncio.to_thread(store.read, rows["cut off"].id)).state == "processing":  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    work.cancel()
    with database.connect() as connection:
        states = {row.id: row.state for row in connection.execute(select(turns.c.id, turns.c.state))}
    assert {name: states[row.id] for name, row in rows.items()} == {
        "waiting": "failed", "cut off": "failed", "answered": "done", "elsewhere": "processing", "fresh": "processing",
    }  # fmt: skip
    database.dispose()
