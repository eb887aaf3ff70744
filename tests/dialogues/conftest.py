"""Accounts and ledger of the running service, read and written beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from knowledge.corpus import load_corpus
from knowledge.progress.types import Entry
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from knowledge.store.ledger import Ledger
from knowledge.types import Key
from tests.system.conftest import Running

COMMUNES = ("UBND phường Trấn Biên",)
"""Of the dialogs' people, but named in no plan: an operator adds such agencies."""


class Books:
    """Accounts and ledger of the running service, read and written beside it."""

    def __init__(self, server: Running) -> None:
        self._database = open_database(f"sqlite:///{server.log.parent / 'sauro.db'}")
        self._accounts = AccountStore(self._database)
        self._ledger = Ledger(self._database, self._accounts)
        self._tokens: dict[tuple[str, str | None], str] = {}
        for agency in set(COMMUNES).difference(self._accounts.agencies()):
            self._accounts.add_agency(agency)

    def token(self, role: str, agency: str | None) -> str:
        """A token of an account with this role; "" for a citizen."""
        if role == "citizen":
            return ""
        if (role, agency) not in self._tokens:
            account = self._accounts.create(f"{role}-{uuid4().hex}", "staff", agency)
            self._tokens[role, agency] = self._accounts.issue_token(account.id)
        return self._tokens[role, agency]

    def fresh_token(self, role: str, agency: str | None) -> str:
        """A token of an account nobody has spoken with; "" for a citizen."""
        if role == "citizen":
            return ""
        account = self._accounts.create(f"{role}-{uuid4().hex}", role, agency)  # type: ignore[arg-type]  # a role of the data
        return self._accounts.issue_token(account.id)

    def end(self) -> int:
        """The number of the last entry."""
        return max((e.seq for e in self._ledger.latest(1)), default=0)

    def after(self, seq: int) -> list[Entry]:
        """What came after an entry."""
        return self._ledger.since(seq + 1)

    def entries(self, task: dict[str, Any]) -> list[Entry]:
        """What is reported on a task or its twins."""
        corpus = load_corpus()
        key = Key(task["plan"], "tasks", str(task["item"]))
        return self._ledger.entries(corpus.record(k).id for k in (key, *corpus.twins(key)))

    def close(self) -> None:
        self._database.dispose()


@pytest.fixture(scope="module")
def books(server: Running) -> Iterator[Books]:
    books = Books(server)
    yield books
    books.close()
