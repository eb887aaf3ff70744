"""Conversations on disk: one SQLite file in which each turn is appended, so that what was said survives the end of the process.

`synchronous=NORMAL` with a write-ahead log: a committed turn is in the operating system's hands, so it survives the death of this process
at any moment (kill -9). A power cut may take the last seconds of a conversation, never the file's integrity; that costs nobody a record,
because what was confirmed to people (turns, ledger) is in the application's own database, which waits for the disk. Waiting for it here
too would make every turn milliseconds longer.

Two engines that each kept one conversation live would undo each other's turns. So the file is locked for one process; or several share
it, each on a seat of its own, which is locked instead, and each with conversations of its own.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Callable, Iterator, List

BUSY_MS = 15_000
"""How long to wait at start-up for an engine that is still ending."""
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversations_at ON conversations (at);
CREATE TABLE IF NOT EXISTS pieces (
    seq INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS pieces_conversation ON pieces (conversation);
"""
TOUCH = "INSERT INTO conversations VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
APPEND = "INSERT INTO pieces (conversation, text) VALUES (?, ?)"
FORGET = "DELETE FROM conversations WHERE id IN (SELECT id FROM conversations WHERE at < ? ORDER BY at LIMIT ?)"


class Archive:
    """Pieces of text by conversation, in the order in which they were written; one that is silent for `seconds` is forgotten.

    Every method is one transaction. `seat` is 0 for a process that has the file to itself, 1, 2, ... for one of several that share it.

    Raises:
        sqlite3.OperationalError: another process holds the file or the seat, or it can not be written.
    """

    def __init__(self, path: Path, seconds: float, now: Callable[[], float] = time.time, seat: int = 0) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._seconds = seconds
        self._now = now
        with ExitStack() as opened:
            if seat:
                opened.enter_context(_held(path, f"seat-{seat}"))
            # Several processes that find no file would stand in each other's way in making it.
            with _held(path, "door") if seat else nullcontext():
                self._base = sqlite3.connect(str(path), timeout=BUSY_MS / 1000, isolation_level=None)
                opened.enter_context(closing(self._base))
                for pragma in (f"locking_mode={'NORMAL' if seat else 'EXCLUSIVE'}", *PRAGMAS):
                    self._base.execute(f"PRAGMA {pragma}")
                self._base.executescript(SCHEMA)
                self.forget(-1)
            self._opened = opened.pop_all()

    def read(self, conversation: str) -> List[str]:
        """The pieces of a conversation, oldest first; none of one that is not known."""
        found = self._base.execute("SELECT text FROM pieces WHERE conversation = ? ORDER BY seq", (conversation,))
        return [text for (text,) in found]

    def names(self) -> List[str]:
        """Every conversation."""
        return [name for (name,) in self._base.execute("SELECT id FROM conversations ORDER BY id")]

    def append(self, conversation: str, piece: str) -> None:
        """Add a piece."""
        self._write(conversation, piece, afresh=False)

    def replace(self, conversation: str, piece: str) -> None:
        """Let a piece take the place of all that is there."""
        self._write(conversation, piece, afresh=True)

    def forget(self, most: int) -> None:
        """Remove conversations that were silent for too long, the oldest first and at most so many; -1 is all of them."""
        self._base.execute(FORGET, (self._now() - self._seconds, most))

    def remove(self, conversation: str) -> None:
        """Remove a conversation, known or not."""
        self._base.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def close(self) -> None:
        """Close the file."""
        self._opened.close()

    def _write(self, conversation: str, piece: str, afresh: bool) -> None:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            self._base.execute(TOUCH, (conversation, self._now()))
            if afresh:
                self._base.execute("DELETE FROM pieces WHERE conversation = ?", (conversation,))
            self._base.execute(APPEND, (conversation, piece))
            self._base.execute("COMMIT")
        except BaseException:
            self._base.execute("ROLLBACK")
            raise


@contextmanager
def _held(path: Path, what: str) -> Iterator[None]:
    """A file beside `path`, locked until the end of the block or of this process."""
    with closing(sqlite3.connect(f"{path}-{what}", timeout=BUSY_MS / 1000, isolation_level=None)) as held:
        held.execute("PRAGMA journal_mode=OFF")
        held.execute("BEGIN EXCLUSIVE")
        yield
