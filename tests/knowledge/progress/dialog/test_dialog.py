"""The dialog as a pure function: from a state and a message to a move."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from knowledge.corpus import load_corpus
from knowledge.progress.dialog.state import State, from_json, to_json
from knowledge.progress.types import CITIZEN, Account, Content, Entry, Evidence
from knowledge.types import Key
from tests.knowledge.progress.dialog.conftest import SOC, WORLD, Talk


def entry(percent: int, at: datetime) -> Entry:
    return Entry(
        7, "e7", "update", "r", SOC, "v", None, "p", "Công an tỉnh", "rest", at, Content(percent=percent), "", "h"
    )


def test_step_by_step_the_task_the_percentage_a_note_and_a_yes(talk: Talk) -> None:
    assert talk.say("cập nhật tiến độ", "log_progress") == ["ask_task"]
    assert talk.say("trung tâm an ninh mạng", "ask_task") == ["ask_percent"]
    assert talk.say("45", "nlu_fallback") == ["confirm"]
    assert talk.say("đã mua xong máy chủ", "inform") == ["confirm"]
    assert talk.said == Content(percent=45, note="đã mua xong máy chủ")
    assert talk.say("ừ", "affirm") == ["save"]


@pytest.mark.parametrize(
    ("words", "percent"),
    [("45", 45), ("45%", 45), ("bốn lăm phần trăm", 45), ("một nửa", 50), ("3/4", 75), ("3o%", 30), ("xong rồi", 100)],
)
def test_a_percentage_is_read_in_many_forms(talk: Talk, words: str, percent: int) -> None:
    talk.say("cập nhật SOC", "log_progress")
    assert talk.say(words, "inform") == ["confirm"]
    assert talk.said.percent == percent


@pytest.mark.parametrize(
    ("words", "reply"), [("150%", "percent_outside"), ("-5%", "percent_outside"), ("gần xong", "percent_unread")]
)
def test_what_is_no_percentage_is_asked_again_and_then_with_an_example(talk: Talk, words: str, reply: str) -> None:
    talk.say("cập nhật SOC", "log_progress")
    assert talk.say(words, "inform") == [reply]
    assert talk.say(words, "inform") == ["percent_example"]
    assert talk.say("20", "inform") == ["confirm"]


def test_a_request_to_save_in_the_first_message_is_still_confirmed(talk: Talk) -> None:
    assert talk.say("SOC 35% rồi lưu giúp em", "log_progress") == ["confirm"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("à nhầm, 60% chứ không phải 40%", "correct"),
        ("60", "inform"),
        ("đổi thành 60% đi", "change"),
        ("60%", "ask_target"),
    ],
)
def test_a_figure_changes_what_is_to_be_saved(confirming: Talk, text: str, intent: str) -> None:
    assert confirming.say(text, intent) == ["confirm"]
    assert confirming.said == Content(percent=60)


def test_a_change_with_a_wish_to_save_is_saved_at_once(confirming: Talk) -> None:
    assert confirming.say("đổi thành 58% rồi hãy lưu", "correct") == ["save"]


def test_another_task_takes_the_figures_over(confirming: Talk) -> None:
    shown = confirming.say("nhầm nhiệm vụ, là khung kiến trúc dữ liệu số mới đúng", "correct")
    assert shown == ["task_changed", "confirm"]
    assert confirming.state is not None
    assert (confirming.state.key, confirming.said.percent) == (Key("kh-ubnd", "tasks", "6"), 40)


@pytest.mark.parametrize("text", ["đã bàn giao hệ thống cho xã", "sản phẩm là hệ thống đã bàn giao"])
def test_words_on_what_was_done_never_move_the_report_to_another_task(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "inform") == ["confirm"]
    assert confirming.state is not None
    assert (confirming.state.key, bool(confirming.said.note)) == (SOC, True)


def test_no_means_that_something_is_to_be_changed(confirming: Talk) -> None:
    assert confirming.say("không", "nothing_more") == ["ask_change"]
    assert confirming.say("sửa phần trăm", "change") == ["ask_percent"]
    assert confirming.say("65", "inform") == ["confirm"]
    assert confirming.said.percent == 65


def test_nothing_to_add_is_no_note(confirming: Talk) -> None:
    assert confirming.say("thêm ghi chú", "add_note") == ["ask_note"]
    assert confirming.say("không có gì thêm", "nothing_more") == ["confirm"]
    assert confirming.said == Content(percent=40)


def test_a_note_is_kept_as_it_was_typed_and_obstacles_apart(confirming: Talk) -> None:
    confirming.say("thêm ghi chú", "add_note")
    assert confirming.say("đã họp tổ công tác hai lần", "inform") == ["confirm"]
    assert confirming.say("vướng mắc là chưa có kinh phí", "add_note") == ["confirm"]
    assert confirming.said == Content(percent=40, note="đã họp tổ công tác hai lần", obstacle="chưa có kinh phí")


@pytest.mark.parametrize(
    ("text", "intent"), [("thôi hủy đi", "cancel"), ("thôi khỏi", "deny"), ("không lưu nữa", "deny")]
)
def test_it_can_be_called_off_at_any_point(confirming: Talk, text: str, intent: str) -> None:
    assert confirming.say(text, intent) == ["cancelled"]
    assert confirming.state is None
    begun = Talk()
    begun.say("cập nhật SOC", "log_progress")
    assert begun.say(text, intent) == ["cancelled"]


def test_a_question_is_answered_and_the_report_stays(confirming: Talk) -> None:
    before = confirming.state
    assert confirming.say("ai phối hợp nhỉ?", "ask_task") == ["answer"]
    assert confirming.state == before


@pytest.mark.parametrize("intent", ["ask_task", "follow_up", "out_of_scope", "nlu_fallback"])
def test_a_note_that_sounds_like_something_else_is_a_note(confirming: Talk, intent: str) -> None:
    assert confirming.say("nghiệm thu phần thiết kế", intent) == ["confirm"]
    assert confirming.said.note == "nghiệm thu phần thiết kế"


def test_a_courtesy_is_returned_and_the_report_goes_on(confirming: Talk) -> None:
    assert confirming.say("cảm ơn nhé", "thank") == ["utter_thank", "still_confirm"]


def test_another_report_waits_for_its_turn(confirming: Talk) -> None:
    assert confirming.say("còn khung kiến trúc dữ liệu số thì 20%", "log_progress") == ["queued", "confirm"]
    assert confirming.say("lưu", "affirm") == ["save", "confirm"]
    assert confirming.state is not None
    assert (confirming.state.place, confirming.state.total, confirming.said.percent) == (2, 2, 20)


def test_an_ambiguous_task_is_chosen_and_the_figure_kept(talk: Talk) -> None:
    assert talk.say("trung tâm điều hành được 29% rồi", "log_progress") == ["which_task"]
    assert talk.move is not None
    assert [c.payload for c in talk.move.lines[0].choices][2] == "nhiệm vụ số 11 của Kế hoạch của UBND tỉnh"
    assert talk.say("cái an ninh mạng", "inform") == ["confirm"]
    assert talk.said.percent == 29


def test_what_is_remarkable_is_said_inside_the_confirmation() -> None:
    talk = Talk(replace(WORLD, entries=lambda _: [entry(70, datetime(2026, 8, 1, tzinfo=UTC))]))
    talk.say("SOC đạt một nửa", "log_progress")
    assert talk.move is not None
    summary = str(talk.move.lines[0].values["summary"])
    assert "70%" in summary
    assert "“một nửa”" in summary
    talk.say("xong 100%", "inform")
    assert "Hệ thống thông tin" in str(talk.move.lines[0].values["summary"])


@pytest.mark.parametrize(
    ("account", "reply"),
    [
        (CITIZEN, "sign_in"),
        (Account("l", "leader", "Công an tỉnh"), "only_staff"),
        (Account("h", "staff", "Sở Y tế"), "forbidden"),
    ],
)
def test_who_may_not_report_is_refused(account: Account, reply: str) -> None:
    assert Talk(replace(WORLD, account=account)).say("SOC đạt 40%", "log_progress") == [reply]


def test_what_the_talk_was_about_is_meant_where_nothing_is_named() -> None:
    talk = Talk(replace(WORLD, focus=(SOC,)))
    assert talk.say("cập nhật nhiệm vụ này 40%", "log_progress") == ["confirm"]
    assert Talk(WORLD).say("cập nhật nhiệm vụ này 40%", "log_progress") == ["ask_task"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("SOC 35%", "ask_task"), ("khung kiến trúc dữ liệu số: 70%", "ask_absent"), ("SOC 35%", "inform")],
)
def test_a_report_is_taken_for_one_whatever_it_sounded_like(talk: Talk, text: str, intent: str) -> None:
    assert talk.say(text, intent) == ["confirm"]


@pytest.mark.parametrize("text", ["SOC đạt 35% chưa?", "ai chủ trì SOC", "35%", "SOC"])
def test_a_question_is_no_report(talk: Talk, text: str) -> None:
    assert talk.say(text, "ask_task") == ["answer"]


def test_a_state_is_the_same_after_it_was_kept_as_json() -> None:
    said = Content(percent=3, note="n", evidence=(Evidence("link", "x", "https://x"),), measured_on=date(2026, 6, 30))
    state = State("correction", SOC, (SOC,), said, "e1", "note", 1, "một nửa", ("a", "b"), 2, 3, "t")
    assert from_json(to_json(state)) == state


@pytest.mark.parametrize("slot", ["note", "obstacle"])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("đã hủy 200 hồ sơ hết hạn, lưu kho 30%", "cancel"),
        ("có nên dừng thầu hay không thì chưa rõ", "cancel"),
        ("chưa rõ ai chủ trì hạng mục này", "ask_task"),
        ("cảm ơn các xã đã phối hợp, đã thu đủ 12 phiếu", "thank"),
        ("để mai họp liên ngành rồi chốt phương án thi công", "postpone"),
        ("50%", "inform"),
        ("SOC 35%", "log_progress"),
        ("/restart", "nlu_fallback"),
        ("=SUM(A1)", "nlu_fallback"),
        ("dòng một\ndòng hai", "inform"),
    ],
)
def test_what_is_dictated_is_kept_as_it_was_typed(confirming: Talk, slot: str, text: str, intent: str) -> None:
    confirming.say({"note": "thêm ghi chú", "obstacle": "thêm khó khăn"}[slot], "add_note")
    assert confirming.say(text, intent) == ["confirm"]
    assert confirming.said == Content(percent=40, **{slot: text})


def test_a_question_in_a_note_is_the_note_when_nothing_answers_it(confirming: Talk) -> None:
    confirming.say("thêm ghi chú", "add_note")
    assert confirming.say("dân hỏi bao giờ có nước?", "ask_absent") == ["answer"]
    move = confirming.move
    assert move is not None
    assert move.otherwise is not None
    assert move.otherwise.state is not None
    assert move.otherwise.state.said.note == "dân hỏi bao giờ có nước?"


def test_a_link_asks_nothing_whatever_it_is_made_of(confirming: Talk) -> None:
    assert confirming.say("https://x.vn/a?b=1", "ask_absent") == ["confirm"]
    assert confirming.said.evidence == (Evidence("link", "https://x.vn/a?b=1", url="https://x.vn/a?b=1"),)


def test_a_call_off_ends_a_report_even_where_words_are_asked_for(confirming: Talk) -> None:
    confirming.say("thêm ghi chú", "add_note")
    assert confirming.say("hủy cập nhật này đi", "cancel") == ["cancelled"]


def test_work_that_was_called_off_is_told_and_does_not_end_the_report(confirming: Talk) -> None:
    assert confirming.say("đã hủy gói thầu số 2", "cancel") == ["confirm"]
    assert confirming.said.note == "đã hủy gói thầu số 2"


@pytest.mark.parametrize("text", ["chưa, từ từ", "khoan đã", "không"])
def test_who_wants_to_wait_is_asked_what_to_change(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "inform") == ["ask_change"]
    assert confirming.said == Content(percent=40)


@pytest.mark.parametrize("words", ["đã nối 12 xã", "đang chờ Bộ trả lời"])
def test_a_note_is_left_out_again_whatever_part_of_the_report_it_became(confirming: Talk, words: str) -> None:
    confirming.say(words, "inform")
    assert confirming.say("bỏ ghi chú đi", "cancel") == ["confirm"]
    assert confirming.said == Content(percent=40)


def test_a_yes_with_something_to_add_is_shown_once_more(confirming: Talk) -> None:
    assert confirming.say("đúng rồi, đang chờ Bộ trả lời", "affirm") == ["confirm"]
    assert confirming.said.obstacle == "đang chờ Bộ trả lời"


@pytest.mark.parametrize(
    "text", ["soc 35% khung kiến trúc dữ liệu 20%", "SOC 35 phần trăm khung kiến trúc dữ liệu 20%"]
)
def test_reports_with_nothing_between_them_are_told_apart_by_their_names(talk: Talk, text: str) -> None:
    assert talk.say(text, "log_progress") == ["confirm"]
    assert (talk.said.percent, talk.say("lưu", "affirm")) == (35, ["save", "confirm"])
    assert talk.said.percent == 20


def test_a_percentage_in_a_name_parts_nothing() -> None:
    talk = Talk(replace(WORLD, account=Account("f", "staff", "Sở Tài chính")))
    assert talk.say("bố trí 1% GRDP ngân sách cho khoa học công nghệ 30%", "log_progress") == ["confirm"]
    assert (talk.said.percent, talk.state and talk.state.queue) == (30, ())


@pytest.mark.parametrize(
    ("agency", "text", "item"),
    [
        ("Công an tỉnh", "smart traffic system 75%", "13"),
        ("Sở Khoa học và Công nghệ", "low earth orbit satellite network 40%", "30"),
        ("Sở Khoa học và Công nghệ", "iot ai blockchain 70%", "12"),
        ("Sở Khoa học và Công nghệ", "khu công nghệ số Long Thành được 25%", "27"),
        ("Sở Khoa học và Công nghệ", "đề án 3 nhà 30%", "3"),
    ],
)
def test_a_work_is_found_by_the_words_people_have_for_it(agency: str, text: str, item: str) -> None:
    talk = Talk(replace(WORLD, account=Account("a", "staff", agency)))
    assert talk.say(text, "ask_task") == ["confirm"]
    assert talk.state is not None
    assert talk.state.key is not None
    assert item in {k.item for k in (talk.state.key, *load_corpus().twins(talk.state.key)) if k.plan == "kh-ubnd"}


def test_a_single_candidate_is_taken_by_a_yes_and_left_by_a_no() -> None:
    talk = Talk(replace(WORLD, account=Account("n", "staff", "Sở Nội vụ")))
    assert talk.say("cập nhật ABTL lưu trữ", "log_progress") == ["is_it"]
    assert talk.say("không", "deny") == ["ask_task"]
    assert talk.say("ABTL lưu trữ", "inform") == ["is_it"]
    assert talk.say("đúng rồi", "affirm") == ["ask_percent"]


def test_a_single_candidate_with_its_figure_needs_no_yes_of_its_own() -> None:
    talk = Talk(replace(WORLD, account=Account("n", "staff", "Sở Nội vụ")))
    assert talk.say("ABTL lưu trữ 60%", "log_progress") == ["confirm"]


def test_the_task_meant_instead_of_another_is_named_after_a_no(confirming: Talk) -> None:
    assert confirming.say("không, là bộ tiêu chí mức độ trưởng thành dữ liệu chứ", "inform") == [
        "task_changed",
        "confirm",
    ]
    assert confirming.state is not None
    assert confirming.state.key == Key("kh-ubnd", "tasks", "5")


def test_a_share_of_what_the_plan_counts_in_ranks_is_that_of_the_task() -> None:
    talk = Talk(replace(WORLD, account=Account("k", "staff", "Sở Khoa học và Công nghệ")))
    assert talk.say("DTI PII 41%", "log_measure") == ["confirm"]
    assert talk.said.percent == 41
