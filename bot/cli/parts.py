"""The parts of the service, each opened with the failure that tells a person what to do."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.terminal import StartFailed
from bot.gateway.server import PrivateServer, TokenGate
from bot.gateway.settings import ROOT, Settings
from bot.messages.catalog import message
from bot.migrations.upgrade import upgrade
from bot.turns.launch import Launch, MissingPart
from knowledge.errors import SauroError
from knowledge.progress.clock import clock, day_of
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from knowledge.store.ledger import Ledger

if TYPE_CHECKING:
    from knowledge.answer.answerer import Answerer


def serve_actions(bound: socket.socket, token: str, contact: str) -> PrivateServer:
    """Load the actions and serve them on a bound socket to who knows the token. `contact` is told to people who were not helped."""
    from actions.server import build_app

    served = PrivateServer(TokenGate(build_app(contact), token), bound)
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


def ledger_of(settings: Settings, database: Database, accounts: AccountStore) -> Ledger:
    """The ledger of progress, with its head kept in `var` too; it writes with the day that `SAURO_TODAY` fixes."""
    return Ledger(database, accounts, settings.var / "ledger-head.json", now=clock(settings.today))


def today_of(settings: Settings) -> Callable[[], date]:
    """The province's day, or the one that `SAURO_TODAY` fixes."""
    now = clock(settings.today)
    return lambda: day_of(now())


def launch_of(settings: Settings, actions_url: str) -> Launch:
    """How to start the dialogue engine.

    Raises:
        StartFailed: its environment or its model is missing.
    """
    conversations = settings.var.absolute() / "conversations.db"
    launch = Launch(ROOT, settings.rasa_python, settings.rasa_model, actions_url, conversations)
    try:
        launch.check()
    except MissingPart as error:
        raise StartFailed(message(f"serve.no_{error.part}", path=error.path)) from error
    return launch


@contextmanager
def explained() -> Iterator[None]:
    """Turn what goes wrong while plans and index are loaded into one line.

    Raises:
        StartFailed: they can not be loaded.
    """
    try:
        yield
    except SauroError as error:
        raise StartFailed(message("serve.knowledge_failed", reason=error)) from error


def answerer() -> Answerer:
    """The answerer, made once per process: the actions and the gateway share it."""
    from knowledge.answer.answerer import load_answerer

    return load_answerer()
