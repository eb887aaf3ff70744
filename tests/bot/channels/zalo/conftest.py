"""The real channel against the simulator, in one process without a socket: its API, its webhooks, a stand-in dialogue engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine as Database

from bot.channels.zalo.answering import Answering
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.router import Webhook, zalo_router
from bot.channels.zalo.sender import Sender
from bot.channels.zalo.tokens import Tokens
from bot.channels.zalo.worker import LEASE_SECONDS, Worker
from bot.gateway.errors import handle_errors
from bot.turns.desk import Desk
from bot.turns.dialogue import Dialogue
from bot.turns.rate import Rate
from bot.turns.switches import Switches
from bot.zalosim.app import simulator
from bot.zalosim.events import Events
from bot.zalosim.world import World
from knowledge.store.accounts import AccountStore
from knowledge.store.deliveries import DeliveryStore
from knowledge.store.evidence import EvidenceStore
from knowledge.store.switches import SwitchStore
from knowledge.store.turns import TurnStore
from knowledge.store.uploads import Uploads
from knowledge.store.zalo_tokens import TokenStore
from tests.bot.conftest import CITED, SECRET, Engine
from tests.bot.wired import Wired
from tests.databases import migrated

WAIT_SECONDS = 120


@dataclass
class Channel:
    """The channel at work, and the platform it works with."""

    world: World
    events: Events
    platform: httpx.AsyncClient
    webhook: httpx.AsyncClient
    engine: Engine
    database: Database
    deliveries: DeliveryStore
    turns: TurnStore
    accounts: AccountStore
    evidence: EvidenceStore
    switches: SwitchStore
    tokens: Tokens
    worker: Worker
    clock: list[timedelta]

    def say(self, text: str, user: str = "u1") -> None:
        self.events.user_sends(user, "text", {"text": text})

    def heard(self, user: str = "u1") -> list[str]:
        """Texts that a user was sent."""
        return [str(m.get("text", "")) for m in self.world.said if m["user"] == user and m["from"] == "oa"]

    async def quiet(self) -> None:
        """Wait until nothing is left to do."""

        def done() -> bool:
            counts = self.deliveries.counts()
            return not counts.get("waiting") and not counts.get("sending")

        await self.events.settle()
        await self.until(done)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while not true():  # noqa: ASYNC110  (what is waited for happens in the database)
                await asyncio.sleep(0.01)

    def rows(self) -> list[dict[str, Any]]:
        with self.database.connect() as connection:
            return [dict(r) for r in connection.exec_driver_sql("SELECT * FROM turns ORDER BY seq").mappings()]


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    database = migrated(tmp_path / "sauro.db")
    world, engine, app = World(), Engine(), FastAPI()
    clock = [timedelta()]

    def now() -> datetime:
        return datetime.now(UTC) + clock[0]

    sim = simulator(world, "http://gateway/webhooks/zalo", pace=0.001, transport=httpx.ASGITransport(app))
    client = ZaloClient("http://zalo", "http://zalo", ("zalo",), transport=httpx.ASGITransport(sim))
    dialogue = Dialogue(lambda: ["http://engine"], 5, Wired(engine))
    turns, deliveries, accounts = TurnStore(database), DeliveryStore(database), AccountStore(database)
    evidence, switches = EvidenceStore(tmp_path / "evidence"), SwitchStore(database)
    notice = Switches(switches, 0).notice
    desk = Desk(turns, dialogue, lambda _: CITED, SECRET, Rate(40, 240), 2000, notice=notice)
    tokens = Tokens(TokenStore(database), client, world.app_id, world.app_secret, SECRET, now)
    tokens.put(world.refresh)
    uploads = Uploads(database, evidence, 12 * 1024**2)
    answering = Answering(desk, turns, deliveries, accounts, uploads, client, SECRET, notice, 10 * 1024**2)
    sender = Sender(deliveries, client, tokens, now, pace=0.001)
    worker = Worker(
        deliveries, answering, sender, tokens, dialogue.ready, timedelta(minutes=10), now, LEASE_SECONDS, 0.02
    )
    webhook = Webhook(
        deliveries, world.app_id, world.oa_secret, SECRET, Rate(60, 1), now, worker.wake, ThreadPoolExecutor(1)
    )
    handle_errors(app)
    app.include_router(zalo_router(webhook))
    world.faults.stall = 0
    worker.start()
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(sim), base_url="http://zalo") as platform,
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as calls,
    ):
        yield Channel(
            world, sim.state.events, platform, calls, engine, database, deliveries, turns, accounts, evidence,
            switches, tokens, worker, clock,
        )  # fmt: skip
    await worker.stop(5)
    await sim.state.events.close()
    await client.close()
    await dialogue.close()
    database.dispose()
