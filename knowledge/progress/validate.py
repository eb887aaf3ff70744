"""What a report may say: checked before it is shown to be confirmed and again where it is written."""

from __future__ import annotations

import math
import re
from datetime import date

from knowledge.errors import BadProgress
from knowledge.progress.types import EVIDENCE_LIMIT, NOTE_LIMIT, Content, EntryKind, Evidence
from knowledge.types import Target, Task

STATUSES = ("not_started", "in_progress", "done", "delayed", "blocked")
UNIT_LIMIT = 80
"""Characters a unit may have."""
LARGEST = 1e12
"""No count in a province's plan is larger."""
FASTEST_GROWTH = 1000.0
"""Percent a year; what shrinks can not shrink by more than all of it."""
EARLIEST = date(2000, 1, 1)

# PostgreSQL keeps no NUL, UTF-8 no lone surrogate; the other control characters have no place in what people write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_HASH = re.compile(r"[0-9a-f]{64}")


def validate(kind: EntryKind, record: Task | Target, content: Content, today: date) -> None:
    """Pass when an entry of this kind may be kept about `record`.

    A report on a task says a percent, a status, words or evidence; one on a target a measured value, its unit and its day. An undo
    says nothing.

    Raises:
        BadProgress: `field` is a field of `Content` or "kind". `reason` is "undo_speaks" (an undo with content), "other_kind" (a
            measurement of a task, an update of a target), "nothing_said", "missing", "not_taken" (a task has no measured value, a
            target no percent), "whole" (no whole number), "range", "finite", "unknown", "other_unit", "characters", "long", "many",
            "future" or "past".
    """
    if kind == "undo":
        if content != Content():
            raise _bad("kind", "undo_speaks")
        return
    if (kind == "measurement") != isinstance(record, Target) and kind != "correction":
        raise _bad("kind", "other_kind")
    _words(content)
    _evidence(content.evidence)
    if isinstance(record, Target):
        _measurement(record, content, today)
    else:
        _report(content)


def check_percent(percent: int) -> None:
    """Pass for a whole number from 0 to 100.

    Raises:
        BadProgress: `reason` "whole" or "range".
    """
    if type(percent) is not int:
        raise _bad("percent", "whole")
    if not 0 <= percent <= 100:
        raise _bad("percent", "range")


def check_value(value: float, unit: str) -> None:
    """Pass for a value that can be true in its unit: a share from 0 to 100 %, growth a year from -100 %, a count from 0.

    Raises:
        BadProgress: `reason` "finite" or "range".
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _bad("value", "finite")
    low, high = _bounds(unit)
    if not low <= value <= high:
        raise _bad("value", "range")


def check_day(day: date, today: date) -> None:
    """Pass for a day something can have been measured on.

    Raises:
        BadProgress: `reason` "future" or "past" (before 2000).
    """
    if day > today:
        raise _bad("measured_on", "future")
    if day < EARLIEST:
        raise _bad("measured_on", "past")


def _report(content: Content) -> None:
    for field in ("value", "measured_on"):
        if getattr(content, field) is not None:
            raise _bad(field, "not_taken")
    for field in ("unit", "measure"):
        if getattr(content, field):
            raise _bad(field, "not_taken")
    if content.percent is not None:
        check_percent(content.percent)
    if content.status is not None and content.status not in STATUSES:
        raise _bad("status", "unknown")
    words = (content.note, content.obstacle, content.next_step)
    if (
        content.percent is None
        and content.status is None
        and not content.evidence
        and not any(w.strip() for w in words)
    ):
        raise _bad("percent", "nothing_said")


def _measurement(target: Target, content: Content, today: date) -> None:
    for field in ("percent", "status"):
        if getattr(content, field) is not None:
            raise _bad(field, "not_taken")
    if content.value is None:
        raise _bad("value", "missing")
    if content.measured_on is None:
        raise _bad("measured_on", "missing")
    if type(content.measure) is not int or not 0 <= content.measure < max(1, len(target.values)):
        raise _bad("measure", "range")
    if target.values and not _same_unit(content.unit, target.values[content.measure].unit):
        raise _bad("unit", "other_unit")
    check_value(content.value, content.unit)
    check_day(content.measured_on, today)


def _words(content: Content) -> None:
    for field, limit in (
        ("note", NOTE_LIMIT),
        ("obstacle", NOTE_LIMIT),
        ("next_step", NOTE_LIMIT),
        ("unit", UNIT_LIMIT),
    ):
        text = getattr(content, field)
        if len(text) > limit:
            raise _bad(field, "long", limit=limit)
        if _UNWRITABLE.search(text):
            raise _bad(field, "characters")


def _evidence(evidence: tuple[Evidence, ...]) -> None:
    if len(evidence) > EVIDENCE_LIMIT:
        raise _bad("evidence", "many", limit=EVIDENCE_LIMIT)
    for piece in evidence:
        if _UNWRITABLE.search(piece.name + piece.url + piece.media_type):
            raise _bad("evidence", "characters")
        named = piece.url.startswith(("http://", "https://")) if piece.kind == "link" else _HASH.fullmatch(piece.sha256)
        if not named or piece.kind not in ("link", "file"):
            raise _bad("evidence", "unknown")


def _bounds(unit: str) -> tuple[float, float]:
    if not unit.startswith("%"):
        return 0.0, LARGEST
    return (-100.0, FASTEST_GROWTH) if _is_yearly(unit) else (0.0, 100.0)


def _is_yearly(unit: str) -> bool:
    return re.search(r"/\s*(?:năm|nam|year)", unit.casefold()) is not None


def _same_unit(said: str, planned: str) -> bool:
    if said.startswith("%") and planned.startswith("%"):
        return _is_yearly(said) == _is_yearly(planned)
    return " ".join(said.casefold().split()) == " ".join(planned.casefold().split())


def _bad(field: str, reason: str, **details: object) -> BadProgress:
    return BadProgress(f"{field}: {reason}", field=field, reason=reason, **details)
