"""Where a piece of work stands: what the entries of the ledger come to once corrections and undos are applied.

Each agency that reports on a work has a series of its own. Series stand side by side and nothing is summed up over them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.progress.clock import day_of
from knowledge.progress.types import Entry, ProgressStatus
from knowledge.text.agencies import load_agencies


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """What holds now, oldest first: a corrected entry is replaced, in its place, by its last correction; an undone one is gone.

    Undoing a correction brings back what it corrected; undoing an entry takes its corrections with it.
    """
    ordered = sorted(entries, key=lambda e: e.seq)
    void: set[str] = set()
    after: dict[str, Entry] = {}
    for entry in reversed(ordered):
        if entry.id in void or entry.corrects is None:
            continue
        if entry.kind == "undo":
            void.add(entry.corrects)
        else:
            after.setdefault(entry.corrects, entry)
    roots = [e for e in ordered if e.corrects is None and e.id not in void]
    return [_last(e, after) for e in roots]


def as_of(entries: Iterable[Entry], day: date) -> list[Entry]:
    """What held at the end of a day in the province, oldest first."""
    return standing(e for e in entries if day_of(e.at) <= day)


@dataclass(frozen=True)
class Series:
    """What one agency reports on one work: its standing entries, oldest first, at least one. `agency` is None for administrators."""

    agency: str | None
    entries: tuple[Entry, ...]

    @property
    def latest(self) -> Entry:
        """The entry that came last."""
        return self.entries[-1]

    @property
    def percent(self) -> Entry | None:
        """The last entry that gives a percentage."""
        return next((e for e in reversed(self.entries) if e.content.percent is not None), None)

    @property
    def status(self) -> ProgressStatus | None:
        """The status said last; where a later entry gives a percentage alone, what that implies."""
        for entry in reversed(self.entries):
            found = entry.content.status or _implied(entry.content.percent)
            if found is not None:
                return found
        return None

    @property
    def done(self) -> bool:
        """Whether the agency reports the work as done."""
        return self.status == "done"


def series(entries: Iterable[Entry]) -> list[Series]:
    """The series of one work from its standing entries, the one reported on last first."""
    by_agency: dict[str | None, list[Entry]] = {}
    for entry in entries:
        by_agency.setdefault(_body(entry.agency), []).append(entry)
    found = [Series(own[-1].agency, tuple(own)) for own in by_agency.values()]
    return sorted(found, key=lambda s: s.latest.seq, reverse=True)


def _last(entry: Entry, after: dict[str, Entry]) -> Entry:
    while entry.id in after:
        entry = after[entry.id]
    return entry


def _implied(percent: int | None) -> ProgressStatus | None:
    if percent is None:
        return None
    return "done" if percent == 100 else "in_progress" if percent else "not_started"


def _body(agency: str | None) -> str | None:
    """The agency behind a party committee: both report for one body."""
    known = load_agencies().get(agency) if agency else None
    return (known.party_of or known.name) if known else agency
