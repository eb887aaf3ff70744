from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from bot.migrations.upgrade import upgrade
from bot.turns.retention import keep_for
from knowledge.store.database import open_database
from knowledge.store.forgetting import ForgettingStore
from knowledge.store.tables import turns
from knowledge.store.turns import TurnStore


async def test_what_is_older_than_promised_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'sauro.db'}")
    upgrade(database)
    store = TurnStore(database)
    kept = [store.receive("web", "c", f"câu {n}")[0].id for n in range(3)]
    for turn in kept:
        store.finish(turn, "done", [{"text": "đáp"}])
    with database.begin() as connection:
        old = update(turns).where(turns.c.id == kept[0]).values(received_at=datetime.now(UTC) - timedelta(days=31))
        connection.execute(old)
    cleaning = asyncio.create_task(keep_for(ForgettingStore(database), 30))
    while len(left := await asyncio.to_thread(store.history, "c", 9)) == 3:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    cleaning.cancel()
    assert [turn.id for turn in left] == kept[1:]
    database.dispose()


async def test_without_a_limit_nothing_is_deleted() -> None:
    await keep_for(None, 0)  # type: ignore[arg-type]
