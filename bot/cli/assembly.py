"""Puts the parts of the service together: database, desk, dialogue engine, actions and the public application."""

from __future__ import annotations

import asyncio
import gc
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from fastapi import FastAPI

from bot.cli.binding import bind
from bot.cli.parts import (
    answerer,
    explained,
    launch_of,
    open_collections,
    serve_actions,
    services_of,
    today_of,
    warm,
)
from bot.cli.stores import Stores, open_stores
from bot.cli.terminal import StartFailed
from bot.cli.zalo_channel import ZaloChannel, zalo_channel
from bot.gateway.app import Parts, create_app
from bot.gateway.library import Library
from bot.gateway.metrics import Metrics
from bot.gateway.reports import Reports
from bot.gateway.server import PrivateServer
from bot.gateway.settings import Settings, secret_of
from bot.messages.catalog import message
from bot.turns.chores import DAY_SECONDS, LONGEST, Chore, delete_old, give_up_leftovers, keep_doing, sweep_files
from bot.turns.desk import Desk
from bot.turns.dialogue import Dialogue
from bot.turns.engine import EngineFailed
from bot.turns.engines import Engines
from bot.turns.forgetting import LOOK_SECONDS, Forgetter
from bot.turns.rate import Rate
from bot.turns.switches import Switches
from knowledge.types import Answer, Question

Say = Callable[..., None]


@dataclass(frozen=True)
class _Actions:
    """Where the actions will be served, and what they ask of who calls them."""

    bound: socket.socket
    token: str

    @property
    def url(self) -> str:
        host, port = self.bound.getsockname()[:2]
        return f"http://{host}:{port}/webhook?token={self.token}"


@dataclass
class Service:
    """A service that is put together; `start` makes it ready."""

    settings: Settings
    app: FastAPI
    desk: Desk
    dialogue: Dialogue
    library: Library
    stores: Stores
    forgetter: Forgetter
    zalo: ZaloChannel | None = None
    engines: Engines | None = None
    _actions: _Actions | None = None
    _serving: PrivateServer | None = None
    _chores: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self, say: Say) -> None:
        """Load what is to be loaded and wait until the dialogue engine is ready. `say(key, **values)` reports progress.

        Raises:
            StartFailed: something is missing or does not start.
        """
        if self.engines is None:
            say("serve.engine_external", url=self.settings.rasa_url)
        else:
            say("serve.engine")
            await self.engines.start()
        self._chores = [asyncio.create_task(keep_doing(chore)) for chore in self._to_do()]
        say("serve.knowledge")
        with explained():
            await self.library.load()
            await asyncio.to_thread(warm)
            await asyncio.to_thread(open_collections, self.settings)
        if self._actions is not None:
            services = services_of(self.settings, self.stores)
            bound, token = self._actions.bound, self._actions.token
            self._serving = await asyncio.to_thread(serve_actions, bound, token, services)
        # What is loaded by now stays until the end: the garbage collector need not look through it during turns. Done before
        # the engine is there: from then on people are let in.
        gc.collect()
        gc.freeze()
        if self.engines is not None:
            try:
                await self.engines.wait_ready(self.dialogue)
            except EngineFailed as error:
                raise StartFailed(message("serve.engine_failed", reason=error)) from error
        if self.zalo is not None:
            say("serve.zalo")
            await asyncio.to_thread(self.zalo.prepare)
            self.zalo.worker.start()

    async def ready(self) -> bool:
        """Can a turn go all the way?"""
        actions_there = self._actions is None or (self._serving is not None and self._serving.running)
        return actions_there and await self.dialogue.ready()

    async def stop(self) -> None:
        """End every part, the turns under way first."""
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        if self.zalo is not None:
            await self.zalo.stop(self.settings.drain_seconds)
        await self.desk.drain(self.settings.drain_seconds)
        if self.engines is not None:
            await self.engines.stop()
        if self._serving is not None:
            await asyncio.to_thread(self._serving.stop)
        elif self._actions is not None:
            self._actions.bound.close()
        await self.dialogue.close()
        self.stores.database.dispose()

    def _to_do(self) -> list[Chore]:
        settings, stores, aside = self.settings, self.stores, asyncio.to_thread
        return [
            Chore("old turns", DAY_SECONDS, partial(aside, delete_old, stores.forgetting, settings.retention_days)),
            Chore(
                "files of no report", DAY_SECONDS, partial(aside, sweep_files, stores.uploads, settings.evidence_days)
            ),
            Chore("unanswered turns", LONGEST.total_seconds(), partial(aside, give_up_leftovers, stores.turns)),
            Chore("forgotten conversations", LOOK_SECONDS, self.forgetter.catch_up),
        ]


@asynccontextmanager
async def assembled(settings: Settings, say: Say) -> AsyncIterator[Service]:
    """A service put together from its settings, and taken apart at the end.

    Raises:
        BadSetting, StartFailed: one line that says what to do.
    """
    service = _assemble(settings, say)
    try:
        yield service
    finally:
        await service.stop()


def _assemble(settings: Settings, say: Say) -> Service:
    secret = secret_of(settings)
    actions = _actions_of(settings)
    engines, dialogue = _engines_of(settings, actions)
    say("serve.database")
    stores = open_stores(settings)
    metrics, library = Metrics(), Library()
    if engines is not None:
        metrics.watch_engine(lambda: None not in engines.addresses, lambda: engines.starts)
    rate = Rate(settings.rate_burst, settings.rate_per_minute)
    switches = Switches(stores.switches)
    desk = Desk(stores.turns, dialogue, _alone, secret, rate, settings.message_limit, metrics.turn, switches.notice)
    forgetter = Forgetter(stores.forgetting, dialogue)

    async def ready() -> bool:
        return await service.ready()

    reports = Reports(stores.ledger, today_of(settings), settings.public_progress)
    zalo = zalo_channel(settings, stores, secret, desk, switches, ready, metrics)
    kept = (stores.accounts, stores.turns, stores.feedback, stores.uploads)
    parts = Parts(desk, forgetter, library, reports, metrics, ready, *kept)
    app = create_app(settings, secret, parts, [zalo.router] if zalo else [])
    service = Service(settings, app, desk, dialogue, library, stores, forgetter, zalo, engines, actions)
    return service


def _actions_of(settings: Settings) -> _Actions | None:
    """Where our own dialogue engine finds our own actions; None when one of them runs elsewhere."""
    if settings.rasa_url or settings.actions_url:
        return None
    bound = bind(settings.actions_host, settings.actions_port, "SAURO_ACTIONS_")
    token = settings.actions_token.get_secret_value() if settings.actions_token else secrets.token_urlsafe(32)
    return _Actions(bound, token)


def _engines_of(settings: Settings, actions: _Actions | None) -> tuple[Engines | None, Dialogue]:
    """The engines that this process runs, None for those that run elsewhere, and the way to them."""
    if settings.rasa_url:
        token = settings.rasa_token.get_secret_value() if settings.rasa_token else ""
        return None, Dialogue(lambda: [settings.rasa_url], settings.rasa_seconds, token=token)
    launch = launch_of(settings, actions.url if actions else settings.actions_url)
    engines = Engines(launch, settings.rasa_start_seconds, settings.engines, settings.rasa_port)
    return engines, Dialogue(lambda: engines.addresses, settings.rasa_seconds, token=launch.token)


def _alone(text: str) -> Answer:
    return answerer().answer(Question(text))
