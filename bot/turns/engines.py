"""Several dialogue engines on one machine, each kept running on its own: what happens to one is nothing to the others."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.turns.dialogue import Dialogue
from bot.turns.engine import Engine
from bot.turns.launch import Launch


class Engines:
    """`count` engines that are started alike and share one file of conversations; the first listens on `port`, the next on the one after
    it, unless it is 0. Each may take `start_seconds` to start."""

    def __init__(self, launch: Launch, start_seconds: float, count: int, port: int) -> None:
        seats = range(1, count + 1) if count > 1 else [0]
        self.each = [
            Engine(replace(launch, seat=seat), start_seconds, port and port + i) for i, seat in enumerate(seats)
        ]

    @property
    def addresses(self) -> list[str | None]:
        """Their URLs in a fixed order; None for one that does not run at the moment."""
        return [engine.address for engine in self.each]

    @property
    def starts(self) -> int:
        """How often any of them was started."""
        return sum(engine.starts for engine in self.each)

    async def start(self) -> None:
        """Start them and keep them running from now on."""
        for engine in self.each:
            await engine.start()

    async def wait_ready(self, dialogue: Dialogue) -> None:
        """Wait until all are ready.

        Raises:
            EngineFailed: the process of one ended, it has no model, or the time is up.
        """
        await asyncio.gather(*(engine.wait_ready(dialogue) for engine in self.each))

    async def stop(self) -> None:
        """End them."""
        await asyncio.gather(*(engine.stop() for engine in self.each))
