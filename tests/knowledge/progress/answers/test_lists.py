"""Lists of works: one's own, overdue, due, without a report; and the reports themselves."""

from __future__ import annotations

import pytest

from knowledge.progress.answers.follow import goes_on
from knowledge.progress.types import Content
from knowledge.types import Answer, Key, Question
from tests.knowledge.progress.answers.conftest import Room

LIST = "list_progress"
ROAD = "13. Triển khai hệ thống điều hành giao thông thông minh"


def rows(answer: Answer) -> list[str]:
    """The numbers of the tasks that a list shows."""
    return [line.split(".")[0] for line in answer.text.splitlines() if line.split(".")[0].isdigit()]


@pytest.mark.parametrize(
    "text",
    [
        "việc nào quá hạn",
        "viec nao tre han roi",
        "Đề nghị liệt kê các nhiệm vụ quá hạn tính đến nay",
        "anything overdue?",
    ],
)
def test_overdue_work_is_listed_with_state_and_deadline(room: Room, text: str) -> None:
    answer = room.ask("leader", text, LIST)
    assert (answer.status, answer.text) == (
        "answered",
        "Tính đến ngày 10/07/2026, có 1 nhiệm vụ quá hạn, chưa báo hoàn thành:\n"
        "Kế hoạch của UBND tỉnh:\n"
        f"{ROAD} - Công an tỉnh: đạt 80%, đang triển khai (ngày 25/06/2026) - hạn 30/06/2026; đã quá hạn 10 ngày\n"
        "Nguồn: Kế hoạch của UBND tỉnh, nhiệm vụ 13.",
    )
    assert [c.quote for c in answer.citations] == ["Triển khai hệ thống điều hành giao thông thông minh", "Quý II/2026"]
    room.put("police", "13", (7, 9), Content(percent=100))
    assert (
        room.ask("leader", text, LIST).text
        == "Tính đến ngày 10/07/2026, không có nhiệm vụ nào quá hạn, chưa báo hoàn thành."
    )


@pytest.mark.parametrize(
    ("text", "said", "items"),
    [
        ("việc nào sắp đến hạn trong quý này", "10/07/2026 đến 30/09/2026", ["20"]),
        ("sap den han trong 90 ngay toi", "10/07/2026 đến 08/10/2026", ["20"]),
        ("nhiệm vụ nào đến hạn năm 2026", "10/07/2026 đến 31/12/2026", ["20", "3", "6", "7", "10"]),
    ],
)
def test_work_that_falls_due_is_listed_by_date_without_what_is_done(
    room: Room, text: str, said: str, items: list[str]
) -> None:
    answer = room.ask("leader", text, LIST)
    assert answer.text.splitlines()[0] == f"Tính đến ngày 10/07/2026, có {len(items)} nhiệm vụ đến hạn từ {said}:"
    assert rows(answer) == items


def test_without_a_time_due_means_the_next_thirty_days(room: Room) -> None:
    answer = room.ask("leader", "việc nào sắp đến hạn", LIST)
    assert answer.text == "Tính đến ngày 10/07/2026, không có nhiệm vụ nào đến hạn từ 10/07/2026 đến 09/08/2026."


@pytest.mark.parametrize("text", ["nhiệm vụ của tôi", "tôi phụ trách những việc gì", "cac nv cua don vi toi"])
def test_ones_own_tasks_are_those_the_agency_leads_or_shares_as_one_of_a_class(room: Room, text: str) -> None:
    answer = room.ask("health", text, LIST)
    assert answer.text == (
        "Tính đến ngày 10/07/2026, có 1 nhiệm vụ do Sở Y tế chủ trì hoặc thuộc nhóm cơ quan chủ trì:\n"
        "Kế hoạch của UBND tỉnh:\n"
        "8. Xây dựng, nâng cấp hoàn thiện cơ sở dữ liệu dùng chung và cơ sở dữ liệu chuyên ngành phục… - "
        "Sở Y tế: đạt 10%, chậm tiến độ (ngày 22/06/2026) - hạn 31/12/2027; còn 539 ngày\n"
        "Nguồn: Kế hoạch của UBND tỉnh, nhiệm vụ 8."
    )


def test_plain_english_is_answered_in_english(room: Room) -> None:
    answer = room.ask("health", "what are my tasks", LIST)
    assert answer.text.splitlines()[0] == (
        "As of 10/07/2026, there are 1 tasks led by Sở Y tế or by a group it belongs to:"
    )
    assert rows(answer) == ["8"]


