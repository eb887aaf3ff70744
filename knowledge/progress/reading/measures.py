"""A measured value and the day it holds for: "đến 30/6 là 72%", "tính đến hết quý 2 đạt 11,5 người/vạn dân"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.progress.reading.items import Item
from knowledge.progress.reading.surface import Surface

_YEAR = re.compile(r"20\d\d")


def measured_value(
    message: Surface, found: Sequence[Item], role: Sequence[str], clause: Sequence[int]
) -> tuple[float, str, range] | None:
    """A number that is no percent after a word that reports, with what it counts: (value, unit, items)."""
    for k, item in enumerate(found):
        if (
            item.amount is None
            or item.amount.form != "bare"
            or role[k]
            or k == 0
            or found[k - 1].kind not in ("reach", "about")
        ):
            continue
        end = k + 1
        while end < len(found) and clause[end] == clause[k] and not role[end] and _counts(message, found[end]):
            end += 1
        while end > k + 1 and found[end - 1].kind in ("link", "time", "now", "chatter", "mark"):
            end -= 1
        return (
            item.amount.value,
            message.piece(found[k + 1].first, found[end - 1].last) if end > k + 1 else "",
            range(k, end),
        )
    return None


def _counts(message: Surface, item: Item) -> bool:
    return item.kind in ("word", "link", "task_word") or (item.kind == "mark" and message.words[item.first].text == "/")


def measured_on(
    message: Surface, found: Sequence[Item], role: Sequence[str], mention: tuple[int, int], today: date
) -> date | None:
    """The day a report holds for: the last of the time it names outside the task's name, None when it names none that is past."""
    for k, item in enumerate(found):
        period = item.period
        if period is None or role[k] or mention[0] <= k < mention[1] or period.relation in ("before", "after", "from"):
            continue
        day = period.last
        said = message.meant[period.start : period.end]
        if day > today and not _YEAR.search(said):
            inside = period.first <= today
            day = today if inside else _year_before(day)
        if day <= today:
            return day
    return None


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
