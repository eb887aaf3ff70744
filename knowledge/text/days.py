"""First and last days of years, quarters, months, weeks: the arithmetic behind time expressions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Tuple

Days = Tuple[date, date]
"""First and last day of a stretch of time, inclusive."""

_DAY = timedelta(days=1)


def months(year: int, first: int, last: int) -> Days:
    """Days from the start of month `first` to the end of month `last` of a year (1 to 12)."""
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), after - _DAY


def quarters(year: int, first: int, last: int) -> Days:
    """Days from the start of quarter `first` to the end of quarter `last` of a year (1 to 4)."""
    return months(year, 3 * first - 2, 3 * last)


def unit_of(today: date, unit: str, ahead: int) -> Days:
    """The day, week (from Monday), month, quarter or year that lies `ahead` units from the one of `today`."""
    if unit == "day":
        day = today + ahead * _DAY
        return day, day
    if unit == "week":
        monday = today - today.weekday() * _DAY + 7 * ahead * _DAY
        return monday, monday + 6 * _DAY
    if unit == "year":
        return months(today.year + ahead, 1, 12)
    size = 3 if unit == "quarter" else 1
    index = today.year * 12 // size + (today.month - 1) // size + ahead
    year, part = divmod(index, 12 // size)
    return months(year, part * size + 1, part * size + size)


def shifted(today: date, unit: str, count: int) -> date:
    """The day that lies `count` units from `today`, the last of the month where the month is shorter."""
    if unit in ("day", "week"):
        return today + count * (7 if unit == "week" else 1) * _DAY
    total = today.year * 12 + today.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    last = months(total // 12, total % 12 + 1, total % 12 + 1)[1]
    return last.replace(day=min(today.day, last.day))
