"""A gateway with a stand-in for the dialogue engine: a transport that answers as Rasa's REST webhook does."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.cli.parts import today_of
from bot.cli.stores import Stores, stores_of
from bot.gateway.app import Parts, create_app
from bot.gateway.library import Library
from bot.gateway.metrics import Metrics
from bot.gateway.reports import Reports
from bot.gateway.settings import Settings
from bot.turns.desk import Desk
from bot.turns.dialogue import Dialogue
from bot.turns.forgetting import Forgetter
from bot.turns.rate import Rate
from bot.turns.switches import Switches
from bot.wire import Unreachable
from knowledge.types import Answer, Citation
from tests.bot.wired import Wired
from tests.databases import migrated

SECRET = b"0123456789abcdef0123456789abcdef"
CITED = Answer("answered", "Theo kế hoạch…", (Citation("kh-tu", "tasks", "1", "Nhiệm vụ 1", "Sở Tư pháp"),))


@dataclass
class Engine:
    """What the stand-in engine was sent, in short and in whole; `reply` makes messages (or a whole response) of a turn's text.

    `forgot` are the conversations it was told to forget.
    """

    sent: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    reply: Callable[[str], Any] = lambda text: [{"text": f"đáp: {text}"}, {"custom": {"status": "answered"}}]
    up: bool = True
    forgot: list[str] = field(default_factory=list)
    unforgettable: str = ""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if not self.up:
            raise Unreachable("refused")
        if request.url.path == "/status":
            return httpx.Response(200, json={})
        body = json.loads(request.content)
        if request.url.path.endswith("/forget"):
            if body["sender"] == self.unforgettable:
                return httpx.Response(500)
            self.forgot.append(body["sender"])
            return httpx.Response(200, json={})
        self.sent.append((body["sender"], body["message"]))
        self.bodies.append(body)
        answer = self.reply(body["message"])
        if hasattr(answer, "__await__"):
            answer = await answer
        if isinstance(answer, httpx.Response):
            return answer
        return httpx.Response(200, json=[{"recipient_id": body["sender"], **m} for m in answer])


@dataclass
class Gateway:
    client: httpx.AsyncClient
    engine: Engine
    desk: Desk
    library: Library
    stores: Stores
    forgetter: Forgetter

    async def say(self, message: object, sender: object = "an", **more: object) -> httpx.Response:
        body = {"sender": sender, "message": message, **more}
        return await self.client.post("/webhooks/rest/webhook", content=json.dumps(body))


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path)


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
async def gateway(engine: Engine, settings: Settings, library: Library) -> AsyncIterator[Gateway]:
    stores = stores_of(settings, migrated(settings.var / "sauro.db"))
    dialogue = Dialogue(lambda: ["http://engine"], 5, Wired(engine))
    metrics = Metrics()
    rate = Rate(settings.rate_burst, settings.rate_per_minute)
    forgetter = Forgetter(stores.forgetting, dialogue)
    notice = Switches(stores.switches, 0).notice
    desk = Desk(stores.turns, dialogue, lambda _: CITED, SECRET, rate, settings.message_limit, metrics.turn, notice)
    reports = Reports(stores.ledger, today_of(settings), settings.public_progress)
    kept = (stores.accounts, stores.turns, stores.feedback, stores.uploads)
    app = create_app(settings, SECRET, Parts(desk, forgetter, library, reports, metrics, dialogue.ready, *kept))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield Gateway(client, engine, desk, library, stores, forgetter)
    await desk.drain(5)
    await dialogue.close()
    stores.database.dispose()
