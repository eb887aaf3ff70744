"""The words of progress as frozen data: who reports, what is reported, and how it is kept.

What is kept is a ledger of entries that are only ever added: a correction or an undo is an entry that points at an older one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from knowledge.types import Key

Role = Literal["citizen", "staff", "leader", "editor", "admin"]
ProgressStatus = Literal["not_started", "in_progress", "done", "delayed", "blocked"]
EntryKind = Literal["update", "measurement", "correction", "undo"]

NOTE_LIMIT = 2000
"""Characters a note, an obstacle or a next step may have."""
EVIDENCE_LIMIT = 10
"""Pieces of evidence an entry may have."""


@dataclass(frozen=True)
class Account:
    """Somebody the assistant knows. `agency` is a canonical name (staff and leaders), `name` is "" once it was erased."""

    id: str
    role: Role
    agency: str | None = None
    name: str = ""
    disabled: bool = False


CITIZEN = Account("", "citizen")
"""Whoever has not signed in."""


@dataclass(frozen=True)
class Evidence:
    """What proves a report: a link, or a file named by the SHA-256 (hex) of its content. `size` in bytes."""

    kind: Literal["link", "file"]
    name: str
    url: str = ""
    sha256: str = ""
    media_type: str = ""
    size: int = 0


@dataclass(frozen=True)
class Content:
    """What an entry says.

    Of a task: `percent` (0 to 100), `status` and free words as they were typed. Of a target: `value` in `unit`, measured on
    `measured_on`; `measure` is the place of the measured value among the target's values. An undo says nothing.
    """

    percent: int | None = None
    status: ProgressStatus | None = None
    note: str = ""
    obstacle: str = ""
    next_step: str = ""
    evidence: tuple[Evidence, ...] = ()
    value: float | None = None
    unit: str = ""
    measured_on: date | None = None
    measure: int = 0


@dataclass(frozen=True)
class Entry:
    """A row of the ledger.

    `record` is the permanent id of the task or target, `key` its address when the entry was written and `version` that of its plan.
    `corrects` is the id of the entry that this one corrects or undoes. `author` is an account id, `agency` the agency reported for.
    `hash` is the SHA-256 (hex) of everything else in the row, `previous` the hash of the row before ("" for the first).
    """

    seq: int
    id: str
    kind: EntryKind
    record: str
    key: Key
    version: str
    corrects: str | None
    author: str
    agency: str | None
    channel: str
    at: datetime
    content: Content
    previous: str
    hash: str

    @property
    def receipt(self) -> str:
        """The number a person is given for it: "SR-000042"."""
        return f"SR-{self.seq:06d}"
