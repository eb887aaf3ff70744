"""The time that records are written with, and the province's day at that time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam's time: seven hours ahead of UTC the whole year, without summer time since 1975. Needs no time zone data on the machine."""

Clock = Callable[[], datetime]


def clock(fixed: date | None = None) -> Clock:
    """A function that gives the time now, in UTC; with `fixed` the time of day is real and the day is that one."""

    def now() -> datetime:
        moment = datetime.now(ZONE)
        if fixed is not None:
            moment = datetime.combine(fixed, moment.timetz())
        return moment.astimezone(UTC)

    return now


def day_of(moment: datetime) -> date:
    """The province's date at a point in time."""
    return moment.astimezone(ZONE).date()
