"""The parts of the service, each opened with the failure that tells a person what to do."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.cli.stores import Stores
from bot.cli.terminal import StartFailed
from bot.gateway.server import PrivateServer, TokenGate
from bot.gateway.settings import ROOT, Settings
from bot.messages.catalog import message
from bot.turns.launch import Launch, MissingPart
from knowledge.errors import SauroError
from knowledge.progress.clock import clock, day_of

if TYPE_CHECKING:
    from actions.services import Services
    from knowledge.answer.answerer import Answerer


def serve_actions(bound: socket.socket, token: str, services: Services) -> PrivateServer:
    """Load the actions and serve them on a bound socket to who knows the token."""
    from actions.server import build_app

    served = PrivateServer(TokenGate(build_app(services), token), bound)
    served.start()
    return served


def services_of(settings: Settings, stores: Stores) -> Services:
    """What the actions work with."""
    from actions.services import Services

    return Services(
        turns=stores.turns,
        accounts=stores.accounts,
        ledger=stores.ledger,
        drafts=stores.drafts,
        today=today_of(settings),
        contact=settings.contact,
        public_progress=settings.public_progress,
        patience=timedelta(minutes=settings.draft_minutes),
    )


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


def warm() -> None:
    """Answer a question, so that the first person who asks finds loaded what is loaded when it is needed: words, agencies, phrases."""
    from knowledge.corpus import load_corpus, search_text
    from knowledge.types import Question

    answerer().answer(Question(search_text(load_corpus().records[0])[:200]))


def open_collections(settings: Settings) -> None:
    """Let answers draw on the collections under `var`; without any, nothing changes."""
    from knowledge.collections.shelf import SHELF

    SHELF.open(settings.var / "collections")
