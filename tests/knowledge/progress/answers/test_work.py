"""Where one task stands, told to those who may know it."""

from __future__ import annotations

import pytest

from knowledge.progress.types import Content
from knowledge.types import Key
from tests.knowledge.answer.conftest import keys
from tests.knowledge.progress.answers.conftest import Room

SOC = (Key("kh-ubnd", "tasks", "34"), Key("kh-tu", "tasks", "32"))
HEAD = "Nhiệm vụ “Xây dựng Trung tâm điều hành an ninh mạng (SOC) tỉnh Đồng Nai”:"
TAIL = """- Thời gian thực hiện theo kế hoạch: Năm 2026-2029 (từ 01/01/2026 đến hết 31/12/2029); còn 1270 ngày.
Nguồn: Kế hoạch của UBND tỉnh, nhiệm vụ 34; Kế hoạch của Tỉnh ủy, nhiệm vụ 32."""
STATE = "- Công an tỉnh: đạt 35%, đang triển khai, tính đến ngày 15/06/2026 (biên nhận SR-000003)."
WORDS = "  Ghi chú: đã khảo sát\n  Khó khăn, vướng mắc: thiếu vốn\n  Việc tiếp theo: trình dự toán"


@pytest.mark.parametrize(
    "text",
    [
        "SOC đang tới đâu rồi?", "soc toi dau roi", "tình hình triển khai SOC thế nào ạ", "Xin cho biết tiến độ SOC đến nay.",
        "tieens ddooj SOC", "SOC dc bn % r",
    ],
)  # fmt: skip
def test_the_state_is_told_with_its_day_and_receipt_and_the_plans_deadline(room: Room, text: str) -> None:
    answer = room.ask("police", text)
    assert (answer.status, set(answer.focus)) == ("answered", set(SOC))
    assert sorted(answer.text.splitlines()[:-1]) == sorted("\n".join([HEAD, STATE, WORDS, TAIL]).splitlines()[:-1])
    assert set(keys(answer)) == {str(k) for k in SOC}
    assert {c.quote for c in answer.citations} == {"Năm 2026-2029"}


def test_who_reads_the_state_alone_is_told_no_words_and_no_name(room: Room) -> None:
    assert room.ask("editor", "SOC đang tới đâu rồi?", focus=SOC).text.splitlines()[1:3] == [
        STATE,
        TAIL.splitlines()[0],
    ]
    last = room.ask("editor", "ai cập nhật lần cuối?", focus=SOC).text.splitlines()[1]
    assert last == "- Công an tỉnh cập nhật lần cuối ngày 15/06/2026: đạt 35%, đang triển khai (biên nhận SR-000003)."


@pytest.mark.parametrize(
    "text",
    ["ai cập nhật lần cuối?", "ai cap nhat vay", "cập nhật lần cuối khi nào", "lần cập nhật gần nhất là ngày nào"],
)
def test_who_reported_last_is_named_to_those_who_may_read_the_report(room: Room, text: str) -> None:
    assert room.ask("leader", text, focus=SOC).text == "\n".join(
        [
            HEAD,
            "- Người police (Công an tỉnh) cập nhật lần cuối ngày 15/06/2026: đạt 35%, đang triển khai (biên nhận SR-000003).",
            TAIL,
        ]
    )


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("so với quý trước thì sao", "đến ngày 30/06/2026 là đạt 35%, đang triển khai; {now}; tỷ lệ không đổi"),
        ("so với tháng 5 thế nào", "đến ngày 31/05/2026 là đạt 20%, đang triển khai; {now}; tăng 15 điểm phần trăm"),
        ("so voi lan bao cao truoc", "đến ngày 20/05/2026 là đạt 20%, đang triển khai; {now}; tăng 15 điểm phần trăm"),
        ("so với năm ngoái thì tăng bao nhiêu", "đến ngày 31/12/2025 chưa có cập nhật nào; {now}"),
    ],
)
def test_now_is_compared_with_what_had_been_reported_then(room: Room, text: str, then: str) -> None:
    now = "nay là đạt 35%, đang triển khai, tính đến ngày 15/06/2026 (biên nhận SR-000003)"
    answer = room.ask("police", text, focus=SOC)
    assert answer.text == "\n".join([HEAD, f"- Công an tỉnh: {then.format(now=now)}.", TAIL])


def test_a_correction_made_later_does_not_change_what_had_been_reported_then(room: Room) -> None:
    room.put("police", "34", (7, 8), Content(percent=30), corrects="SR-000003")
    line = room.ask("police", "so với quý trước", focus=SOC).text.splitlines()[1]
    assert line == (
        "- Công an tỉnh: đến ngày 30/06/2026 là đạt 35%, đang triển khai; nay là đạt 30%, đang triển khai, "
        "tính đến ngày 08/07/2026 (biên nhận SR-000009); giảm 5 điểm phần trăm."
    )


def test_the_history_is_listed_newest_first(room: Room) -> None:
    earlier = "- Công an tỉnh: đạt 20%, đang triển khai, tính đến ngày 20/05/2026 (biên nhận SR-000001).\n  Ghi chú: đã lập dự án"
    assert room.ask("police", "lịch sử cập nhật", focus=SOC).text == "\n".join([HEAD, STATE, WORDS, earlier, TAIL])


