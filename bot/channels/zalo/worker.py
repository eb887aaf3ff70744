"""Works off what came in: users side by side, the messages of one user one after another, each answered and then sent.

Several processes may do this on one database. Each holds the leases of the users it works on and makes them last while it lives; those of
one that was killed run out, and another goes on where it stopped.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import structlog

from bot.channels.zalo.answering import LANG, Answering
from bot.channels.zalo.outgoing import parcels, stored
from bot.channels.zalo.sender import Sender
from bot.channels.zalo.tokens import Tokens
from bot.turns.dialogue import DialogueError
from knowledge.store.deliveries import Delivery, DeliveryStore

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Users whose messages are worked on side by side: about what one dialogue engine answers at a time."""
LOOK_SECONDS = 0.5
"""How often one looks for work that another process has let in, or whose time has come."""
LEASE_SECONDS = 12.0
"""How long a user waits when the process that worked for him was killed; a living one renews its leases four times as often."""
BREATH_SECONDS = 0.03
"""Between two looks: a crowd of messages is found by one."""
ASK_SECONDS = 1.0
ENGINE_PAUSE = timedelta(seconds=2)
FAULT_PAUSE = timedelta(seconds=30)
TEND_SECONDS = 60.0


class Worker:
    """`ready` says whether the dialogue engine is there; without it a message waits at most `patience` for its answer."""

    def __init__(
        self,
        deliveries: DeliveryStore,
        answering: Answering,
        sender: Sender,
        tokens: Tokens,
        ready: Callable[[], Awaitable[bool]],
        patience: timedelta,
        now: Callable[[], datetime],
        lease_seconds: float,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._deliveries = deliveries
        self._answering = answering
        self._sender = sender
        self._tokens = tokens
        self._ready = ready
        self._patience = patience
        self._now = now
        self._lease = timedelta(seconds=lease_seconds)
        self._look_seconds = look_seconds
        self._by = uuid4().hex
        self._held_until: dict[str, float] = {}
        self._woken = asyncio.Event()
        self._engine_up = False
        self._stopping = False
        self._users: dict[str, asyncio.Task[None]] = {}
        self._parts: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin, and go on until `stop`."""
        self._parts = [asyncio.create_task(part()) for part in (self._ask, self._look, self._hold, self._tend)]

    def wake(self) -> None:
        """Something came in: look at once, unless it has to wait for the engine anyway."""
        if self._engine_up:
            self._woken.set()

    async def stop(self, seconds: float) -> None:
        """Finish the messages at hand, for at most `seconds`, and give the leases back."""
        self._stopping = True
        if self._users:
            await asyncio.wait(self._users.values(), timeout=seconds)
        left = [*self._users.values(), *self._parts]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _look(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                await self._begin()
            except Exception:  # the database is away for a moment: nothing is lost
                log.exception("zalo worker can not look for work")
            await asyncio.sleep(BREATH_SECONDS)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._look_seconds)

    async def _begin(self) -> None:
        """Take on as many users as there is room for."""
        room = AT_ONCE - len(self._users)
        if room <= 0:
            return
        now = self._now()
        answerable = now if self._engine_up else now - self._patience
        claim = self._deliveries.claim
        until = time.monotonic() + self._lease.total_seconds()
        for user in await asyncio.to_thread(claim, self._by, now, now + self._lease, room, answerable):
            self._held_until[user] = until
            if user not in self._users:  # a lease that ran out under great load is taken anew; the work goes on
                self._users[user] = asyncio.create_task(self._work(user))

    async def _work(self, user: str) -> None:
        """Work off one user's messages as far as that goes now."""
        try:
            while not self._stopping and self._holding(user):
                delivery = await asyncio.to_thread(self._deliveries.next, user)
                if delivery is None or delivery.due_at > self._now() or not await self._deliver(delivery):
                    break
        finally:
            with suppress(Exception):  # one that can not be given back runs out: nobody makes it last
                await asyncio.to_thread(self._deliveries.release, [user], self._by)
            del self._users[user], self._held_until[user]
            self._woken.set()

    async def _deliver(self, delivery: Delivery) -> bool:
        """Answer a message and send the answer; False when the user's later ones have to wait."""
        try:
            patient = self._now() - delivery.said_at < self._patience
            replies = await self._answering.replies(delivery, patient=patient)
            if delivery.parcels is None:
                # Somebody who does not follow can not be sent an uploaded picture.
                listed = [p for p in parcels(replies, LANG) if not (delivery.talk and p.picture)]
                kept = tuple(stored(parcel) for parcel in listed)
                await asyncio.to_thread(self._deliveries.wrap, delivery.seq, kept)
                delivery = replace(delivery, parcels=kept)
            return await self._sender.send(delivery, replies, partial(self._holding, delivery.user))
        except DialogueError as error:
            await asyncio.to_thread(self._deliveries.later, delivery.seq, self._now() + ENGINE_PAUSE, error.code)
        except Exception as error:  # one message that can not be handled must not stop the others
            log.exception("zalo message not handled", turn=delivery.turn)
            await self._spoiled(delivery, type(error).__name__)
        return False

    async def _spoiled(self, delivery: Delivery, reason: str) -> None:
        attempts = delivery.attempts + 1
        with suppress(Exception):  # what can not even be put off is found again when the lease runs out
            if attempts >= 8:
                await asyncio.to_thread(self._deliveries.end, delivery.seq, reason)
            else:
                due = self._now() + FAULT_PAUSE
                await asyncio.to_thread(self._deliveries.later, delivery.seq, due, reason, attempts)

    def _holding(self, user: str) -> bool:
        return time.monotonic() < self._held_until[user]

    async def _hold(self) -> None:
        """Make the leases last while this process lives."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 4)
            began, now = time.monotonic(), self._now()
            try:
                users = list(self._users)
                for user in await asyncio.to_thread(self._deliveries.keep, users, self._by, now, now + self._lease):
                    if user in self._users:
                        self._held_until[user] = began + self._lease.total_seconds()
            except Exception:
                log.exception("zalo leases not renewed")

    async def _ask(self) -> None:
        """Know whether the dialogue engine is there, without holding up what needs none."""
        while True:
            try:
                self._engine_up, before = await self._ready(), self._engine_up
                if self._engine_up and not before:
                    self._woken.set()
            except Exception:
                log.exception("zalo worker can not ask for the engine")
                self._engine_up = False
            await asyncio.sleep(ASK_SECONDS)

    async def _tend(self) -> None:
        while True:
            try:
                await self._tokens.tend()
            except Exception:
                log.exception("zalo tokens not tended")
            await asyncio.sleep(TEND_SECONDS)
