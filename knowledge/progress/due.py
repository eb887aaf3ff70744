"""What is due: the deadlines of tasks against a day."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.types import Timeframe


def deadline(frame: Timeframe) -> date | None:
    """The last day of a task; None where it recurs or the plan leaves its end open: such a task is never overdue."""
    return None if frame.recurring or frame.open_ended else frame.due


def overdue(frame: Timeframe, today: date, *, done: bool = False) -> bool:
    """Whether the last day has passed and the task is not done."""
    last = deadline(frame)
    return last is not None and last < today and not done


def due_within(frame: Timeframe, first: date | None, last: date | None, *, done: bool = False) -> bool:
    """Whether the last day falls on `first`, on `last` or between them (None: open) and the task is not done."""
    day = deadline(frame)
    return not done and day is not None and (first is None or first <= day) and (last is None or day <= last)


def quarter_end_before(today: date) -> date:
    """The last day of the quarter before the one that `today` is in."""
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
