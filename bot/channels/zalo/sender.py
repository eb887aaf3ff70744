"""Sends a reply's messages one after another, and decides from Zalo's answer what becomes of each.

One message at a time is on its way in a process, and its success is recorded before the next goes out: of what is under way when the
process is killed, at most one message can go out twice. Zalo has no key with which it could tell that it has a message already.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.outcome import Fate, Outcome
from bot.channels.zalo.outgoing import Parcel, halves, restored, stored
from bot.channels.zalo.tokens import NoTokens, Tokens
from knowledge.store.deliveries import Delivery, DeliveryStore

log = structlog.get_logger(__name__)

ATTEMPTS = 8
FIRST_PAUSE, GROWTH, LONGEST_PAUSE = 5.0, 3.0, 3600.0
"""Seconds before the second attempt, how the pauses grow, and the longest: the eighth comes after some hour and a half."""
NO_TOKENS_PAUSE = timedelta(seconds=30)
SHORTEST_TEXT = 50
"""A text of so few characters is not too long, whatever Zalo says."""


class LeaseLost(Exception):
    """Another process may be working for this user by now."""


class Sender:
    """`chance` gives numbers from 0 to 1 for the jitter; `observe` counts how calls end; `pace` scales every pause (for tests)."""

    def __init__(
        self,
        deliveries: DeliveryStore,
        client: ZaloClient,
        tokens: Tokens,
        now: Callable[[], datetime],
        observe: Callable[[Fate], None] = lambda _: None,
        pace: float = 1.0,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._deliveries = deliveries
        self._client = client
        self._tokens = tokens
        self._now = now
        self._observe = observe
        self._pace = pace
        self._chance = chance
        self._one_at_a_time = asyncio.Lock()

    async def send(self, delivery: Delivery, replies: list[dict[str, Any]], holding: Callable[[], bool]) -> bool:
        """Send what is left of a delivery while the lease is `holding`; False when the user's later ones have to wait."""
        parcels = list(delivery.parcels or ())
        while delivery.sent < len(parcels):
            heard = await asyncio.to_thread(self._deliveries.heard, delivery.user)
            obstacle = await asyncio.to_thread(self._deliveries.obstacle, delivery.user, self._now())
            if obstacle is not None:
                if await self._hold(delivery, obstacle, heard):
                    return True
                continue
            parcel = restored(parcels[delivery.sent], replies)
            try:
                outcome = await self._call(delivery, parcel, len(parcels), holding)
            except LeaseLost:
                return False
            self._observe(outcome.fate)
            match outcome.fate:
                case "sent":
                    delivery = replace(delivery, sent=delivery.sent + 1, attempts=0)
                case "too_long" | "bad" if parcel.picture is not None or len(parcel.text) > SHORTEST_TEXT:
                    shorter = [] if parcel.picture else halves(parcel) if outcome.fate == "too_long" else None
                    if shorter is None:
                        return await self._lay_aside(delivery, outcome.detail)
                    parcels[delivery.sent : delivery.sent + 1] = [stored(p) for p in shorter]
                    await asyncio.to_thread(self._deliveries.wrap, delivery.seq, parcels, delivery.sent)
                case "window":
                    if await self._hold(delivery, outcome.detail, heard):
                        return True
                case "later" | "billing" | "token":
                    return await self._try_later(delivery, outcome)
                case _:
                    return await self._lay_aside(delivery, outcome.detail)
        return True

    async def _call(self, delivery: Delivery, parcel: Parcel, count: int, holding: Callable[[], bool]) -> Outcome:
        """Send a parcel, with renewed tokens when these are what is wrong; success is recorded."""
        try:
            access = await self._tokens.access()
            outcome = await self._once(access, delivery, parcel, count, holding)
            if outcome.fate == "token":
                outcome = await self._once(await self._tokens.renewed(access), delivery, parcel, count, holding)
        except NoTokens as error:
            return Outcome("token", None, "", str(error))
        return outcome

    async def _once(
        self, access: str, delivery: Delivery, parcel: Parcel, count: int, holding: Callable[[], bool]
    ) -> Outcome:
        attachment = ""
        if parcel.picture is not None:
            attachment, uploaded = await self._client.upload(access, parcel.picture)
            if uploaded.fate != "sent":
                return uploaded
        async with self._one_at_a_time:
            if not holding():
                raise LeaseLost
            outcome = await self._client.send(access, delivery.user, parcel, attachment, delivery.talk)
            if outcome.fate == "sent":
                sent = delivery.sent + 1
                await asyncio.to_thread(self._deliveries.sent, delivery.seq, sent, delivery.user, last=sent == count)
        return outcome

    async def _try_later(self, delivery: Delivery, outcome: Outcome) -> bool:
        if outcome.fate == "token":  # nothing is wrong with the message: it waits until there are tokens
            due = self._now() + NO_TOKENS_PAUSE * self._pace
            await asyncio.to_thread(self._deliveries.later, delivery.seq, due, outcome.detail)
            return False
        attempts = delivery.attempts + 1
        if attempts >= ATTEMPTS:
            return await self._lay_aside(delivery, outcome.detail)
        if outcome.fate == "billing":
            log.error("zalo billing", code=outcome.code)
        pause = min(FIRST_PAUSE * GROWTH ** (attempts - 1), LONGEST_PAUSE) * (0.5 + self._chance() / 2) * self._pace
        log.warning("zalo send failed", turn=delivery.turn, attempt=attempts, reason=outcome.detail)
        due = self._now() + timedelta(seconds=pause)
        await asyncio.to_thread(self._deliveries.later, delivery.seq, due, outcome.detail, attempts)
        return False

    async def _lay_aside(self, delivery: Delivery, reason: str) -> bool:
        log.warning("zalo reply laid aside", turn=delivery.turn, state="dead", reason=reason)
        await asyncio.to_thread(self._deliveries.end, delivery.seq, reason)
        return True

    async def _hold(self, delivery: Delivery, reason: str, heard: datetime | None) -> bool:
        """Keep a reply until its user writes or follows again; False when he just has: it goes out before the reply to that."""
        held = await asyncio.to_thread(self._deliveries.hold, delivery.seq, delivery.user, reason, heard)
        if held:
            log.warning("zalo reply laid aside", turn=delivery.turn, state="held", reason=reason)
        return held
