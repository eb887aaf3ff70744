"""What is taken back, told anew or excused while a report waits to be confirmed: nothing but what was meant is kept."""

from __future__ import annotations

import pytest

from knowledge.progress.dialog.subject import find_work
from knowledge.progress.types import CITIZEN, Account, Content
from knowledge.types import Key
from tests.knowledge.progress.dialog.conftest import SOC, WORLD, Talk


def told(text: str) -> Talk:
    """A report that waits to be confirmed."""
    talk = Talk()
    assert talk.say(text, "log_progress") == ["confirm"]
    return talk


@pytest.mark.parametrize("text", ["xong, lưu", "ok xong lưu luôn nhé", "xong rồi đó, lưu giúp em"])
def test_who_is_through_with_the_report_does_not_say_that_the_work_is(confirming: Talk, text: str) -> None:
    said = confirming.said
    assert confirming.say(text, "affirm") == ["save"]
    assert said == Content(percent=40)


def test_an_obstacle_that_is_denied_goes_and_with_it_that_the_work_stands_still() -> None:
    talk = told("SOC đạt 58%, đang tạm dừng, vướng thiếu chuyên gia")
    assert talk.said == Content(percent=58, status="blocked", obstacle="vướng thiếu chuyên gia")
    assert talk.say("sửa lại: 55%, và không vướng gì hết", "correct") == ["confirm"]
    assert talk.said == Content(percent=55)


@pytest.mark.parametrize(
    ("text", "intent", "content"),
    [
        ("à quên, 46 mới đúng, mà họp tổ biên tập chứ không phải tổ soạn thảo", "correct", (46, "họp tổ biên tập")),
        ("đã họp tổ biên tập chứ không phải tổ soạn thảo", "inform", (36, "đã họp tổ biên tập")),
        ("ghi chú phải là đã họp tổ biên tập", "add_note", (36, "đã họp tổ biên tập")),
        ("sửa ghi chú thành đã họp tổ biên tập", "change", (36, "đã họp tổ biên tập")),
        ("ghi chú: hoàn thành khảo sát", "add_note", (36, "đã họp tổ soạn thảo; hoàn thành khảo sát")),
    ],
)
def test_words_told_anew_take_the_place_of_those_before(text: str, intent: str, content: tuple[int, str]) -> None:
    talk = told("SOC 36%, đã họp tổ soạn thảo")
    assert talk.say(text, intent) == ["confirm"]
    assert (talk.said.percent, talk.said.note) == content


@pytest.mark.parametrize(
    "text",
    [
        "khoan, để 17 cho an toàn",
        "ghi 17 cho chắc đi",
        "thôi ghi 17 cho chẵn",
        "giảm còn 17 đi cho thực tế",
        "phải 17 mới đúng",
    ],
)
def test_a_number_with_its_reason_changes_the_figure(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "inform") == ["confirm"]
    assert confirming.said == Content(percent=17)


@pytest.mark.parametrize("text", ["quá tay, 95 thôi", "95% nhé, gõ thừa một số", "95 phần trăm, nhìn nhầm dòng"])
def test_how_a_slip_came_about_is_no_note(text: str) -> None:
    talk = Talk()
    assert talk.say("SOC 195%", "log_progress") == ["percent_outside"]
    assert talk.say(text, "inform") == ["confirm"]
    assert talk.said == Content(percent=95)


def test_a_number_that_is_none_is_asked_for_again() -> None:
    talk = Talk()
    assert talk.say("SOC đạt mười lăm mươi phần trăm", "log_progress") == ["ask_percent"]
    assert talk.said.percent is None


def test_another_task_and_another_figure_in_one_breath(confirming: Talk) -> None:
    text = "à lộn việc, cái này của khung kiến trúc dữ liệu số, mà 28%"
    assert confirming.say(text, "correct") == ["task_changed", "confirm"]
    assert confirming.state is not None
    assert (confirming.state.key, confirming.said) == (Key("kh-ubnd", "tasks", "6"), Content(percent=28))


def test_the_task_named_once_more_is_no_unread_figure() -> None:
    talk = Talk()
    assert talk.say("cập nhật SOC", "log_progress") == ["ask_percent"]
    assert talk.say("trung tâm điều hành an ninh mạng", "nlu_fallback") == ["ask_percent"]


