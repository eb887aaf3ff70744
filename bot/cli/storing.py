"""What the commands on stored records share: the settings and the open database, with failures as single lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.gateway.settings import Settings
    from knowledge.store.accounts import AccountStore


@contextmanager
def stores(*, migrated: bool = True) -> Iterator[tuple[Settings, Engine, AccountStore]]:
    """Settings, database and accounts. Without `migrated` the database is opened as it is.

    Raises:
        Exit: a setting is bad or the database can not be opened; one line says so.
    """
    from bot.cli.parts import open_store
    from bot.cli.terminal import StartFailed, fail
    from bot.gateway.settings import BadSetting, load
    from knowledge.store.accounts import AccountStore
    from knowledge.store.database import open_database

    try:
        settings = load()
        database = open_store(settings) if migrated else open_database(settings.database)
    except (BadSetting, StartFailed, OSError) as error:
        fail(str(error))
    try:
        yield settings, database, AccountStore(database)
    finally:
        database.dispose()
