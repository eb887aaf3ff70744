"""The parts of the service, each opened with the failure that tells a person what to do."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
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
from knowledge.store.drafts import DraftStore
from knowledge.store.evidence import EvidenceStore
from knowledge.store.ledger import Ledger
from knowledge.store.turns import TurnStore
from knowledge.store.uploads import Uploads

if TYPE_CHECKING:
    from actions.services import Services
    from knowledge.answer.answerer import Answerer


def serve_actions(bound: socket.socket, token: str, services: Services) -> PrivateServer:
    """Load the actions and serve them on a bound socket to who knows the token."""
    from actions.server import build_app

    served = PrivateServer(TokenGate(build_app(services), token), bound)
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


def services_of(settings: Settings, database: Database) -> Services:
    """What the actions work with."""
    from actions.services import Services

    accounts = AccountStore(database)
    return Services(
        turns=TurnStore(database),
        accounts=accounts,
        ledger=ledger_of(settings, database, accounts),
        drafts=DraftStore(database),
        today=today_of(settings),
        contact=settings.contact,
        public_progress=settings.public_progress,
        patience=timedelta(minutes=settings.draft_minutes),
    )


def ledger_of(settings: Settings, database: Database, accounts: AccountStore) -> Ledger:
    """The ledger of progress, with its head kept in `var` too; it writes with the day that `SAURO_TODAY` fixes."""
    return Ledger(database, accounts, head_of(settings), now=clock(settings.today))


def head_of(settings: Settings) -> Path:
    """The file that keeps the end of the ledger outside the database. Replicas share it."""
    return settings.var / "ledger-head.json"


def evidence_of(settings: Settings) -> EvidenceStore:
    """Where files that prove a report are kept. Replicas share it."""
    return EvidenceStore(settings.var / "evidence", settings.evidence_max_bytes)


def uploads_of(settings: Settings, database: Database) -> Uploads:
    """Takes in the files that accounts send."""
    return Uploads(database, evidence_of(settings), settings.evidence_quota_bytes)


def today_of(settings: Settings) -> Callable[[], date]:
    """The province's day, or the one that `SAURO_TODAY` fixes."""
    now = clock(settings.today)
    return lambda: day_of(now())


def launch_of(settings: Settings, actions_url: str) -> Launch:
    """How to start the dialogue engine. Its token is the setting, or one for this start alone.

    Raises:
        StartFailed: its environment or its model is missing.
    """
    conversations = settings.var.absolute() / "conversations.db"
    token = settings.rasa_token.get_secret_value() if settings.rasa_token else secrets.token_urlsafe(32)
    launch = Launch(ROOT, settings.rasa_python, settings.rasa_model, actions_url, conversations, token)
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


def open_collections(settings: Settings) -> None:
    """Let answers draw on the collections under `var`; without any, nothing changes."""
    from knowledge.collections.shelf import SHELF

    SHELF.open(settings.var / "collections")
