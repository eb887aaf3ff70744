"""The tokens with which the Official Account's API is called: kept sealed, renewed ahead of their end, by one process at a time.

An access token holds 25 hours, a refresh token three months and for one exchange only. Whoever exchanges holds the row's lease, stores the
new pair before anybody uses it, and leaves the old one alone when Zalo gives none. An exchange that has begun is carried through: with it
the old pair is worth nothing. After a failure the lease is kept, so that all processes together try once a minute. The pair is sealed with
a key made from `SAURO_SECRET`: a copy of the database does not open it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.client import Grant, GrantRefused, ZaloClient
from knowledge.store.zalo_tokens import SealedPair, TokenStore

log = structlog.get_logger(__name__)

AHEAD = timedelta(hours=2)
"""How long before its end an access token is renewed."""
REFRESH_LIFE = timedelta(days=90)
ALARM = timedelta(days=21)
"""How long before the end of the refresh token a person is called for."""
LEASE = timedelta(seconds=60)
LONGEST_WAIT, STEP = 15.0, 0.2


class NoTokens(Exception):
    """There is no access token that holds, and none is to be had now. The text is for the log."""


class Tokens:
    """The pair of one app. `secret` is the server's signing secret, `app_secret` the app's at Zalo."""

    def __init__(
        self,
        store: TokenStore,
        client: ZaloClient,
        app_id: str,
        app_secret: str,
        secret: bytes,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._client = client
        self._app_id = app_id
        self._app_secret = app_secret
        self._seal = seal_of(secret)
        self._now = now
        self._by = uuid4().hex

    async def access(self) -> str:
        """An access token that holds.

        Raises:
            NoTokens: there is none.
        """
        pair = await self._read()
        now = self._now()
        if pair.access_until - now < AHEAD:
            over = pair.access_until <= now
            try:
                pair = await self._exchange(pair) or (await self._wait_for_other(pair) if over else pair)
            except NoTokens:
                if over:
                    raise
        return self._opened(pair).access

    async def renewed(self, stale: str) -> str:
        """An access token in place of one that Zalo no longer takes.

        Raises:
            NoTokens: there is none.
        """
        pair = await self._read()
        if self._opened(pair).access == stale:
            pair = await self._exchange(pair) or await self._wait_for_other(pair)
        return self._opened(pair).access

    async def tend(self) -> None:
        """Renew what ends soon and call for a person when it will not go on by itself."""
        try:
            left = (await self._read()).refresh_until - self._now()
            if left < ALARM:
                log.error("zalo refresh token ends", days=left.days)
            await self.access()
        except NoTokens as error:
            log.error("zalo tokens missing", reason=str(error))

    def put(self, refresh: str, access: str = "") -> None:
        """Store a first pair; without an access token it is exchanged at once when it is needed. Blocks on the database."""
        now = self._now()
        until = now + timedelta(hours=24) if access else now
        self._store.put(self._sealed(Grant(access, refresh, 0), until, now + REFRESH_LIFE))

    def left(self) -> tuple[timedelta, timedelta] | None:
        """How long access and refresh token still hold; None while there are none. Blocks on the database."""
        pair = self._store.read()
        return (pair.access_until - self._now(), pair.refresh_until - self._now()) if pair else None

    async def _exchange(self, pair: SealedPair) -> SealedPair | None:
        """The new pair, stored; None when somebody else is at it. Who is cancelled meanwhile waits for it first.

        Raises:
            NoTokens: Zalo gives none.
        """
        now = self._now()
        if not await asyncio.to_thread(self._store.claim, pair, self._by, now, now + LEASE):
            return None
        exchange = asyncio.create_task(self._exchanged(pair, now))
        try:
            return await asyncio.shield(exchange)
        except asyncio.CancelledError:
            await asyncio.wait({exchange})
            raise

    async def _exchanged(self, pair: SealedPair, now: datetime) -> SealedPair:
        try:
            grant = await self._client.exchange(self._app_id, self._app_secret, self._opened(pair).refresh)
        except GrantRefused as error:
            log.error("zalo tokens not renewed", reason=str(error))
            raise NoTokens(str(error)) from None
        new = self._sealed(grant, now + timedelta(seconds=grant.seconds or 3600), now + REFRESH_LIFE)
        await self._replace(pair, new)
        log.info("zalo tokens renewed", seconds=grant.seconds)
        return new

    async def _replace(self, old: SealedPair, new: SealedPair) -> None:
        """Store a new pair; a database that is away is waited for as long as the lease holds, since nobody else has this pair."""
        until = time.monotonic() + LEASE.total_seconds()
        while True:
            try:
                await asyncio.to_thread(self._store.replace, old, new)
                return
            except SQLAlchemyError as error:
                log.error("zalo tokens not stored", reason=type(error).__name__)
                if time.monotonic() > until:
                    raise
            await asyncio.sleep(STEP)

    async def _wait_for_other(self, pair: SealedPair) -> SealedPair:
        for _ in range(round(LONGEST_WAIT / STEP)):
            now = await self._read()
            if now.sealed != pair.sealed:
                return now
            await asyncio.sleep(STEP)
        raise NoTokens("not renewed")

    async def _read(self) -> SealedPair:
        pair = await asyncio.to_thread(self._store.read)
        if pair is None:
            raise NoTokens("none given")
        return pair

    def _sealed(self, grant: Grant, access_until: datetime, refresh_until: datetime) -> SealedPair:
        text = json.dumps([grant.access, grant.refresh]).encode()
        return SealedPair(self._seal.encrypt(text).decode(), access_until, refresh_until)

    def _opened(self, pair: SealedPair) -> Grant:
        try:
            access, refresh = json.loads(self._seal.decrypt(pair.sealed.encode()))
        except InvalidToken:
            raise NoTokens("sealed with another SAURO_SECRET") from None
        return Grant(access, refresh, 0)


def seal_of(secret: bytes) -> Fernet:
    """The seal (AES-128-CBC with HMAC-SHA256) whose key is made from the server's secret."""
    return Fernet(base64.urlsafe_b64encode(hmac.new(secret, b"zalo tokens\0", hashlib.sha256).digest()))
