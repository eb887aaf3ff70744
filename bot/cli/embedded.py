"""The whole service on a free port of this machine, with nothing remembered: for measuring it as a client sees it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.cli.assembly import assembled
from bot.cli.binding import bind
from bot.gateway.server import server
from bot.gateway.settings import Settings

HOST = "127.0.0.1"


@asynccontextmanager
async def embedded(settings: Settings, say: Callable[..., None]) -> AsyncIterator[str]:
    """Start the service with a database of its own and yield its base URL once it is ready. `say(key, **values)` reports progress.

    Raises:
        BadSetting, StartFailed: one line that says what to do.
    """
    with tempfile.TemporaryDirectory(prefix="sauro-") as folder, bind(HOST, 0, "SAURO_") as bound:
        fresh = settings.model_copy(update={"var": Path(folder), "database_url": ""})
        async with assembled(fresh, say) as service:
            await service.start(say)
            serving = server(service.app, fresh.drain_seconds)
            public = asyncio.create_task(serving.serve([bound]))
            try:
                yield f"http://{HOST}:{bound.getsockname()[1]}"
            finally:
                serving.should_exit = True
                await public
