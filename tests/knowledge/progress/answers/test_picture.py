"""The overall picture: counted, drawn, and given as a table."""

from __future__ import annotations

import io

from PIL import Image

from tests.knowledge.progress.answers.conftest import Room

OVERVIEW = "ask_overview"


def test_the_states_of_an_agencys_tasks_are_counted_from_its_own_reports(room: Room) -> None:
    answer = room.ask("leader", "tình hình chung của Sở KHCN", OVERVIEW)
    assert answer.text.splitlines()[:-1] == [
        "Tính đến ngày 10/07/2026, theo cập nhật của các cơ quan, 20 nhiệm vụ do Sở Khoa học và Công nghệ chủ trì:",
        "- Hoàn thành: 1", "- Đang triển khai: 1", "- Chậm tiến độ: 0", "- Đang vướng mắc: 0", "- Chưa triển khai: 0",
        "- Chưa có cập nhật: 18", "Quá hạn: 0.", "Đến hạn trong 30 ngày tới: 0.", "Cập nhật gần nhất: ngày 20/06/2026.",
    ]  # fmt: skip
    assert len(answer.citations) == 20
    assert [(r["item"], r["agency"], r["percent"]) for r in answer.records if r["percent"]] == [
        ("3", "Sở Khoa học và Công nghệ", 60), ("4", "Sở Khoa học và Công nghệ", 100),
    ]  # fmt: skip


def test_the_picture_is_a_small_png_wide_enough_for_a_phone(room: Room) -> None:
    png = room.ask("leader", "tình hình chung của Sở KHCN", OVERVIEW).picture
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.width, len(png) <= 60_000) == ("PNG", 720, True)


def test_agencies_that_differ_are_counted_as_differing(room: Room) -> None:
    lines = room.ask("admin", "tình hình chung toàn tỉnh", OVERVIEW).text.splitlines()
    assert lines[0] == "Tính đến ngày 10/07/2026, theo cập nhật của các cơ quan, 34 nhiệm vụ của các kế hoạch:"
    assert "- Các cơ quan báo khác nhau: 1" in lines


def test_the_picture_of_ones_own_agency(room: Room) -> None:
    head = room.ask("police", "tình hình chung của đơn vị tôi", OVERVIEW).text.splitlines()[0]
    assert head.endswith("7 nhiệm vụ do Công an tỉnh chủ trì:")


def test_in_english(room: Room) -> None:
    lines = room.ask("leader", "tình hình chung của Sở KHCN", OVERVIEW, lang="en").text.splitlines()
    assert lines[1:3] == ["- Done: 1", "- In progress: 1"]
