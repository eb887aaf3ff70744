"""Puts the parts of the service together: database, desk, dialogue engine, actions and the public application."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import FastAPI
from sqlalchemy import Engine as Database
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.terminal import StartFailed
from bot.gateway.app import create_app
from bot.gateway.library import Library
from bot.gateway.metrics import Metrics
from bot.gateway.server import PrivateServer, TokenGate, listening
from bot.gateway.settings import ROOT, Settings, secret_of
from bot.messages.catalog import message
from bot.migrations.upgrade import upgrade
from bot.turns.desk import Desk
from bot.turns.dialogue import Dialogue
from bot.turns.engine import Engine, EngineFailed
from bot.turns.launch import Launch, MissingPart
from bot.turns.rate import Rate
from knowledge.errors import SauroError
from knowledge.store.database import open_database
from knowledge.store.turns import TurnStore
from knowledge.types import Answer, Question

if TYPE_CHECKING:
    from knowledge.answer.answerer import Answerer

Say = Callable[..., None]


@dataclass
class Service:
    """A service that is put together; `start` makes it ready."""

    settings: Settings
    app: FastAPI
    desk: Desk
    dialogue: Dialogue
    library: Library
    database: Database
    engine: Engine | None = None
    actions: PrivateServer | None = None
    _actions_socket: socket.socket | None = None
    _token: str = ""

    async def start(self, say: Say) -> None:
        """Load what is to be loaded and wait until the dialogue engine is ready. `say(key, **values)` reports progress.

        Raises:
            StartFailed: something is missing or does not start.
        """
        if self.engine is None:
            say("serve.engine_external", url=self.settings.rasa_url)
        else:
            say("serve.engine")
            await self.engine.start()
        say("serve.knowledge")
        try:
            await self.library.load()
            await asyncio.to_thread(_answerer)
        except SauroError as error:
            raise StartFailed(message("serve.knowledge_failed", reason=error)) from error
        if self._actions_socket is not None:
            self.actions = await asyncio.to_thread(serve_actions, self._actions_socket, self._token)
        if self.engine is not None:
            try:
                await self.engine.wait_ready(self.dialogue, self.settings.rasa_start_seconds)
            except EngineFailed as error:
                raise StartFailed(message("serve.engine_failed", reason=error)) from error

    async def ready(self) -> bool:
        """Can a turn go all the way?"""
        actions_there = self._actions_socket is None or (self.actions is not None and self.actions.running)
        return actions_there and await self.dialogue.ready()

    async def stop(self) -> None:
        """End every part, the turns under way first."""
        await self.desk.drain(self.settings.drain_seconds)
        if self.engine is not None:
            await self.engine.stop()
        if self.actions is not None:
            await asyncio.to_thread(self.actions.stop)
        elif self._actions_socket is not None:
            self._actions_socket.close()
        await self.dialogue.close()
        self.database.dispose()


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


def serve_actions(bound: socket.socket, token: str) -> PrivateServer:
    """Load the actions and serve them on a bound socket to who knows the token."""
    from actions.server import build_app

    served = PrivateServer(TokenGate(build_app(), token), bound)
    served.start()
    return served


def open_store(settings: Settings) -> Database:
    """The database, brought to the newest version.

    Raises:
        StartFailed: it can not be opened.
    """
    try:
        database = open_database(settings.database)
        upgrade(database)
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StartFailed(message("serve.database_failed", reason=reason)) from error
    return database


def launch_of(settings: Settings, actions_url: str) -> Launch:
    """How to start the dialogue engine.

    Raises:
        StartFailed: its environment or its model is missing.
    """
    launch = Launch(ROOT, settings.rasa_python, settings.rasa_model, actions_url)
    try:
        launch.check()
    except MissingPart as error:
        raise StartFailed(message(f"serve.no_{error.part}", path=error.path)) from error
    return launch


def _assemble(settings: Settings, say: Say) -> Service:
    secret = secret_of(settings)
    engine, bound, token = None, None, ""
    if not settings.rasa_url:
        launch = launch_of(settings, settings.actions_url)
        if not settings.actions_url:
            bound = listening(settings.actions_host, settings.actions_port)
            token = settings.actions_token.get_secret_value() if settings.actions_token else secrets.token_urlsafe(32)
            host, port = bound.getsockname()[:2]
            launch = launch_of(settings, f"http://{host}:{port}/webhook?token={token}")
        engine = Engine(launch, settings.rasa_port)
    say("serve.database")
    database = open_store(settings)
    metrics, library = Metrics(), Library()
    dialogue = Dialogue(lambda: engine.address if engine else settings.rasa_url, settings.rasa_seconds)
    rate = Rate(settings.rate_burst, settings.rate_per_minute)
    desk = Desk(TurnStore(database), dialogue, _alone, secret, rate, settings.message_limit, metrics.turn)

    async def ready() -> bool:
        return await service.ready()

    app = create_app(settings, secret, desk, library, ready, metrics)
    service = Service(settings, app, desk, dialogue, library, database, engine, None, bound, token)
    if engine is not None:
        metrics.watch_engine(lambda: engine.address is not None, lambda: engine.starts)
    return service


def _answerer() -> Answerer:
    """The answerer, made once per process: the actions and the gateway share it."""
    from knowledge.answer.answerer import load_answerer

    return load_answerer()


def _alone(text: str) -> Answer:
    return _answerer().answer(Question(text))
