"""Notices when a process that listens has stopped answering: alive to the operating system, of no use to anyone."""

from __future__ import annotations

import asyncio
import time

from bot.wire import Wire, WireError

CHECK_SECONDS = 5.0
"""Between two checks, and how long one waits for its answer."""
MISSES = 3
"""Checks in a row without an answer after which a process counts as hung: one may meet a moment of great load."""


async def silence(address: str, start_seconds: float) -> None:
    """Return when what listens at an address has fallen silent, or has not begun to answer within `start_seconds`."""
    began, answered, missed = time.monotonic(), False, 0
    wire = Wire(2 * CHECK_SECONDS)
    try:
        while missed < MISSES:
            await asyncio.sleep(CHECK_SECONDS)
            if await _answers(wire, address):
                answered, missed = True, 0
            elif answered or time.monotonic() - began > start_seconds:
                missed += 1
    finally:
        await wire.close()


async def _answers(wire: Wire, address: str) -> bool:
    try:
        await wire.call("GET", f"{address}/status", seconds=CHECK_SECONDS)
    except WireError:
        return False
    return True
