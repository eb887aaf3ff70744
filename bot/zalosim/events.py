"""Webhook calls as Zalo makes them: signed over the raw bytes, sent again while nobody answers 200 in time, now and then twice or late."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from typing import Any

import httpx

from bot.zalosim.world import World

PAUSES = (30.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds before each further attempt."""
ANSWER_SECONDS = 2.0
LATE_SECONDS = 0.3


class Events:
    """Sends events to the channel's webhook at `target`; `pace` scales the pauses between attempts."""

    def __init__(
        self, world: World, target: str, pace: float = 1.0, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._world = world
        self._target = target
        self._pace = pace
        self._client = httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False, transport=transport)
        self._running: set[asyncio.Task[None]] = set()
        self.taken: set[str] = set()
        self.refused = 0
        self.given_up = 0

    def user_sends(self, user: str, kind: str, message: dict[str, Any]) -> dict[str, Any]:
        """A user sends a message: it is on its way when this returns."""
        event = self.written(user, kind, message)
        self.emit(event)
        return event

    def written(self, user: str, kind: str, message: dict[str, Any]) -> dict[str, Any]:
        """The event of a user's message, not sent."""
        message = {"msg_id": secrets.token_hex(10), **message}
        self._world.wrote(user, message)
        event = self._event(f"user_send_{kind}", sender={"id": user}, recipient={"id": self._world.oa_id})
        return event | {"user_id_by_app": f"app-{user}", "message": message}

    def follows(self, user: str, *, follows: bool = True) -> dict[str, Any]:
        """A user follows the account, or no longer does."""
        self._world.wrote(user, {"text": ""}) if follows else None
        name = "follow" if follows else "unfollow"
        event = self._event(name, oa_id=self._world.oa_id, follower={"id": user}, source="oa_profile")
        self.emit(event)
        return event

    def emit(self, event: dict[str, Any]) -> None:
        """Send an event in the background, as often as the faults say."""
        times = 2 if self._world.chance(self._world.faults.again) else 1
        for _ in range(times):
            late = LATE_SECONDS if self._world.chance(self._world.faults.late) else 0.0
            task = asyncio.create_task(self._deliver(event, late))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    def signed(self, event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        """Body and headers of an event's call."""
        raw = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        plain = self._world.app_id.encode() + raw + str(event["timestamp"]).encode() + self._world.oa_secret.encode()
        mac = hashlib.sha256(plain).hexdigest()
        return raw, {"X-ZEvent-Signature": f"mac={mac}", "Content-Type": "application/json"}

    @property
    def under_way(self) -> int:
        """How many deliveries are not at their end."""
        return len(self._running)

    async def settle(self) -> None:
        """Wait until every event is taken or given up."""
        while self._running:
            await asyncio.wait(self._running)

    async def close(self) -> None:
        """Give up what is on its way."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._client.aclose()

    async def _deliver(self, event: dict[str, Any], late: float) -> None:
        raw, headers = self.signed(event)
        for pause in (late, *(p * self._pace for p in PAUSES)):
            await asyncio.sleep(pause)
            try:
                response = await self._client.post(self._target, content=raw, headers=headers)
            except (httpx.HTTPError, AttributeError):  # anyio's, of a peer that is gone before it is connected
                continue
            if response.status_code == httpx.codes.OK:
                self.taken.add(str(event.get("message", {}).get("text", "")))
                return
            self.refused += 1
        self.given_up += 1

    def _event(self, name: str, **fields: Any) -> dict[str, Any]:
        return {
            "app_id": self._world.app_id, "event_name": name, "timestamp": str(round(self._world.now() * 1000)), **fields
        }  # fmt: skip
