"""The Zalo channel alone as a process: its real webhook, worker and database, without the search index that takes seconds to load.

    SAURO_...=... .venv/bin/python -m benchmarks.zalo_gateway

For tests that kill it many times over. Settings are those of `sauro serve --part gateway`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from bot.cli.stores import open_stores
from bot.cli.zalo_channel import zalo_channel
from bot.gateway.errors import handle_errors
from bot.gateway.logs import set_up_logging
from bot.gateway.metrics import Metrics
from bot.gateway.settings import load, secret_of
from bot.turns.desk import Desk
from bot.turns.dialogue import Dialogue
from bot.turns.rate import Rate
from bot.turns.switches import Switches
from knowledge.types import Answer

LEASE_SECONDS = 4.0
"""Shorter than in service: what is played ends when the users of the last process that was killed are taken over."""


def application() -> FastAPI:
    """The channel behind its webhook, and `/readyz`."""
    settings = load()
    set_up_logging(settings.log_level, settings.log_format)
    stores, secret, metrics = open_stores(settings), secret_of(settings), Metrics()
    dialogue = Dialogue(lambda: [settings.rasa_url], settings.rasa_seconds)
    switches = Switches(stores.switches)
    alone = Answer("unanswerable", "")
    desk = Desk(stores.turns, dialogue, lambda _: alone, secret, Rate(1000, 60_000), notice=switches.notice)
    channel = zalo_channel(settings, stores, secret, desk, switches, dialogue.ready, metrics, LEASE_SECONDS)
    if channel is None:
        raise SystemExit("SAURO_ZALO_APP_ID is not set")

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(channel.prepare)
        channel.worker.start()
        yield
        await channel.stop(settings.drain_seconds)
        await dialogue.close()

    app = FastAPI(lifespan=life)
    handle_errors(app)
    app.include_router(channel.router)

    @app.get("/readyz")
    async def ready() -> dict[str, str]:
        return {}

    return app


if __name__ == "__main__":
    uvicorn.run(application(), host="127.0.0.1", port=load().port, log_level="warning", access_log=False)