def test_a_long_list_comes_in_pieces(room: Room) -> None:
    answer = room.ask("science", "nhiệm vụ của tôi", LIST)
    assert (len(rows(answer)), len(answer.rest), len(answer.focus)) == (12, 9, 21)
    assert [c.payload for c in answer.choices] == ["Xem tiếp"]
    assert "… và 9 mục khác. Anh/chị gõ “xem tiếp” để xem thêm." in answer.text
    assert {c.item for c in answer.citations} == set(rows(answer))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("những việc chưa ai cập nhật của Công an tỉnh", ["5", "6", "16", "24", "33"]),
        ("cong an tinh con viec nao chua bao cao", ["5", "6", "16", "24", "33"]),
        ("Công an tỉnh có việc nào chưa báo cáo tháng 6", ["5", "6", "16", "24", "33"]),
        ("việc nào của CA tỉnh chưa báo cáo quý này", ["5", "6", "13", "16", "24", "33", "34"]),
        ("việc nào đã xong rồi", ["4"]),
        ("nhiệm vụ nào đang vướng", ["34"]),
        ("những nhiệm vụ đạt trên 50%", ["3", "4", "13"]),
        ("nhiem vu nao con duoi 30%", ["8"]),
        ("danh sách việc chậm tiến độ", ["13", "8"]),
    ],
)
def test_work_is_listed_by_what_is_reported(room: Room, text: str, items: list[str]) -> None:
    assert rows(room.ask("leader", text, LIST)) == items


def test_obstacles_are_told_where_they_may_be_read(room: Room) -> None:
    told = "  Khó khăn, vướng mắc: thiếu vốn"
    assert told in room.ask("leader", "việc nào đang vướng", LIST).text.splitlines()
    assert told not in room.ask("editor", "việc nào đang vướng", LIST).text.splitlines()


def test_ones_own_reports_are_listed_newest_first(room: Room) -> None:
    assert room.ask("science", "các cập nhật của tôi", LIST).text.splitlines()[:2] == [
        "Có 3 cập nhật do anh/chị gửi, mới nhất trước:",
        "- 21/06/2026, SR-000005: nhiệm vụ 8. Xây dựng, nâng cấp hoàn thiện cơ sở dữ liệu dùng chung và cơ sở dữ liệu chuyên "
        "ngành phục… - Sở Khoa học và Công nghệ: đạt 40%, đang triển khai",
    ]
    assert (
        room.ask("leader", "tuần này có ai báo cáo gì không", LIST).text
        == "Chưa có cập nhật nào từ 06/07/2026 đến 12/07/2026."
    )


def test_who_works_at_no_agency_has_no_list_of_his_own(room: Room) -> None:
    answer = room.ask("admin", "nhiệm vụ của tôi", LIST)
    said = "Tài khoản của anh/chị không gắn với cơ quan nào nên không có danh sách riêng"
    assert (answer.status, answer.text.split(".")[0]) == ("answered", said)


def test_more_of_a_list_is_told_with_its_states(room: Room) -> None:
    room.put("science", "31", (7, 1), Content(percent=64))
    first = room.ask("science", "nhiệm vụ của tôi", LIST)
    assert first.choices[-1].title == "Xem tiếp"
    more = room.ask("science", "xem tiếp", "follow_up", rest=first.rest, asked=LIST)
    assert rows(more) == [k.item for k in first.rest][: len(rows(more))]
    assert more.text.splitlines()[0] == "Kế hoạch của UBND tỉnh:"
    assert all(
        " - chưa có cập nhật" in line or ": đạt " in line for line in more.text.splitlines()[1:] if line[0].isdigit()
    )


@pytest.mark.parametrize("name", ["UBND xã Nhơn Trạch", "xa nhon trach"])
def test_work_of_an_agency_that_an_operator_added_is_listed(room: Room, name: str) -> None:
    room.accounts.add_agency("UBND xã Nhơn Trạch")
    answer = room.ask("admin", f"các nhiệm vụ của {name} đang ở đâu rồi", LIST)
    assert "UBND xã Nhơn Trạch" in answer.text.splitlines()[0]
    assert rows(answer)


def test_a_question_about_progress_is_carried_on_with_another_work(room: Room) -> None:
    told = room.ask("leader", "thế còn SOC?", "follow_up", asked="ask_progress", focus=(Key("kh-ubnd", "tasks", "13"),))
    assert told.focus[0] == Key("kh-ubnd", "tasks", "34")
    assert told.text == room.ask("leader", "SOC tới đâu rồi?").text
    assert goes_on(Question("thế còn SOC?", "follow_up", asked="ask_progress"))
    assert not goes_on(Question("thế còn hạn của SOC?", "follow_up", facets=("deadline",), asked="ask_progress"))
    assert not goes_on(Question("thế còn SOC?", "follow_up", asked="ask_task"))
