"""The Zalo channel put together from the settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter

from bot.channels.zalo.answering import Answering
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.router import Webhook, zalo_router
from bot.channels.zalo.sender import Sender
from bot.channels.zalo.tokens import Tokens
from bot.channels.zalo.worker import LEASE_SECONDS, Worker
from bot.cli.stores import Stores
from bot.gateway.metrics import Metrics
from bot.gateway.settings import Settings
from bot.turns.desk import Desk
from bot.turns.rate import Rate
from bot.turns.switches import Switches
from knowledge.store.zalo_tokens import TokenStore

WRITERS = 6


@dataclass
class ZaloChannel:
    """The channel's webhook and its worker."""

    router: APIRouter
    worker: Worker
    client: ZaloClient
    tokens: Tokens
    refresh_token: str

    def prepare(self) -> None:
        """The refresh token of the settings counts while none is stored. Blocks on the database."""
        if self.refresh_token and self.tokens.left() is None:
            self.tokens.put(self.refresh_token)

    async def stop(self, seconds: float) -> None:
        """Finish what is at hand."""
        await self.worker.stop(seconds)
        await self.client.close()


def now() -> datetime:
    """The real time, whatever day `SAURO_TODAY` fixes: Zalo's signatures, tokens and windows go by it."""
    return datetime.now(UTC)


def client_of(settings: Settings) -> ZaloClient:
    """The client of Zalo's API, or of what the settings name in its place."""
    hosts = tuple(host.strip() for host in settings.zalo_file_hosts.split(",") if host.strip())
    return ZaloClient(settings.zalo_api, settings.zalo_oauth, hosts)


def tokens_of(settings: Settings, store: TokenStore, client: ZaloClient, secret: bytes) -> Tokens:
    """The channel's tokens."""
    app_secret = settings.zalo_app_secret.get_secret_value()
    return Tokens(store, client, settings.zalo_app_id, app_secret, secret, now)


def zalo_channel(
    settings: Settings,
    stores: Stores,
    secret: bytes,
    desk: Desk,
    switches: Switches,
    ready: Callable[[], Awaitable[bool]],
    metrics: Metrics,
    lease_seconds: float = LEASE_SECONDS,
) -> ZaloChannel | None:
    """The channel; None when the settings do not open it. `lease_seconds` after a process was killed another takes over its users."""
    if not settings.zalo_app_id:
        return None
    deliveries, client = stores.deliveries, client_of(settings)
    tokens = tokens_of(settings, stores.zalo_tokens, client, secret)
    answering = Answering(
        desk, stores.turns, deliveries, stores.accounts, stores.uploads, client, secret,
        switches.notice, settings.evidence_max_bytes,
    )  # fmt: skip
    sender = Sender(deliveries, client, tokens, now, metrics.zalo_call)
    patience = timedelta(minutes=settings.zalo_patience)
    worker = Worker(deliveries, answering, sender, tokens, ready, patience, now, lease_seconds)
    rate = Rate(settings.rate_burst, settings.rate_per_minute)
    # On SQLite calls that come together wait for each other here, and not for the database's lock with its long pauses.
    writer = ThreadPoolExecutor(1 if stores.database.dialect.name == "sqlite" else WRITERS, "zalo-webhook")
    oa_secret = settings.zalo_oa_secret.get_secret_value()
    webhook = Webhook(deliveries, settings.zalo_app_id, oa_secret, secret, rate, now, worker.wake, writer)
    metrics.watch_zalo(deliveries.counts, lambda: _seconds(tokens))
    return ZaloChannel(zalo_router(webhook), worker, client, tokens, settings.zalo_refresh_token.get_secret_value())


def _seconds(tokens: Tokens) -> tuple[float, float]:
    left = tokens.left()
    return (left[0].total_seconds(), left[1].total_seconds()) if left else (0.0, 0.0)