def test_a_dictated_note_may_begin_with_what_elsewhere_is_a_label(confirming: Talk) -> None:
    assert confirming.say("thêm ghi chú", "add_note") == ["ask_note"]
    assert confirming.say("lưu ý hủy họp ngày 20/11, dời sang 27/11", "inform") == ["confirm"]
    assert confirming.said.note == "lưu ý hủy họp ngày 20/11, dời sang 27/11"


def test_a_question_with_a_vague_word_behind_it_is_a_question(confirming: Talk) -> None:
    assert confirming.say("hạng mục này sản phẩm nộp là gì ấy em", "ask_task") == ["answer"]
    assert confirming.say("đã họp bàn gì đó với công an xã", "ask_task") == ["confirm"]


def test_help_in_the_middle_of_a_report_is_about_reporting(confirming: Talk) -> None:
    assert confirming.say("hướng dẫn cách ghi khó khăn với", "ask_help") == ["help", "still_confirm"]


def test_a_form_may_be_asked_for(talk: Talk) -> None:
    assert talk.say("mở phiếu cập nhật cho tôi", "out_of_scope") == ["ask_task"]


def test_a_citizen_who_says_save_is_told_who_may_report() -> None:
    talk = Talk(world=type(WORLD)(CITIZEN, WORLD.today))
    assert talk.say("lưu đi ạ", "affirm") == ["sign_in"]


def test_work_is_reported_where_the_plan_names_the_agency_itself() -> None:
    home_affairs = Account("h", "staff", "Sở Nội vụ")
    assert find_work("số hóa lưu trữ", home_affairs).keys == (Key("kh-ubnd", "tasks", "32"),)
    assert find_work("SOC", WORLD.account).keys == (SOC,)


def test_a_short_form_beside_a_trade_is_no_office() -> None:
    schools = Account("s", "staff", "Sở Giáo dục và Đào tạo")
    found = find_work("cđs giáo dục", schools)
    assert (found.keys, found.sure) == ((Key("kh-ubnd", "tasks", "20"),), True)


@pytest.mark.parametrize("text", ["thôi em khỏi lưu, để chị xin ý kiến giám đốc", "khỏi lưu nhé", "thôi đừng lưu nữa"])
@pytest.mark.parametrize("intent", ["affirm", "cancel", "inform"])
def test_words_against_saving_never_save_whatever_they_were_taken_for(confirming: Talk, text: str, intent: str) -> None:
    assert confirming.say(text, intent) == ["cancelled"]


@pytest.mark.parametrize("text", ["khoan lưu đã", "chưa muốn lưu", "tạm thời chưa lưu, để xem lại số"])
def test_not_yet_is_no_yes(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "affirm") == ["ask_change"]
    assert confirming.said == Content(percent=40)


def test_a_state_that_is_denied_is_not_read_as_nought() -> None:
    talk = told("SOC 47%, chậm tiến độ")
    assert talk.say("không chậm đâu, đúng tiến độ", "correct") == ["confirm"]
    assert talk.said == Content(percent=47, status="in_progress")


def test_saving_this_one_and_reporting_the_next_in_one_breath(confirming: Talk) -> None:
    assert confirming.say("lưu và báo tiếp khung kiến trúc dữ liệu số 65%", "affirm") == ["save", "confirm"]
    assert confirming.state is not None
    assert (confirming.state.key, confirming.said) == (Key("kh-ubnd", "tasks", "6"), Content(percent=65))


def test_another_name_and_another_figure_in_clauses_of_their_own(confirming: Talk) -> None:
    assert confirming.say("đổi sang khung kiến trúc dữ liệu số, và 41% nhé", "correct") == ["task_changed", "confirm"]
    assert confirming.state is not None
    assert (confirming.state.key, confirming.said) == (Key("kh-ubnd", "tasks", "6"), Content(percent=41))


@pytest.mark.parametrize(
    ("text", "percent", "note"),
    [
        ("ủa 62 là số năm ngoái, năm nay 79", 79, "đã tập huấn 500 người"),
        ("500 là sai, 600 người mới đúng", 62, "đã tập huấn 600 người"),
        ("62 là gõ nhầm, 64", 64, "đã tập huấn 500 người"),
    ],
)
def test_a_number_that_was_wrong_is_put_right_where_it_stands(text: str, percent: int, note: str) -> None:
    talk = told("SOC 62%, đã tập huấn 500 người")
    assert talk.say(text, "correct") == ["confirm"]
    assert talk.said == Content(percent=percent, note=note)


