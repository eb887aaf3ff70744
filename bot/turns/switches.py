"""Is a channel switched off? Asked before every message, read from the database every other second."""

from __future__ import annotations

import asyncio
import time

from knowledge.store.switches import SwitchStore

SECONDS = 2.0
"""How long what was read holds: an operator's word counts within this time."""


class Switches:
    """What operators have switched off, as this process knows it."""

    def __init__(self, store: SwitchStore, seconds: float = SECONDS) -> None:
        self._store = store
        self._seconds = seconds
        self._notices: dict[str, str] = {}
        self._read_at = float("-inf")

    async def notice(self, channel: str) -> str | None:
        """What people are told on a channel that is off; None for one that is on."""
        if time.monotonic() - self._read_at > self._seconds:
            self._read_at = time.monotonic()
            self._notices = await asyncio.to_thread(self._store.notices)
        return self._notices.get(channel)
