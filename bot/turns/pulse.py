"""Notices when a process that listens has stopped answering: alive to the operating system, of no use to anyone."""

from __future__ import annotations

import asyncio
import time

import httpx

CHECK_SECONDS = 5.0
"""Between two checks, and how long one waits for its answer."""
MISSES = 3
"""Checks in a row without an answer after which a process counts as hung: one may meet a moment of great load."""


async def silence(address: str, start_seconds: float) -> None:
    """Return when what listens at an address has fallen silent, or has not begun to answer within `start_seconds`."""
    began, answered, missed = time.monotonic(), False, 0
    async with httpx.AsyncClient(timeout=CHECK_SECONDS, trust_env=False) as client:
        while missed < MISSES:
            await asyncio.sleep(CHECK_SECONDS)
            if await _answers(client, address):
                answered, missed = True, 0
            elif answered or time.monotonic() - began > start_seconds:
                missed += 1


async def _answers(client: httpx.AsyncClient, address: str) -> bool:
    try:
        await client.get(f"{address}/status")
    except httpx.TransportError:
        return False
    return True