def test_a_question_taken_for_words_is_answered_first_and_noted_where_there_is_no_answer(confirming: Talk) -> None:
    assert confirming.say("lần trước báo mấy phần trăm", "inform") == ["answer"]
    move = confirming.move
    assert move is not None
    assert move.otherwise is not None
    assert move.otherwise.state is not None
    assert move.otherwise.state.said.note == "lần trước báo mấy phần trăm"


def test_what_points_at_the_work_reported_on_is_no_note(confirming: Talk) -> None:
    assert confirming.say("cái an ninh mạng ấy", "inform") == ["confirm"]
    assert confirming.said == Content(percent=40)


@pytest.mark.parametrize("text", ["à mà thôi, bỏ qua đi em", "thôi, khỏi cần", "ờ thôi, không lưu nữa"])
def test_waving_it_off_after_a_sigh_leaves_the_report(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "nothing_more") == ["cancelled"]


@pytest.mark.parametrize(
    "text", ["chờ đã, tăng thành 57%", "để anh xem lại... 57% thôi", "ấy quên, 57 nhé", "có thêm số sáng nay, 57 đi em"]
)
def test_hesitating_is_no_obstacle_and_no_note(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "inform") == ["confirm"]
    assert (confirming.said.percent, confirming.said.obstacle) == (57, "")
    assert confirming.said.note in ("", "có thêm số")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("bỏ phần vướng mắc đi, sửa thành 50%", Content(percent=50, note="đã họp 2 cuộc")),
        ("xóa phần chờ Bộ Công an đi", Content(percent=40, note="đã họp 2 cuộc")),
        ("3 cuộc chứ không phải 2 cuộc", Content(percent=40, note="đã họp 3 cuộc", obstacle="chờ Bộ Công an")),
    ],
)
def test_a_part_of_what_was_told_is_left_out_or_put_right(text: str, content: Content) -> None:
    talk = told("SOC 40%, đã họp 2 cuộc, chờ Bộ Công an")
    assert talk.say(text, "correct") == ["confirm"]
    assert talk.said == content


def test_what_may_mean_yes_and_no_is_asked_again(confirming: Talk) -> None:
    assert confirming.say("dung luu", "affirm") == ["still_confirm"]
    assert confirming.say("dung luu giup minh", "affirm") == ["save"]


def test_the_name_of_the_work_beside_its_number_is_no_note() -> None:
    assert (
        told("nv 34: trung tâm điều hành an ninh mạng, đã trình giám đốc ký, ước đạt 85%").said.note
        == "đã trình giám đốc ký"
    )


def test_a_report_may_begin_with_its_author(talk: Talk) -> None:
    assert talk.say("công an tỉnh báo cáo trung tâm điều hành an ninh mạng", "ask_task") == ["ask_percent"]


def test_a_figure_said_once_more_is_no_note(confirming: Talk) -> None:
    assert confirming.say("40% thôi", "inform") == ["confirm"]
    assert confirming.said == Content(percent=40)


def test_a_report_may_be_left_for_another_time(confirming: Talk) -> None:
    assert confirming.say("thôi em ạ, khi khác anh báo", "inform") == ["keep", "kept"]


def test_a_last_figure_without_its_sign_is_a_report_too(talk: Talk) -> None:
    assert talk.say("SOC 70 phần trăm, khung kiến trúc dữ liệu thì 52", "log_progress") == ["confirm"]
    assert talk.say("lưu", "affirm") == ["save", "confirm"]
    assert talk.said == Content(percent=52)


@pytest.mark.parametrize(
    ("text", "done"),
    [("Xin chào, tôi cần báo cáo", ["ask_task"]), ("cho tôi xin báo cáo tiến độ", ["answer"])],
)
def test_who_wants_to_report_is_told_from_who_wants_a_report(talk: Talk, text: str, done: list[str]) -> None:
    assert talk.say(text, "list_progress") == done


def test_nothing_yet_to_add_is_no_state_of_the_work(confirming: Talk) -> None:
    assert confirming.say("chưa có gì thêm", "inform") == ["confirm"]
    assert confirming.said == Content(percent=40)


def test_words_between_the_name_and_the_figure_are_the_note() -> None:
    assert told("trung tâm an ninh mạng á, chạy thử rồi, 86 phần trăm").said == Content(percent=86, note="chạy thử")