def test_agencies_of_a_class_stand_side_by_side(room: Room) -> None:
    lines = room.ask("leader", "Nhiệm vụ 8 của UBND tỉnh tới đâu rồi").text.splitlines()
    assert lines[1:3] == [
        "- Sở Y tế: đạt 10%, chậm tiến độ, tính đến ngày 22/06/2026 (biên nhận SR-000006).",
        "- Sở Khoa học và Công nghệ: đạt 40%, đang triển khai, tính đến ngày 21/06/2026 (biên nhận SR-000005).",
    ]


def test_a_percentage_older_than_the_last_report_keeps_its_own_day(room: Room) -> None:
    room.put("police", "34", (7, 5), Content(status="blocked"))
    line = room.ask("editor", "SOC tới đâu rồi", focus=SOC).text.splitlines()[1]
    assert (
        line
        == "- Công an tỉnh: đạt 35% (báo ngày 15/06/2026), đang vướng mắc, tính đến ngày 05/07/2026 (biên nhận SR-000009)."
    )


def test_overdue_work_is_said_to_be_and_done_work_is_not(room: Room) -> None:
    task = (Key("kh-ubnd", "tasks", "13"),)
    assert "; đã quá hạn 10 ngày." in room.ask("police", "tới đâu rồi", focus=task).text
    room.put("police", "13", (7, 9), Content(percent=100))
    assert "quá hạn" not in room.ask("police", "tới đâu rồi", focus=task).text


def test_nothing_reported_is_said_and_nothing_made_up(empty: Room) -> None:
    answer = empty.ask("police", "SOC tới đâu rồi", focus=SOC)
    assert (answer.status, answer.text.splitlines()[0]) == (
        "answered", "Chưa có cập nhật nào về tiến độ của nhiệm vụ “Xây dựng Trung tâm điều hành an ninh mạng (SOC) tỉnh Đồng Nai”.",
    )  # fmt: skip


def test_without_a_subject_it_asks_back_and_what_no_plan_knows_is_not_answered(room: Room) -> None:
    assert room.ask("police", "tới đâu rồi").status == "clarify"
    assert room.ask("police", "nhà ở xã hội Tam Phước đến đâu rồi em").status == "unanswerable"


def test_an_item_of_both_plans_is_asked_back_with_buttons_that_ask_again(room: Room) -> None:
    answer = room.ask("leader", "nhiệm vụ 12 làm đến đâu rồi")
    assert answer.status == "clarify"
    assert {c.payload for c in answer.choices} == {
        "Tiến độ nhiệm vụ số 12 của Kế hoạch của UBND tỉnh", "Tiến độ nhiệm vụ số 12 của Kế hoạch của Tỉnh ủy",
    }  # fmt: skip


def test_a_target_is_answered_from_what_was_measured_and_the_level_that_is_set(room: Room) -> None:
    answer = room.ask("office", "đã đạt bao nhiêu so với chỉ tiêu?", focus=(Key("kh-ubnd", "targets", "5"),))
    assert answer.text == (
        "Kết quả đo đã ghi nhận:\n"
        "- 72%, tính đến ngày 30/06/2026, Văn phòng UBND tỉnh báo cáo (biên nhận SR-000008); so với mức “90%” còn cách 18 điểm phần trăm.\n"
        "Mức kế hoạch đề ra:\n"
        "90% thủ tục hành chính cung cấp trực tuyến toàn trình.\n"
        "Nguồn: Kế hoạch của UBND tỉnh, chỉ tiêu 5; Kế hoạch của Tỉnh ủy, mục tiêu 4."
    )
    assert (answer.status, keys(answer)) == ("answered", ["kh-ubnd/targets/5", "kh-tu/targets/4"])
    room.put("office", "5", (7, 9), Content(value=90.5, unit="%", measured_on=room.moment.date()))
    line = room.ask("office", "đạt chưa", focus=(Key("kh-ubnd", "targets", "5"),)).text.splitlines()[1]
    assert (
        line
        == "- 90,5%, tính đến ngày 01/07/2026, Văn phòng UBND tỉnh báo cáo (biên nhận SR-000009); đã đạt mức “90%”."
    )


@pytest.mark.parametrize(
    "text",
    [
        "hồ sơ trực tuyến toàn trình đã đạt bao nhiêu so với chỉ tiêu?",
        "chi tieu thu tuc hanh chinh toan trinh dat chua",
    ],
)
def test_of_a_target_of_several_values_the_one_named_is_answered(room: Room, text: str) -> None:
    answer = room.ask("office", text)
    assert answer.text.splitlines()[1].startswith(
        "- 72%, tính đến ngày 30/06/2026, Văn phòng UBND tỉnh báo cáo (biên nhận SR-000008)"
    )
    assert answer.focus[0] == Key("kh-ubnd", "targets", "5")


def test_a_target_nobody_measured_says_so(empty: Room) -> None:
    answer = empty.ask("office", "đã đạt bao nhiêu so với mục tiêu", focus=(Key("kh-ubnd", "targets", "5"),))
    assert answer.text.splitlines()[0] == "Chưa có kết quả đo nào được ghi nhận cho chỉ tiêu này."


def test_a_single_work_that_may_be_meant_is_told_of_and_not_asked_about(room: Room) -> None:
    assert room.ask("police", "ABTL lưu trữ tới đâu rồi").status == "answered"
