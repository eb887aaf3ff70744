from datetime import date
from typing import Any

import pytest

from knowledge.errors import BadProgress
from knowledge.progress.types import Content, EntryKind, Evidence
from knowledge.progress.validate import check_day, check_percent, check_value, validate
from knowledge.types import Target, Task
from tests.knowledge.store.ledgers import target, task

TODAY = date(2026, 10, 1)
DAY = date(2026, 6, 30)
LINK = Evidence("link", "", "https://example.vn/a")


def refusal(kind: EntryKind, record: Task | Target, content: Content) -> tuple[Any, Any] | None:
    try:
        validate(kind, record, content, TODAY)
    except BadProgress as error:
        return error.details["field"], error.details["reason"]
    return None


@pytest.mark.parametrize(
    "content",
    [
        Content(0), Content(100), Content(status="blocked"), Content(note="Đã họp"), Content(obstacle="Thiếu vốn"),
        Content(next_step="Đấu thầu"), Content(evidence=(LINK,)), Content(5, note="n" * 2000, evidence=(LINK,) * 10),
        Content(1, note="Dòng một\n\tDòng hai\r\n"),
    ],
)  # fmt: skip
def test_anything_said_about_a_task_is_a_report(content: Content) -> None:
    assert refusal("update", task(), content) is None
    assert refusal("correction", task(), content) is None


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (Content(), ("percent", "nothing_said")),
        (Content(note=" \n"), ("percent", "nothing_said")),
        (Content(101), ("percent", "range")),
        (Content(-1), ("percent", "range")),
        (Content(3.5), ("percent", "whole")),  # type: ignore[arg-type]
        (Content(True), ("percent", "whole")),
        (Content(status="gone"), ("status", "unknown")),  # type: ignore[arg-type]
        (Content(1, note="n" * 2001), ("note", "long")),
        (Content(1, obstacle="n" * 2001), ("obstacle", "long")),
        (Content(1, next_step="n" * 2001), ("next_step", "long")),
        (Content(1, note="a\x00b"), ("note", "characters")),
        (Content(1, note="a\ud800"), ("note", "characters")),
        (Content(1, evidence=(LINK,) * 11), ("evidence", "many")),
        (Content(1, evidence=(Evidence("link", "", "javascript:alert(1)"),)), ("evidence", "unknown")),
        (Content(1, evidence=(Evidence("file", "a.pdf", sha256="../../etc/passwd"),)), ("evidence", "unknown")),
        (Content(1, value=3.0), ("value", "not_taken")),
        (Content(1, unit="%"), ("unit", "not_taken")),
        (Content(1, measured_on=DAY), ("measured_on", "not_taken")),
    ],
)
def test_a_report_on_a_task_that_can_not_be_kept(content: Content, refused: tuple[str, str]) -> None:
    assert refusal("update", task(), content) == refused
    assert refusal("correction", task(), content) == refused


@pytest.mark.parametrize(
    ("item", "value", "unit"),
    [
        ("5", 72, "%"), ("5", 0, "%"), ("5", 100, "%"), ("1", 31.5, "% GRDP"), ("14", -12.5, "%/năm"), ("14", 130, "%/năm"),
        ("11", 9.5, "Người/vạn dân"), ("12", 0, "Trung tâm"), ("23", 1, ""),
    ],
)  # fmt: skip
def test_a_measured_value_may_be_anything_its_unit_allows(item: str, value: float, unit: str) -> None:
    assert refusal("measurement", target(item), Content(value=value, unit=unit, measured_on=DAY)) is None


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (Content(), ("value", "missing")),
        (Content(value=72, unit="%"), ("measured_on", "missing")),
        (Content(value=100.1, unit="%", measured_on=DAY), ("value", "range")),
        (Content(value=-1, unit="%", measured_on=DAY), ("value", "range")),
        (Content(value=float("nan"), unit="%", measured_on=DAY), ("value", "finite")),
        (Content(value=72, unit="", measured_on=DAY), ("unit", "other_unit")),
        (Content(value=72, unit="%/năm", measured_on=DAY), ("unit", "other_unit")),
        (Content(value=72, unit="%", measured_on=date(2026, 10, 2)), ("measured_on", "future")),
        (Content(value=72, unit="%", measured_on=date(1999, 12, 31)), ("measured_on", "past")),
        (Content(value=72, unit="%", measured_on=DAY, measure=1), ("measure", "range")),
        (Content(72, value=72, unit="%", measured_on=DAY), ("percent", "not_taken")),
        (Content(value=72, unit="%", measured_on=DAY, status="done"), ("status", "not_taken")),
    ],
)
def test_a_measurement_that_can_not_be_kept(content: Content, refused: tuple[str, str]) -> None:
    assert refusal("measurement", target("5"), content) == refused


def test_tasks_are_reported_on_and_targets_are_measured() -> None:
    measured = Content(value=72, unit="%", measured_on=DAY)
    assert refusal("measurement", task(), measured) == ("kind", "other_kind")
    assert refusal("update", target("5"), measured) == ("kind", "other_kind")


def test_an_undo_says_nothing() -> None:
    assert refusal("undo", task(), Content()) is None
    assert refusal("undo", target("5"), Content()) is None
    assert refusal("undo", task(), Content(note="nhầm")) == ("kind", "undo_speaks")


def test_single_values_are_checked_by_the_same_rules() -> None:
    check_percent(40)
    check_value(0, "điểm")
    check_day(TODAY, TODAY)
    for refused in (
        lambda: check_percent(400),
        lambda: check_value(-1, "điểm"),
        lambda: check_value(2e12, "điểm"),
        lambda: check_day(date(2027, 1, 1), TODAY),
    ):
        with pytest.raises(BadProgress):
            refused()
