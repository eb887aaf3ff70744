"""What a message is for, when that is not plain: a question, a report, an obstacle, a figure; and what it may not do."""

from __future__ import annotations

import pytest

from knowledge.progress.dialog.turn import World
from knowledge.progress.types import CITIZEN, Account, Content
from tests.knowledge.progress.dialog.conftest import POLICE, SOC, TODAY, Talk


@pytest.mark.parametrize(
    ("account", "text"),
    [
        (POLICE, "SOC đặt ở đâu"),
        (POLICE, "trung tâm an ninh mạng dùng máy chủ của ai vậy"),
        (CITIZEN, "SOC hoàn thành khi nào"),
        (CITIZEN, "80% hồ sơ trực tuyến là chỉ tiêu nào"),
        (CITIZEN, "nhiệm vụ SOC"),
        (Account("l", "leader", "Công an tỉnh"), "tiến độ SOC cập nhật đến đâu rồi"),
    ],
)
def test_a_question_that_was_taken_for_a_report_is_answered(account: Account, text: str) -> None:
    assert Talk(World(account, TODAY)).say(text, "log_progress") == ["answer"]


@pytest.mark.parametrize(
    "text",
    ["SOC 60% nha", "cập nhật tiến độ SOC", "ghi giup iot ai blockchain 50%", "SOC xong rồi", "báo SOC được một nửa"],
)
def test_who_may_not_report_is_refused_what_is_plainly_a_report(text: str) -> None:
    assert Talk(World(CITIZEN, TODAY)).say(text, "log_progress") == ["sign_in"]


@pytest.mark.parametrize("text", ["cập nhật nhiệm vụ nào bây giờ nhỉ", "SOC 40%, còn gì nữa không"])
def test_staff_who_ask_to_report_are_taken_at_their_word(talk: Talk, text: str) -> None:
    assert "answer" not in talk.say(text, "log_progress")


def test_a_question_in_the_middle_is_answered_even_when_it_was_taken_for_a_report(confirming: Talk) -> None:
    assert confirming.say("SOC đặt ở đâu vậy", "log_progress") == ["answer"]


def test_a_report_is_not_moved_to_work_of_another_agency(confirming: Talk) -> None:
    told = confirming.say("nhầm nhiệm vụ, là số hóa tài liệu lưu trữ mới đúng", "correct")
    assert told == ["forbidden", "still_confirm"]
    assert confirming.move is not None
    assert confirming.move.lines[0].values["who"] == "Sở Nội vụ"
    assert confirming.state is not None
    assert (confirming.state.key, confirming.state.asks, confirming.said.percent) == (SOC, "confirm", 40)
    assert confirming.say("sửa nhiệm vụ", "change") == ["ask_task"]
    assert confirming.say("số hóa tài liệu lưu trữ", "inform") == ["forbidden", "still_confirm"]
    assert confirming.say("lưu", "affirm") == ["save"]


@pytest.mark.parametrize(
    ("text", "obstacle"), [("vướng thiếu người", "thiếu người"), ("đang kẹt khâu thẩm định", "khâu thẩm định")]
)
@pytest.mark.parametrize("intent", ["inform", "add_note", "log_progress"])
def test_what_is_in_the_way_is_kept_and_the_status_is_left_alone(
    confirming: Talk, text: str, obstacle: str, intent: str
) -> None:
    assert confirming.say(text, intent) == ["confirm"]
    assert confirming.said.percent == 40
    assert confirming.said.status is None
    assert obstacle in confirming.said.obstacle


@pytest.mark.parametrize("text", ["khoan, 70 thoi", "ma thoi 70 di", "à 70 nhé", "lấy 70 thôi cho chắc"])
def test_a_number_among_small_words_is_a_figure(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "inform") == ["confirm"]
    assert confirming.said == Content(percent=70)


@pytest.mark.parametrize(
    ("text", "replies"),
    [
        ("SOC gần xong", ["ask_percent"]),
        ("SOC chưa làm gì hết", ["confirm"]),
        ("ghi tiến độ trung tâm an ninh mạng", ["ask_percent"]),
    ],
)
def test_a_report_without_a_figure_is_one_whatever_it_sounds_like(talk: Talk, text: str, replies: list[str]) -> None:
    assert talk.say(text, "ask_progress") in (replies, ["percent_unread"])


def test_what_leads_up_to_a_report_is_no_note(talk: Talk) -> None:
    world = World(Account("g", "staff", "Sở Giáo dục và Đào tạo"), TODAY)
    talk.world = world
    text = (
        "Kính gửi Tổ công tác, thực hiện chỉ đạo của UBND tỉnh, Sở Giáo dục và Đào tạo xin báo cáo: Đề án chuyển đổi số "
        "ngành giáo dục và đào tạo ước đạt 62%; đã hoàn thành học bạ số. Trân trọng báo cáo."
    )
    assert talk.say(text, "log_progress") == ["confirm"]
    assert talk.said == Content(percent=62, note="đã hoàn thành học bạ số")


@pytest.mark.parametrize("intent", ["log_progress", "ask_target", "inform"])
def test_what_is_named_as_a_share_of_something_is_a_target_that_is_measured(intent: str) -> None:
    talk = Talk(World(Account("k", "staff", "Sở Khoa học và Công nghệ"), TODAY))
    assert talk.say("tỷ lệ dân số có chữ ký số đến 30/6 đạt 41%", intent) == ["confirm"]
    assert talk.state is not None
    assert (str(talk.state.key), talk.said.value, talk.said.unit) == ("kh-ubnd/targets/26", 41.0, "%")


def test_a_share_that_is_done_is_progress(talk: Talk) -> None:
    assert talk.say("tỷ lệ hoàn thành trung tâm an ninh mạng là 41%", "log_progress") == ["confirm"]
    assert (talk.state and talk.state.kind, talk.said.percent) == ("update", 41)


def test_a_figure_in_a_name_does_not_hide_that_there_are_two_reports() -> None:
    talk = Talk(world=World(Account("f", "staff", "Sở Tài chính"), TODAY))
    text = "thu hut tap doan cong nghe lon 70%, dieu chinh du toan 1% GRDP duoc 71%"
    assert talk.say(text, "log_progress") == ["confirm"]
    assert talk.state is not None
    assert (str(talk.state.key), talk.said.percent, talk.state.total) == ("kh-ubnd/tasks/25", 70, 2)


def test_the_whole_name_of_a_task_is_no_target_although_a_day_is_told() -> None:
    talk = Talk(world=World(Account("k", "staff", "Sở Khoa học và Công nghệ"), TODAY))
    text = "Hỗ trợ thương mại hóa tài sản trí tuệ: 37%, nghiệm thu giai đoạn 1 ngày 20/6"
    assert talk.say(text, "log_measure") == ["confirm"]
    assert talk.state is not None
    assert (str(talk.state.key), talk.said.percent) == ("kh-ubnd/tasks/4", 37)
    assert talk.said.note == "nghiệm thu giai đoạn 1 ngày 20/6"
