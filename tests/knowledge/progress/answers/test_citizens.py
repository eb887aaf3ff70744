"""What those who have not signed in are told: what the plans say, and, where progress is public, state and day alone."""

from __future__ import annotations

import pytest

from knowledge.types import Key
from tests.knowledge.progress.answers.conftest import Room

SOC = (Key("kh-ubnd", "tasks", "34"),)
ROAD = (Key("kh-ubnd", "tasks", "13"),)
LIST = "list_progress"


def test_while_progress_is_internal_they_are_told_who_may_see_it_and_what_the_plans_say(room: Room) -> None:
    answer = room.ask("citizen", "tới đâu rồi", focus=ROAD)
    assert (answer.status, answer.text) == (
        "unanswerable",
        "Các kế hoạch không nêu kết quả thực tế. "
        "Tiến độ thực hiện của nội dung này là thông tin nội bộ, chưa công khai: Công an tỉnh và lãnh đạo xem được sau khi đăng nhập.\n"
        "Kế hoạch nêu như sau.\n"
        "Nhiệm vụ “Triển khai hệ thống điều hành giao thông thông minh”:\n"
        "- Cơ quan chủ trì: Công an tỉnh.\n"
        "- Thời gian thực hiện: Quý II/2026 (từ 01/04/2026 đến hết 30/06/2026).\n"
        "Hạn đã qua: 30/06/2026.\n"
        "Nguồn: Kế hoạch của UBND tỉnh, nhiệm vụ 13; Kế hoạch của Tỉnh ủy, nhiệm vụ 12.",
    )
    assert {c.quote for c in answer.citations} >= {"Công an tỉnh", "Quý II/2026"}


def test_a_target_is_told_as_the_plan_sets_it(room: Room) -> None:
    answer = room.ask("citizen", "đã đạt bao nhiêu so với chỉ tiêu", focus=(Key("kh-ubnd", "targets", "5"),))
    assert (answer.status, "72" in answer.text) == ("unanswerable", False)
    assert "90% thủ tục hành chính cung cấp trực tuyến toàn trình." in answer.text


def test_where_progress_is_public_they_are_told_state_and_day_but_no_words_names_or_receipts(room: Room) -> None:
    assert room.ask("citizen", "soc toi dau roi", public=True, focus=SOC).text.splitlines()[1:2] == [
        "- Công an tỉnh: đạt 35%, đang triển khai, tính đến ngày 15/06/2026."
    ]
    said = [
        room.ask("citizen", text, public=True, focus=SOC).text
        for text in ("soc tới đâu rồi", "ai cập nhật lần cuối", "lịch sử cập nhật", "so với quý trước")
    ]
    assert not [w for w in ("khảo sát", "thiếu vốn", "dự toán", "Người", "SR-") if any(w in text for text in said)]


def test_a_past_date_has_passed_and_is_never_late(room: Room) -> None:
    told = room.ask("citizen", "tới đâu rồi", public=True, focus=ROAD).text
    assert "- Thời gian thực hiện theo kế hoạch: Quý II/2026 (từ 01/04/2026 đến hết 30/06/2026); hạn đã qua." in told
    task = room.ask("citizen", "nhiệm vụ 8 của UBND tỉnh tới đâu rồi", public=True).text
    assert "- Sở Y tế: đạt 10%, đang triển khai, tính đến ngày 22/06/2026." in task
    for public in (False, True):
        answer = room.ask("citizen", "việc nào quá hạn", LIST, public=public)
        assert answer.status == "answered"
        assert answer.text.splitlines()[0] == "Tính đến ngày 10/07/2026, có 1 nhiệm vụ có hạn đã qua theo kế hoạch:"
        assert answer.text.splitlines()[2].endswith(" - hạn đã qua: 30/06/2026")


def test_due_dates_are_answered_from_the_plans_alone(room: Room) -> None:
    answer = room.ask("citizen", "việc nào đến hạn trong quý này", LIST)
    assert (answer.status, [c.item for c in answer.citations]) == ("answered", ["20", "20"])
    assert "chưa có cập nhật" not in answer.text


@pytest.mark.parametrize("text", ["nhiệm vụ của tôi", "nhiem vu cua toi", "tôi phải làm gì tuần này"])
@pytest.mark.parametrize("public", [False, True])
def test_my_tasks_explains_how_to_sign_in(room: Room, text: str, public: bool) -> None:
    answer = room.ask("citizen", text, LIST, public=public)
    assert (answer.status, "đăng nhập" in answer.text, answer.records) == ("forbidden", True, ())


@pytest.mark.parametrize(
    "text", ["những việc chưa ai cập nhật", "việc nào đang vướng", "việc nào chưa xong", "các cập nhật gần đây"]
)
@pytest.mark.parametrize("public", [False, True])
def test_lists_by_what_is_reported_are_for_those_inside(room: Room, text: str, public: bool) -> None:
    answer = room.ask("citizen", text, LIST, public=public)
    assert (answer.status, answer.text, answer.citations) == (
        "unanswerable",
        "Các kế hoạch không nêu kết quả thực tế. "
        "Tiến độ thực hiện các nhiệm vụ là thông tin nội bộ, chưa công khai: cán bộ, lãnh đạo xem được sau khi đăng nhập.",
        (),
    )


def test_an_overall_picture_is_that_of_the_plans_until_progress_is_public(room: Room) -> None:
    inside = room.ask("citizen", "tình hình chung của Công an tỉnh", "ask_overview")
    assert (inside.status, inside.picture) == ("unanswerable", b"")
    assert inside.text.splitlines()[2:5] == [
        "7 nhiệm vụ do Công an tỉnh chủ trì.",
        "Hạn đã qua: 1.",
        "Đến hạn trong 30 ngày tới: 0.",
    ]
    shown = room.ask("citizen", "tình hình chung của Công an tỉnh", "ask_overview", public=True)
    assert shown.status == "answered"
    assert shown.picture
    assert not [w for w in ("Quá hạn", "Chậm") if w in shown.text]
    assert {r["note"] for r in shown.records} == {None}
