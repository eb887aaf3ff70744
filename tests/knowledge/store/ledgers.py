"""A ledger with accounts, for tests that write to one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, text

from knowledge.corpus import load_corpus
from knowledge.progress.types import Account, Content, Entry
from knowledge.store.accounts import AccountStore
from knowledge.store.ledger import Ledger
from knowledge.types import Key, Target, Task

SCIENCE = "Sở Khoa học và Công nghệ"
FINANCE = "Sở Tài chính"


def task(item: str = "3", plan: str = "kh-ubnd") -> Task:
    """A task: 3 of kh-ubnd is led by the department of science alone, 2 by that of finance."""
    found = load_corpus().record(Key(plan, "tasks", item))
    assert isinstance(found, Task)
    return found


def target(item: str, plan: str = "kh-ubnd") -> Target:
    found = load_corpus().record(Key(plan, "targets", item))
    assert isinstance(found, Target)
    return found


@dataclass
class Desk:
    """A ledger, the accounts that write to it, and its head file."""

    engine: Engine
    file: Path
    accounts: AccountStore = field(init=False)
    ledger: Ledger = field(init=False)
    science: Account = field(init=False)
    finance: Account = field(init=False)
    admin: Account = field(init=False)
    leader: Account = field(init=False)

    def __post_init__(self) -> None:
        self.accounts = AccountStore(self.engine)
        self.ledger = Ledger(self.engine, self.accounts, self.file)
        self.science = self.accounts.create("An", "staff", SCIENCE)
        self.finance = self.accounts.create("Bình", "staff", FINANCE)
        self.admin = self.accounts.create("Chi", "admin", None)
        self.leader = self.accounts.create("Dũng", "leader", None)

    def report(self, percent: int, key: str = "") -> Entry:
        """One more update of task 3."""
        content = Content(percent, "in_progress", f"Đã xong {percent} phần trăm.")
        return self.ledger.append(self.science.id, task(), content, "rest", key or f"report-{percent}")

    def tamper(self, *statements: str) -> None:
        """Change rows as somebody who owns the database could: without its triggers."""
        with self.engine.begin() as connection:
            if self.engine.dialect.name == "sqlite":
                for change in ("update", "delete"):
                    connection.execute(text(f"DROP TRIGGER IF EXISTS entries_no_{change}"))
            else:
                connection.execute(text("ALTER TABLE entries DISABLE TRIGGER USER"))
            for statement in statements:
                connection.exec_driver_sql(statement)
