"""A ledger with some reports on it, and a short way to ask about them on 10 July 2026."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from knowledge.corpus import load_corpus
from knowledge.progress.answers.asked import Desk
from knowledge.progress.answers.follow import follow
from knowledge.progress.types import CITIZEN, Account, Content, Role
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from knowledge.store.entry_log import EntryLog
from knowledge.store.ledger import Ledger
from knowledge.types import Answer, Key, Question, Target, Task
from tests.databases import migrated

TODAY = date(2026, 7, 10)
WHO: dict[str, tuple[Role, str | None]] = {
    "police": ("staff", "Công an tỉnh"),
    "science": ("staff", "Sở Khoa học và Công nghệ"),
    "health": ("staff", "Sở Y tế"),
    "office": ("staff", "Văn phòng UBND tỉnh"),
    "leader": ("leader", "Sở Khoa học và Công nghệ"),
    "editor": ("editor", None),
    "admin": ("admin", None),
}


@dataclass
class Room:
    """Reports and questions. `put` reports on a day of 2026, `ask` asks as one of `WHO` or as a "citizen"."""

    engine: Engine
    known: dict[str, Account] = field(default_factory=lambda: {"citizen": CITIZEN})
    moment: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    count: int = 0

    def __post_init__(self) -> None:
        self.accounts = AccountStore(self.engine)
        self.ledger = Ledger(self.engine, self.accounts, now=lambda: self.moment)
        self.log = EntryLog(self.ledger)

    def open(self) -> None:
        for who, (role, agency) in WHO.items():
            self.known[who] = self.accounts.create(f"Người {who}", role, agency)

    def put(self, who: str, item: str, day: tuple[int, int], content: Content, corrects: str | None = None) -> str:
        """Report on a task of kh-ubnd, or on a target when a value is given; the receipt."""
        self.moment = datetime(2026, *day, 3, tzinfo=UTC)
        self.count += 1
        part = "tasks" if content.value is None else "targets"
        record = load_corpus().record(Key("kh-ubnd", part, item))  # type: ignore[arg-type]
        assert isinstance(record, (Task, Target))
        kind = "correction" if corrects else "update" if part == "tasks" else "measurement"
        entry = self.ledger.append(
            self.known[who].id, record, content, "rest", f"k{self.count}", kind=kind, corrects=corrects  # type: ignore[arg-type]
        )  # fmt: skip
        return entry.receipt

    def ask(
        self, who: str, text: str, intent: str = "ask_progress", *, public: bool = False, lang: str = "vi", **before: Any
    ) -> Answer:  # fmt: skip
        name_of = lambda a: self.accounts.get(a).name  # noqa: E731
        desk = Desk(self.known[who], TODAY, self.log.entries, name_of, public, self.accounts.added_agencies)
        return follow(Question(text, intent, lang=lang, **before), desk)  # type: ignore[arg-type]


def _fresh(path: Path) -> Room:
    room = Room(migrated(path))
    room.open()
    return room


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Room]:
    """Nothing reported yet."""
    room = _fresh(tmp_path / "sauro.db")
    yield room
    room.engine.dispose()


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Room]:
    """A database to copy, with reports of four agencies from May to July."""
    path = tmp_path_factory.mktemp("reported") / "sauro.db"
    room = _fresh(path)
    put = room.put
    put("police", "34", (5, 20), Content(percent=20, status="in_progress", note="đã lập dự án"))
    put("science", "3", (6, 2), Content(percent=60, note="đã trình"))
    surveyed = Content(35, "in_progress", note="đã khảo sát", obstacle="thiếu vốn", next_step="trình dự toán")
    put("police", "34", (6, 15), surveyed)
    put("science", "4", (6, 20), Content(percent=100))
    put("science", "8", (6, 21), Content(percent=40))
    put("health", "8", (6, 22), Content(percent=10, status="delayed"))
    put("police", "13", (6, 25), Content(percent=80))
    put("office", "5", (7, 1), Content(value=72.0, unit="%", measured_on=date(2026, 6, 30)))
    room.engine.dispose()
    return path, room


@pytest.fixture
def room(reported: tuple[Path, Room], tmp_path: Path) -> Iterator[Room]:
    """A copy of those reports."""
    path, model = reported
    copy = tmp_path / "reported.db"
    shutil.copyfile(path, copy)
    room = Room(open_database(f"sqlite:///{copy}"), model.known, model.moment, model.count)
    yield room
    room.engine.dispose()
