"""The life of `sauro serve`: bind, serve, get ready, stop in order."""

from __future__ import annotations

import asyncio
import signal
import time

from bot.cli.assembly import Service, assembled
from bot.cli.binding import bind
from bot.cli.terminal import Teller
from bot.gateway.server import server
from bot.gateway.settings import Settings


async def serve_all(settings: Settings, say: Teller) -> None:
    """Serve until SIGINT or SIGTERM.

    The public port answers from the start, `/readyz` with 503 until everything is loaded.

    Raises:
        BadSetting, StartFailed: one line that says what to do.
    """
    began = time.perf_counter()
    with bind(settings.host, settings.port) as bound:
        async with assembled(settings, say) as service:
            serving = server(service.app, settings.drain_seconds)
            stop = asyncio.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, stop.set)
            public = asyncio.create_task(serving.serve([bound]))
            try:
                if await _started(service, say, stop):
                    host, port = bound.getsockname()[:2]
                    shown = f"[{host}]" if ":" in host else host
                    say("serve.ready", seconds=f"{time.perf_counter() - began:.1f}", url=f"http://{shown}:{port}")
                    await asyncio.wait(
                        {public, asyncio.ensure_future(stop.wait())}, return_when=asyncio.FIRST_COMPLETED
                    )
                say("serve.stopping")
            finally:
                serving.should_exit = True
                await public


async def _started(service: Service, say: Teller, stop: asyncio.Event) -> bool:
    """Start the service unless a signal comes first."""
    starting = asyncio.create_task(service.start(say))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        await asyncio.wait({starting})
        return False
    stopped.cancel()
    await starting
    return True
