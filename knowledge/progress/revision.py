"""What a correction or an undo may point at, and the agency in whose series an entry stands."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.errors import BadProgress
from knowledge.progress.types import Account, Entry
from knowledge.text.agencies import load_agencies
from knowledge.types import Target, Task


def first_version(entry: Entry, others: Iterable[Entry]) -> Entry:
    """The entry that a correction, a correction of a correction or an undo goes back to; an update itself."""
    by_id = {other.id: other for other in others}
    while entry.corrects is not None:
        entry = by_id[entry.corrects]
    return entry


def last_version(entry: Entry, others: Iterable[Entry]) -> Entry:
    """What a new correction of `entry` points at: its newest correction that was not undone, or the entry itself.

    `others` are the entries of the same record.

    Raises:
        BadProgress: `field` "corrects", `reason` "undone": the entry, or one that it corrects, was undone, or it is an undo.
    """
    known = list(others)
    by_id = {other.id: other for other in known}
    undone = {other.corrects for other in known if other.kind == "undo"}
    at: Entry | None = entry
    while at is not None:
        if at.id in undone or at.kind == "undo":
            raise BadProgress("already undone", field="corrects", reason="undone")
        at = by_id[at.corrects] if at.corrects else None
    after = {o.corrects: o for o in known if o.kind == "correction" and o.id not in undone}
    while entry.id in after:
        entry = after[entry.id]
    return entry


def agency_of(account: Account, record: Task | Target, corrected: Entry | None = None) -> str | None:
    """The agency whose series an entry joins: that of the entry it corrects, else the account's own.

    An administrator reports for the record's lead where there is one agency (a class is none), else for nobody (None).
    """
    if corrected is not None:
        return corrected.agency
    if account.role != "admin":
        return account.agency
    cell = record.lead if isinstance(record, Task) else record.monitor
    register = load_agencies()
    leads = [
        name for name in (cell.agencies if cell else ()) if (known := register.get(name)) and known.kind != "class"
    ]
    return leads[0] if len(leads) == 1 else None
