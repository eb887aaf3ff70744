"""Deadlines against a day."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.progress.due import deadline, due_within, overdue, quarter_end_before
from knowledge.types import Timeframe

TODAY = date(2026, 7, 1)
PAST = Timeframe("Quý II/2026", (), date(2026, 4, 1), date(2026, 6, 30))


def test_a_task_is_overdue_from_the_day_after_its_last_day() -> None:
    assert [overdue(PAST, date(2026, *d)) for d in ((6, 30), (7, 1))] == [False, True]
    assert overdue(PAST, TODAY, done=True) is False


@pytest.mark.parametrize(
    "frame",
    [
        Timeframe("Thường xuyên", (), None, date(2026, 1, 1), "continuous"),
        Timeframe("Hằng năm", (), None, date(2026, 1, 1), "yearly"),
        Timeframe("2026 và các năm tiếp theo", (), date(2026, 1, 1), None, None, True),
    ],
)
def test_recurring_and_open_ended_tasks_have_no_deadline(frame: Timeframe) -> None:
    assert (deadline(frame), overdue(frame, TODAY), due_within(frame, None, None)) == (None, False, False)


def test_both_ends_of_a_window_belong_to_it() -> None:
    assert due_within(PAST, date(2026, 6, 30), date(2026, 7, 30))
    assert due_within(PAST, None, date(2026, 6, 30))
    assert not due_within(PAST, date(2026, 7, 1), None)
    assert not due_within(PAST, date(2026, 6, 30), None, done=True)


def test_the_quarter_before_ends_the_day_before_this_one_begins() -> None:
    assert [quarter_end_before(date(2026, m, 15)) for m in (1, 3, 4, 7, 12)] == [
        date(2025, 12, 31), date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30),
    ]  # fmt: skip
