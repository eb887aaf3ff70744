"""Who may report progress and who may read it. docs/rights.md shows the same rules as tables; a test holds the two together.

Pure: an account and a record in, a decision out. The ledger asks again inside its own transaction, with the account as the store
has it: nothing that a client sends takes part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from knowledge.corpus import load_corpus
from knowledge.errors import Forbidden
from knowledge.progress.clock import day_of
from knowledge.progress.membership import named_in, same, speaks_for
from knowledge.progress.types import Account, Entry, EntryKind, ProgressStatus, Role
from knowledge.records import as_json
from knowledge.types import AgencyCell, Target, Task

Sight = Literal["nothing", "public", "state", "own", "all"]

SIGHT: dict[Role, Sight] = {"citizen": "nothing", "staff": "own", "leader": "all", "editor": "state", "admin": "all"}
"""What a role sees of progress. "public" is what a citizen sees where progress is public; "own" is the state of everything and the
words of works in which the account's agency is author, lead or partner."""

PUBLIC_STATUS: dict[ProgressStatus, ProgressStatus] = {"delayed": "in_progress"}
"""Citizens are told that work goes on; whether it is late is for those who answer for it."""

WORDS = ("author", "note", "obstacle", "next_step", "evidence")
"""What an entry says beyond the state: withheld (None) from whoever may see the state alone."""


def who_may_log(record: Task | Target) -> tuple[str, ...]:
    """Names of the agencies and classes that report on a record: a task's lead, a target's monitor (or that of its twin)."""
    cells = [record.lead] if isinstance(record, Task) else _monitors(record)
    return tuple(dict.fromkeys(name for cell in cells for name in named_in(cell)))


def may_log(account: Account, record: Task | Target) -> bool:
    """Whether an account may report on a record."""
    if account.disabled:
        return False
    if account.role == "admin":
        return True
    return account.role == "staff" and _is_one_of(account.agency, who_may_log(record))


def authorise(account: Account, record: Task | Target, kind: EntryKind, corrected: Entry | None = None) -> None:
    """Let a write pass or refuse it. Corrections and undos are for the agency that wrote the entry, while it may still report.

    Raises:
        Forbidden: `who` are the agencies that may.
    """
    who, allowed = who_may_log(record), may_log(account, record)
    if kind in ("correction", "undo") and account.role != "admin":
        author = corrected.agency if corrected is not None else None
        who = (author,) if author is not None else ()
        allowed = allowed and _same(account.agency, author)
    if not allowed:
        raise Forbidden(f"{account.role} {account.id or '-'}", who=who, role=account.role, kind=kind)


def sees(account: Account, public: bool) -> Sight:
    """How much of progress an account sees; `public` is whether citizens are shown progress at all."""
    if account.disabled:
        return "nothing"
    sight = SIGHT[account.role]
    return "public" if sight == "nothing" and public else sight


def may_read_notes(account: Account, entry: Entry, work: Sequence[Task | Target]) -> bool:
    """Whether an account reads author, notes and evidence of an entry on a `work` (the record and its twins)."""
    sight = sees(account, public=False)
    if sight != "own":
        return sight == "all"
    named: list[str] = []
    for record in work:
        named += who_may_log(record)
        if isinstance(record, Task):
            named += named_in(record.partners)
    return _same(account.agency, entry.agency) or _is_one_of(account.agency, named)


def shown(entry: Entry, account: Account, work: Sequence[Task | Target], public: bool) -> dict[str, Any] | None:
    """The entry as JSON for an account: None when nothing of it may be seen; what is withheld is None.

    Citizens get the state, the agency that reports and the day (`at` is then a date); everybody else `at` as a moment, and the words
    where they may.
    """
    sight = sees(account, public)
    if sight == "nothing":
        return None
    content = entry.content
    state = {
        "id": entry.id,
        "percent": content.percent,
        "status": content.status,
        "value": content.value,
        "unit": content.unit,
        "measured_on": as_json(content.measured_on),
        "measure": content.measure,
    }
    if sight == "public":
        status = content.status and PUBLIC_STATUS.get(content.status, content.status)
        at = day_of(entry.at).isoformat()
        return {**state, "status": status, "agency": entry.agency, "at": at, **dict.fromkeys(WORDS)}
    reads = may_read_notes(account, entry, work)
    words = {"author": entry.author, **{w: as_json(getattr(content, w)) for w in WORDS if w != "author"}}
    return {
        **state,
        "at": entry.at.isoformat(),
        "receipt": entry.receipt,
        "kind": entry.kind,
        "corrects": entry.corrects,
        "plan": entry.key.plan,
        "part": entry.key.part,
        "item": entry.key.item,
        "agency": entry.agency,
        "channel": entry.channel,
        **(words if reads else dict.fromkeys(WORDS)),
    }


def _monitors(target: Target) -> list[AgencyCell]:
    """Who follows a target: its own monitor, or that of the same target in another plan."""
    if target.monitor is not None:
        return [target.monitor]
    corpus = load_corpus()
    twins = [corpus.record(key) for key in corpus.twins(target.key)]
    return [twin.monitor for twin in twins if isinstance(twin, Target) and twin.monitor is not None]


def _is_one_of(agency: str | None, named: Sequence[str]) -> bool:
    return agency is not None and any(speaks_for(agency, name) for name in named)


def _same(agency: str | None, author: str | None) -> bool:
    return agency is not None and author is not None and same(agency, author)
