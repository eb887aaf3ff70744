"""What a message says about progress, in every register people write in: a table of messages and what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.progress.reading import NO_NAMES, Report, names_of, read_report, split_reports
from knowledge.records import read_plans
from knowledge.text.fold import fold
from knowledge.text.normalise import lines

TODAY = date(2026, 7, 10)
TABLE = Path(__file__).with_name("reading.tsv")
FIELDS = {"p": "percent", "b": "problem", "s": "status", "m": "mention", "n": "note", "o": "obstacle", "x": "next_step"}
FLAGS = ("replaces", "mention_replaces", "save", "nothing")


PLANS = read_plans()
TASKS = [task.title.text for plan in PLANS for task in plan.tasks]
TARGETS = [target.text.text for plan in PLANS for target in plan.targets]
NAMES = names_of(TASKS + TARGETS)


def rows() -> list[tuple[str, str, str, str]]:
    """Part, slot asked, message and what it says, of every row."""
    split = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(part, asked, text.replace("\\n", "\n"), said) for part, asked, text, said in split]


def expected(said: str) -> dict[str, Any]:
    """The fields a row speaks of; those it leaves out are empty."""
    given = dict(pair.split("=", 1) for pair in said.split(";") if pair)
    fields: dict[str, Any] = {name: given.get(short, "") for short, name in FIELDS.items()}
    fields["percent"] = int(given["p"]) if "p" in given else None
    fields["status"] = given.get("s")
    fields["links"] = tuple(given["l"].split()) if "l" in given else ()
    fields.update({flag: flag in given.get("f", "").split() for flag in FLAGS})
    if "v" in given:
        fields.update(value=float(given["v"]), unit=given.get("u", ""))
    if "d" in given:
        fields["measured_on"] = date.fromisoformat(given["d"])
    return fields


@pytest.mark.parametrize(("part", "asked", "text", "said"), rows())
def test_a_message_says_what_its_row_says(part: str, asked: str, text: str, said: str) -> None:
    wanted = expected(said)
    for names in (NO_NAMES, NAMES):
        report = read_report(text, TODAY, asked, names)
        assert {name: getattr(report, name) for name in wanted} == wanted, part


@pytest.mark.parametrize(("part", "asked", "text", "said"), rows())
def test_free_words_are_pieces_of_what_was_typed(part: str, asked: str, text: str, said: str) -> None:
    report = read_report(text, TODAY, asked)
    pieces = [report.mention, report.raw, *report.links]
    pieces += [p for words in (report.note, report.obstacle, report.next_step) for p in words.split("; ")]
    assert [p for p in pieces if p not in lines(text)] == [], part


@pytest.mark.parametrize(
    "text", ["", " \n ", "%", "5 5 5", "-", "1.2.3.4,5%", "\u0000", "(((", "phần trăm", "từ % lên %"]
)
def test_what_says_nothing_is_an_empty_report(text: str) -> None:
    report = read_report(text, TODAY)
    assert (report.percent, report.status, report.save) == (None, None, False)


def test_words_of_the_percent_are_kept_as_typed() -> None:
    report = read_report("Soc đạt bốn lăm phần trăm nhé", TODAY)
    assert report == Report(percent=45, raw="bốn lăm phần trăm", mention="Soc", value=45.0, unit="%")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("SOC đạt 35%, còn IOC 40%", ("SOC đạt 35%", "IOC 40%")),
        ("SOC 20% và IOC 50%", ("SOC 20%", "IOC 50%")),
        (
            "1. SOC 35%\n2) IOC 40%, đang làm\n3. nhiệm vụ 12: xong rồi",
            ("SOC 35%", "IOC 40%, đang làm", "nhiệm vụ 12: xong rồi"),
        ),
        ("Em gửi báo cáo:\n- SOC 35%\n- IOC 40%", ("SOC 35%", "IOC 40%")),
        ("SOC\n35%\nIOC\n40%", ("SOC\n35%", "IOC\n40%")),
        (
            "Nhiệm vụ: SOC\nTiến độ: 35%\nNhiệm vụ: IOC\nTiến độ: 40%",
            ("Nhiệm vụ: SOC\nTiến độ: 35%", "Nhiệm vụ: IOC\nTiến độ: 40%"),
        ),
        (
            "SOC đạt 35%; IOC xong rồi; bình dân học vụ số 60%",
            ("SOC đạt 35%", "IOC xong rồi", "bình dân học vụ số 60%"),
        ),
        ("SOC đạt 35%, còn bình dân học vụ số nữa", ("SOC đạt 35%", "bình dân học vụ số")),
        ("SOC 35%, khảo sát xong, IOC 40% vướng mặt bằng", ("SOC 35%, khảo sát xong", "IOC 40% vướng mặt bằng")),
        (
            "soc 35%, con ioc 40%, binh dan hoc vu so 10 phan tram",
            ("soc 35%", "ioc 40%", "binh dan hoc vu so 10 phan tram"),
        ),
        ("nhiệm vụ 34 đạt 60%, nhiệm vụ 12 đạt 20%", ("nhiệm vụ 34 đạt 60%", "nhiệm vụ 12 đạt 20%")),
    ],
)
def test_each_task_gets_its_piece(text: str, pieces: tuple[str, ...]) -> None:
    assert split_reports(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "SOC đạt 35%, đã giải ngân 20% vốn",
        "Nhiệm vụ: SOC\nTiến độ: 35%\nVướng mắc: thiếu vốn",
        "SOC đạt 35%\nvừa khảo sát xong hạ tầng",
        "SOC đạt 35%, dự kiến tháng sau đạt 50%",
        "từ 30% lên 45%",
        "60% chứ không phải 40%",
        "bố trí 1% GRDP ngân sách cho KHCN: 30%",
        "45",
        "",
    ],
)
def test_one_report_stays_whole(text: str) -> None:
    assert split_reports(text) == (text,)


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize("form", ["{} đạt 35%", "{}: 35%, đang làm", "Nhiệm vụ {} xong rồi"])
def test_a_pasted_title_is_a_name_whatever_its_words_are(form: str, write: Callable[[str], str]) -> None:
    """Titles hold percentages ("đạt 1% GRDP"), "hoàn thành", "kết nối": none of them is what the message reports."""
    wrong = []
    for title in TASKS if "xong" in form else TASKS + TARGETS:
        text = write(form.format(title.rstrip(".")))
        report = read_report(text, TODAY, names=NAMES)
        told = (report.percent, report.note, report.obstacle, report.next_step, report.replaces, report.save)
        if told != (100 if "xong" in form else 35, "", "", "", False, False):
            wrong.append((text, told))
    assert wrong == []


def test_a_value_like_the_targets_own_is_still_reported() -> None:
    report = read_report("Học sinh phổ thông tiếp cận với STEM đạt tỷ lệ 100%", TODAY, names=NAMES)
    assert (report.percent, report.value, report.unit) == (100, 100.0, "%")
