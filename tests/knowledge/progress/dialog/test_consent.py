"""Nothing is saved without a plain yes: a word for yes that is asked about, put off or refused saves nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.progress.dialog.consent import agrees, withheld
from knowledge.progress.types import Content
from knowledge.text.fold import fold
from tests.knowledge.progress.dialog.conftest import Talk

PLAIN = [
    "lưu", "ok lưu đi", "Đồng ý lưu", "chuẩn rồi em ơi", "đúng hết rồi", "uh đúng đó", "dạ đúng ạ",
    "dạ lưu giúp em", "Đã đúng, ghi nhận giúp tôi",
    "Tôi xác nhận", "y vậy lưu nha", "được rồi lưu đi", "Vâng, lưu lại", "duyệt", "yes",
]  # fmt: skip
ASKED = [
    "lưu chưa em?", "đã lưu chưa", "lưu được chưa vậy", "có cần lưu không", "lưu vào đâu vậy", "lưu làm gì",
    "ok chưa em", "ok không em", "chuẩn không",
    "đúng không nhỉ", "lưu luôn hả", "lưu rồi à", "lưu thì sếp có thấy không",
]  # fmt: skip
LATER = [
    "mai hãy lưu",
    "lưu sau nhé",
    "ok, mai lưu",
    "để hỏi sếp rồi lưu",
    "để sếp duyệt rồi lưu",
    "đúng thì lưu sai thì thôi",
]
REFUSED = ["chưa ok", "không đồng ý", "chưa lưu nhé", "khoan hãy lưu", "chớ lưu", "chưa chốt", "ok mà sai số rồi"]


@pytest.mark.parametrize("text", [*PLAIN, *map(fold, PLAIN)])
@pytest.mark.parametrize("intent", ["affirm", "greet", "inform", "nlu_fallback"])
def test_a_plain_yes_saves_whatever_it_was_understood_as(confirming: Talk, text: str, intent: str) -> None:
    assert agrees(text)
    assert confirming.say(text, intent) == ["save"]


@pytest.mark.parametrize("text", [*ASKED, *LATER, *REFUSED])
@pytest.mark.parametrize("intent", ["affirm", "inform", "nlu_fallback"])
def test_a_yes_that_is_asked_about_put_off_or_refused_saves_nothing(confirming: Talk, text: str, intent: str) -> None:
    confirming.say(text, intent)
    assert confirming.state is not None
    assert (confirming.state.asks in ("confirm", "change"), confirming.said.percent) == (True, 40)
    assert confirming.said == Content(percent=40)
    assert confirming.move is not None
    assert (agrees(text), confirming.move.do in ("", "answer")) == (False, True)


@pytest.mark.parametrize(("texts", "why"), [(ASKED, "asked"), (LATER, "later"), (REFUSED, "refused")])
def test_why_it_is_no_yes_is_told_apart(texts: list[str], why: str) -> None:
    assert {text: withheld(text) for text in texts} == dict.fromkeys(texts, why)


def test_what_is_told_of_others_does_not_hold_a_plain_yes_back(confirming: Talk) -> None:
    assert confirming.say("lưu giúp anh, bên tài chính chưa đồng ý", "affirm") == ["save"]


@pytest.mark.parametrize("text", ["dừng", "dung lai", "đừng lưu", "dung luu"])
def test_a_word_for_stopping_is_no_yes(text: str) -> None:
    assert not agrees(text)


@pytest.mark.parametrize("text", ["IOC bao giờ xong", "IOC bao h xong", "bao giờ phải xong?", "xong chưa vậy em"])
def test_a_question_about_the_end_does_not_make_the_work_done(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "ask_task") == ["answer"]
    assert confirming.said == Content(percent=40)


def test_an_obstacle_that_is_added_is_not_taken_for_one_to_leave_out(confirming: Talk) -> None:
    assert confirming.say("bổ sung khó khăn: chưa có hướng dẫn", "add_note") == ["confirm"]
    assert confirming.said == Content(percent=40, obstacle="chưa có hướng dẫn")


@pytest.mark.parametrize("text", ["chua dung", "khong ghi chu nua"])
def test_unmarked_words_are_no_figure_that_they_only_look_like(confirming: Talk, text: str) -> None:
    confirming.say(text, "deny")
    assert confirming.said.percent == 40


@pytest.mark.parametrize("text", ["asdfgh", "hả", "em ăn cơm chưa", "test"])
def test_what_tells_nothing_is_no_note(confirming: Talk, text: str) -> None:
    assert confirming.say(text, "inform") == ["still_confirm"]
    assert confirming.said == Content(percent=40)


def test_a_date_is_the_day_of_a_value_whatever_it_sounded_like() -> None:
    talk = Talk()
    talk.say("báo cáo chỉ tiêu công dân số", "log_measure")
    talk.say("45%", "inform")
    assert talk.say("đến 31/3/2026", "list_tasks") == ["confirm"]


def test_a_title_pasted_whole_is_the_name_of_the_work(talk: Talk) -> None:
    title = "Đề án chuyên đổi số trong Công an tỉnh Đồng Nai giai đoạn 2026-2030, tầm nhìn đến năm 2045"
    assert talk.say(f"{title} đạt 35%", "log_progress") == ["confirm"]
    assert (str(talk.state and talk.state.key), talk.said) == ("kh-ubnd/tasks/24", Content(percent=35))


@pytest.mark.parametrize("text", ["tôi vừa báo bao nhiêu phần trăm", "xem lại báo cáo vừa lưu"])
def test_what_one_has_saved_is_told_and_nothing_is_begun(talk: Talk, text: str) -> None:
    assert talk.say(text, "undo_saved") == ["yours_none"]
    assert talk.state is None


def test_whether_it_is_saved_is_told_by_its_receipt() -> None:
    talk = Talk()
    talk.world = replace(talk.world, receipt="SR-000001")
    assert talk.say("cái hồi nãy lưu chưa em", "correct") == ["settled"]


def test_a_figure_of_another_work_of_ones_own_is_no_correction_of_the_last_one() -> None:
    talk = Talk()
    talk.world = replace(talk.world, receipt="SR-000001")
    assert talk.say("còn khung kiến trúc dữ liệu tới giờ là 24%", "correct") == ["confirm"]
    assert talk.state is not None
    assert (str(talk.state.key), talk.state.kind) == ("kh-ubnd/tasks/6", "update")
