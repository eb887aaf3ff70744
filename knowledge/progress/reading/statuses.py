"""The status a message states, and whether the words around it really state it of the task.

"khảo sát xong" tells of a part of the work, "SOC xong" of the task; "xong" beside "35%" of whatever was finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from knowledge.progress.reading.items import STATUSES, Item
from knowledge.progress.reading.percents import Percent, acts
from knowledge.progress.types import ProgressStatus

_RANK = ("blocked", "delayed", "not_done", "not_started", "done", "in_progress")


@dataclass(frozen=True)
class Status:
    """The item at `index` states `status`; `used` are all items that state one."""

    index: int
    status: ProgressStatus
    used: frozenset[int]


def find_status(
    found: Sequence[Item], role: Sequence[str], clause: Sequence[int], percent: Percent | None
) -> Status | None:
    """The status that is stated, the gravest when there are several."""
    stated = [k for k, x in enumerate(found) if x.kind in STATUSES and _states(found, role, clause, k, percent)]
    if not stated:
        return None
    best = min(stated, key=lambda k: _RANK.index(found[k].kind))
    kind = found[best].kind
    return Status(best, cast(ProgressStatus, "in_progress" if kind == "not_done" else kind), frozenset(stated))


def _states(found: Sequence[Item], role: Sequence[str], clause: Sequence[int], k: int, percent: Percent | None) -> bool:
    if role[k]:
        return False
    amount = found[percent.index].amount if percent else None
    if amount is not None and (found[k].kind, amount.value < 100) == ("done", True):
        return False
    if amount is not None and found[k].kind == "not_started" and amount.value > 0:
        return False
    before = range(clause.index(clause[k]), k)
    if percent is not None and percent.index in before:
        before = range(percent.index + 1, k)
    inside = [found[j] for j in before]
    if acts(inside):
        return False
    own = any(x.kind == "word" for x in inside)
    named = any(x.kind in ("word", "task_word") and not role[j] for j, x in enumerate(found[: before.start]))
    return not (own and (named or (percent is not None and percent.index < k)))
