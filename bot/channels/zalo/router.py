"""The webhook: a call that Zalo signed is recorded and answered at once; everything else happens afterwards, in the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

import structlog
from fastapi import APIRouter, Request

from bot.channels.errors import ApiError
from bot.channels.zalo.commands import CHANNEL
from bot.channels.zalo.payload import BadEvent, Event, parse
from bot.channels.zalo.signature import HEADER, TIMESTAMP_HEADER, genuine
from bot.turns.identity import conversation_id
from bot.turns.rate import Rate, TooMany
from knowledge.store.deliveries import Arrival, DeliveryStore
from knowledge.text.normalise import lines

log = structlog.get_logger(__name__)
DONE = {"status": "ok"}
PROBES = (b"", b"{}")
"""What Zalo's console sends, unsigned, to see whether somebody is there."""


@dataclass(frozen=True)
class Webhook:
    """What the webhook works on. `oa_secret` is the Official Account's secret key, `secret` the server's own; `wake` starts the worker.
    `writer` has as many threads as the database takes writers; `notices` is how often somebody who sends too fast is told so.
    """

    deliveries: DeliveryStore
    app_id: str
    oa_secret: str
    secret: bytes
    rate: Rate
    now: Callable[[], datetime]
    wake: Callable[[], None]
    writer: ThreadPoolExecutor
    notices: Rate = field(default_factory=lambda: Rate(1, 1))

    async def take(self, event: Event) -> None:
        """Record what an event asks for: one transaction, off the event loop."""
        if event.kind == "unfollow":
            await asyncio.to_thread(self.deliveries.left, event.user, self._time_of(event))
        elif event.kind == "withdraw":
            turns = await asyncio.to_thread(self.deliveries.forget, event.user)
            log.info("zalo user forgotten", turns=turns)
        elif event.kind != "ignored" and (let_in := self._let_in(event)) is not None:
            await self._record(let_in)

    def _time_of(self, event: Event) -> datetime:
        return datetime.fromtimestamp(event.at_ms / 1000, UTC) if event.at_ms else self.now()

    def _let_in(self, event: Event) -> Event | None:
        """The event; of one above the rate, once a minute, only that it came, so that its sender is told; else None."""
        try:
            self.rate.take(event.user)
        except TooMany:
            log.warning("zalo user too fast")
        else:
            return event
        try:
            self.notices.take(event.user)
        except TooMany:
            return None
        # Told before all that waits for an answer: behind it, the free replies might be used up.
        return replace(event, kind="hasty", text="", attachments=(), at_ms=1)

    async def _record(self, event: Event) -> None:
        now = self.now()
        arrival = Arrival(
            event.user, event.message_id, event.kind, lines(event.text),
            self._time_of(event), event.talk,
            tuple(asdict(a) for a in event.attachments),
        )  # fmt: skip
        # Whose message it is for certain, and so its conversation, is found out when it is answered.
        conversation = conversation_id(self.secret, CHANNEL, "", event.user)
        loop = asyncio.get_running_loop()
        if await loop.run_in_executor(self.writer, self.deliveries.receive, arrival, conversation, now):
            self.wake()


def zalo_router(webhook: Webhook) -> APIRouter:
    """The router of the Zalo channel."""
    router = APIRouter(prefix="/webhooks/zalo", tags=["zalo"])

    @router.get("", summary="Is the channel there?")
    async def alive() -> dict[str, str]:
        return DONE

    @router.post("", summary="An event of the Official Account, signed by Zalo")
    async def receive(request: Request) -> dict[str, str]:
        raw = await request.body()
        if raw.strip() in PROBES:
            return DONE
        mac, stamp = request.headers.get(HEADER), request.headers.get(TIMESTAMP_HEADER)
        if not genuine(raw, mac, webhook.app_id, webhook.oa_secret, webhook.now().timestamp() * 1000, stamp):
            log.warning("zalo call refused", bytes=len(raw))
            raise ApiError(401, "bad_signature")
        try:
            await webhook.take(parse(raw))
        except BadEvent as error:  # signed, so Zalo's: sending it again would not make it better
            log.warning("zalo event not understood", reason=str(error))
        return DONE

    return router
