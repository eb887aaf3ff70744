"""The stores of one process, each made once over its database: whoever reads or writes the same thing shares one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine as Database
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.terminal import StartFailed, configured, fail
from bot.gateway.settings import Settings
from bot.messages.catalog import message
from bot.migrations.upgrade import upgrade
from knowledge.progress.clock import clock
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from knowledge.store.deliveries import DeliveryStore
from knowledge.store.drafts import DraftStore
from knowledge.store.evidence import EvidenceStore
from knowledge.store.feedback import FeedbackStore
from knowledge.store.forgetting import ForgettingStore
from knowledge.store.ledger import Ledger
from knowledge.store.switches import SwitchStore
from knowledge.store.turns import TurnStore
from knowledge.store.uploads import Uploads
from knowledge.store.zalo_tokens import TokenStore


@dataclass(frozen=True)
class Stores:
    """A database and what is kept there, with what lies beside it under `var`.

    `head` is the file that keeps the end of the ledger outside the database, `evidence` the files that prove a report; replicas
    share both.
    """

    database: Database
    turns: TurnStore
    accounts: AccountStore
    ledger: Ledger
    head: Path
    evidence: EvidenceStore
    uploads: Uploads
    drafts: DraftStore
    feedback: FeedbackStore
    forgetting: ForgettingStore
    switches: SwitchStore
    deliveries: DeliveryStore
    zalo_tokens: TokenStore


def stores_of(settings: Settings, database: Database) -> Stores:
    """The stores over an open database. The ledger writes with the day that `SAURO_TODAY` fixes."""
    accounts, head = AccountStore(database), settings.var / "ledger-head.json"
    evidence = EvidenceStore(settings.var / "evidence", settings.evidence_max_bytes)
    return Stores(
        database,
        TurnStore(database),
        accounts,
        Ledger(database, accounts, head, now=clock(settings.today)),
        head,
        evidence,
        Uploads(database, evidence, settings.evidence_quota_bytes),
        DraftStore(database),
        FeedbackStore(database),
        ForgettingStore(database),
        SwitchStore(database),
        DeliveryStore(database),
        TokenStore(database),
    )


def open_stores(settings: Settings) -> Stores:
    """The stores over the database of the settings, which is brought to the newest version.

    Raises:
        StartFailed: it can not be opened.
    """
    try:
        database = open_database(settings.database)
        upgrade(database)
    except (SQLAlchemyError, OSError) as error:
        raise StartFailed(database_failed(error)) from error
    return stores_of(settings, database)


def database_failed(error: Exception) -> str:
    """One line that says why the database can not be worked with."""
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return message("serve.database_failed", reason=reason)


@contextmanager
def opened(*, migrated: bool = True) -> Iterator[tuple[Settings, Stores]]:
    """For a command: settings and stores, closed at its end. Without `migrated` the database is taken as it is.

    Raises:
        Exit: a setting is bad, or the database can not be opened or fails while the command works with it; one line says so.
    """
    settings = configured()
    try:
        stores = open_stores(settings) if migrated else stores_of(settings, open_database(settings.database))
    except (StartFailed, OSError) as error:
        fail(str(error))
    try:
        yield settings, stores
    except SQLAlchemyError as error:
        fail(database_failed(error))
    finally:
        stores.database.dispose()
