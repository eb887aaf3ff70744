"""Time expressions: cells of plans as dates, and the windows of time that questions name."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.text.timeframe import find_windows, looks_like_timeframe, parse_timeframe
from knowledge.types import Timeframe, Window

TODAY = date(2026, 5, 10)


def day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


@pytest.mark.parametrize(
    ("cell", "start", "due"),
    [
        ("Quý II/2026", "2026-04-01", "2026-06-30"),
        ("Giai đoạn Quý IV năm 2026-năm 2029", "2026-10-01", "2029-12-31"),
        ("Năm 2026-2030", "2026-01-01", "2030-12-31"),
        ("Giai đoạn 2027- 2030", "2027-01-01", "2030-12-31"),
        ("Năm 2026", "2026-01-01", "2026-12-31"),
        ("Tháng 6/2026", "2026-06-01", "2026-06-30"),
        ("Tháng 02 năm 2028", "2028-02-01", "2028-02-29"),
        ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
        ("Sáu tháng cuối năm 2027", "2027-07-01", "2027-12-31"),
        ("Quý II, III/2026", "2026-04-01", "2026-09-30"),
        ("Quý I-IV/2026", "2026-01-01", "2026-12-31"),
        ("Từ quý II đến quý IV năm 2026", "2026-04-01", "2026-12-31"),
        ("Từ tháng 10 năm 2026 đến tháng 3 năm 2027", "2026-10-01", "2027-03-31"),
        ("Từ ngày 01/7/2026 đến ngày 31/12/2026", "2026-07-01", "2026-12-31"),
        ("Hoàn thành trong quý III năm 2026", "2026-07-01", "2026-09-30"),
        ("Giai đoạn 2026-2030, tầm nhìn đến năm 2045", "2026-01-01", "2030-12-31"),
        ("Cuối năm 2027", "2027-10-01", "2027-12-31"),
        ("Trước ngày 30/6/2026", "", "2026-06-29"),
        ("Trước năm 2027", "", "2026-12-31"),
        ("Đến hết năm 2027", "", "2027-12-31"),
        ("Chậm nhất ngày 15 tháng 7 năm 2026", "", "2026-07-15"),
        ("Sở Tài chính", "", ""),
        ("Ngày 31/6/2026", "", ""),
    ],
)
def test_a_cell_gives_its_first_and_last_day(cell: str, start: str, due: str) -> None:
    assert parse_timeframe(cell, ("L1",)) == Timeframe(cell, ("L1",), day(start), day(due))


@pytest.mark.parametrize("cell", ["Năm 2026 và các năm tiếp theo", "Từ năm 2026 trở đi", "Từ năm 2026"])
def test_a_cell_may_leave_the_end_open(cell: str) -> None:
    assert parse_timeframe(cell) == Timeframe(cell, (), date(2026, 1, 1), None, None, open_ended=True)


def test_a_cell_may_recur() -> None:
    assert [parse_timeframe(c).recurring for c in ("Thường xuyên", "Hàng năm", "Hằng năm", "Định kỳ hằng năm", "Hàng quý", "Năm 2026")] == [
        "continuous", "yearly", "yearly", "yearly", "continuous", None,
    ]  # fmt: skip
    assert parse_timeframe("Thường xuyên, giai đoạn 2026-2030") == Timeframe(
        "Thường xuyên, giai đoạn 2026-2030", (), date(2026, 1, 1), date(2030, 12, 31), "continuous"
    )


def test_only_a_text_that_is_nothing_else_looks_like_a_timeframe() -> None:
    cells = [
        "Năm 2026",
        "Giai đoạn 2027- 2030",
        "Thường xuyên",
        "Năm 2026 và các năm tiếp theo",
        "Quý II/2026",
        "Hoàn thành trước 30/6/2026",
    ]
    others = ["Sở Y tế", "", "Kế hoạch năm 2026", "Nhiệm vụ/dự án", "100%", "giai đoạn"]
    assert [c for c in (*cells, *others) if looks_like_timeframe(c)] == cells


@pytest.mark.parametrize(
    ("question", "piece", "window"),
    [
        ("việc nào trong năm 2026", "trong năm 2026", Window(date(2026, 1, 1), date(2026, 12, 31))),
        ("viec nao han quy 2/2026", "quy 2/2026", Window(date(2026, 4, 1), date(2026, 6, 30))),
        ("q3/2026 có gì", "q3/2026", Window(date(2026, 7, 1), date(2026, 9, 30))),
        ("phải xong trước 2027", "trước 2027", Window(None, date(2026, 12, 31), "before")),
        ("còn gì sau năm 2028", "sau năm 2028", Window(date(2029, 1, 1), None, "after")),
        ("từ 2027 trở đi", "từ 2027 trở đi", Window(date(2027, 1, 1), None, "from")),
        ("đến 2030 đạt bao nhiêu", "đến 2030", Window(None, date(2030, 12, 31), "until")),
        ("den het quy II nam 2026", "den het quy II nam 2026", Window(None, date(2026, 6, 30), "until")),
        ("việc kết thúc 2030", "2030", Window(date(2030, 1, 1), date(2030, 12, 31))),
        ("xong cuoi nam 2027", "cuoi nam 2027", Window(date(2027, 10, 1), date(2027, 12, 31))),
        ("từ 2027 tới 2029 làm gì", "từ 2027 tới 2029", Window(date(2027, 1, 1), date(2029, 12, 31))),
        ("due by the end of 2027", "by the end of 2027", Window(None, date(2027, 12, 31), "until")),
        ("anything after June 2026?", "after June 2026", Window(date(2026, 7, 1), None, "after")),
        ("second quarter of 2026", "second quarter of 2026", Window(date(2026, 4, 1), date(2026, 6, 30))),
        ("năm nay có gì", "năm nay", Window(date(2026, 1, 1), date(2026, 12, 31))),
        ("quy nay den han", "quy nay", Window(date(2026, 4, 1), date(2026, 6, 30))),
        ("tháng sau", "tháng sau", Window(date(2026, 6, 1), date(2026, 6, 30))),
        ("30 ngày tới việc nào đến hạn", "30 ngày tới", Window(TODAY, date(2026, 6, 9))),
        ("trong 3 tháng tới", "trong 3 tháng tới", Window(TODAY, date(2026, 8, 10))),
        ("hạn quý 4", "quý 4", Window(date(2026, 10, 1), date(2026, 12, 31))),
        ("next 2 weeks", "next 2 weeks", Window(TODAY, date(2026, 5, 24))),
        ("tuần này", "tuần này", Window(date(2026, 5, 4), date(2026, 5, 10))),
    ],
)
def test_a_question_names_a_window(question: str, piece: str, window: Window) -> None:
    assert [(question[a:b], w) for a, b, w in find_windows(question, TODAY)] == [(piece, window)]


@pytest.mark.parametrize(
    "question",
    [
        "bắt đầu năm nào",
        "cuoi nam nao xong",
        "nhiệm vụ 12 là gì",
        "năm nhiệm vụ",
        "12 người trên vạn dân",
        "đạt 80% không",
        "Nghị quyết 57-NQ/TW",
    ],
)
def test_other_numbers_are_no_windows(question: str) -> None:
    assert find_windows(question, TODAY) == []


def test_the_present_and_a_missing_year_need_a_clock() -> None:
    assert [find_windows(q) for q in ("năm nay", "30 ngày tới", "quý 2", "hạn 30/6")] == [[], [], [], []]


def test_typed_diacritics_must_be_those_of_a_time_word() -> None:
    question = "đèn 2026"
    assert [(question[a:b], w.relation) for a, b, w in find_windows(question)] == [("2026", "in")]


@pytest.mark.parametrize(
    ("said", "window"),
    [
        ("tháng sau có gì", "2026-11-01/2026-11-30"),
        ("thang sau co gi", "2026-11-01/2026-11-30"),
        ("thang nay va thang sau", "2026-11-01/2026-11-30"),
        ("xong trong tháng sáu", "2026-06-01/2026-06-30"),
        ("thang sau nam 2027", "2027-06-01/2027-06-30"),
        ("tu thang ba den thang sau", "2026-03-01/2026-06-30"),
        ("tháng sáu năm nay", "2026-06-01/2026-06-30"),
        ("tháng 6 năm sau", "2027-06-01/2027-06-30"),
    ],
)
def test_next_month_and_june_are_told_apart(said: str, window: str) -> None:
    *_, (_, _, found) = find_windows(said, date(2026, 10, 10))
    assert f"{found.start}/{found.end}" == window
