"""The time that records are written with: the real one, or the real time of day on a day fixed for tests and demonstrations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from knowledge.progress.due import PROVINCE

Clock = Callable[[], datetime]


def clock(fixed: date | None = None) -> Clock:
    """A function that gives the time now, in UTC. With `fixed`, the province's date is always that day."""

    def now() -> datetime:
        moment = datetime.now(PROVINCE)
        if fixed is not None:
            moment = datetime.combine(fixed, moment.timetz())
        return moment.astimezone(UTC)

    return now
