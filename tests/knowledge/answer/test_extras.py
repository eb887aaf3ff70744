"""The "6 rõ" card, the busiest agencies, and what is said after two misses."""

from __future__ import annotations

from knowledge.answer.fallback import with_help
from knowledge.types import Answer, Choice, Key
from tests.knowledge.answer.conftest import Ask, keys


def test_a_card_gives_all_six_and_says_what_the_plan_leaves_out(ask: Ask) -> None:
    answer = ask("cho xem thẻ 6 rõ của nhiệm vụ 34 UBND tỉnh", "ask_task")
    assert answer.text.splitlines()[:7] == [
        "Thẻ “6 rõ” của nhiệm vụ số 34 của Kế hoạch của UBND tỉnh:",
        "- Rõ người: kế hoạch chưa nêu người cụ thể, chỉ nêu cơ quan (Công an tỉnh)",
        "- Rõ việc: Xây dựng Trung tâm điều hành an ninh mạng (SOC) tỉnh Đồng Nai",
        "- Rõ thời gian: Năm 2026-2029 (từ 01/01/2026 đến hết 31/12/2029)",
        "- Rõ trách nhiệm: Công an tỉnh chủ trì; phối hợp: Sở Khoa học và Công nghệ; Các sở, ban, ngành",
        "- Rõ sản phẩm: Hệ thống thông tin",
        "- Rõ thẩm quyền: kế hoạch chưa nêu",
    ]
    assert keys(answer) == ["kh-ubnd/tasks/34"]


def test_a_card_is_found_by_the_subject_too(ask: Ask) -> None:
    assert keys(ask("thẻ 6 rõ của nhiệm vụ chiếu sáng thông minh", "ask_plan")) in (
        ["kh-ubnd/tasks/23"],
        ["kh-tu/tasks/21"],
    )


def test_what_six_clear_means_is_answered_from_the_body(ask: Ask) -> None:
    assert keys(ask("6 rõ là gì", "ask_plan", "content")) == ["kh-tu/body/I.2.2"]


def test_the_busiest_agency_is_counted_per_plan(ask: Ask) -> None:
    answer = ask("cơ quan nào chủ trì nhiều nhiệm vụ nhất", "list_tasks", "lead")
    assert "Kế hoạch của UBND tỉnh: Sở Khoa học và Công nghệ chủ trì nhiều nhất, 20 nhiệm vụ." in answer.text
    assert "Kế hoạch của Tỉnh ủy: Sở Khoa học và Công nghệ chủ trì nhiều nhất, 18 nhiệm vụ." in answer.text


def test_help_and_the_contact_come_with_the_second_miss() -> None:
    missed = Answer("unanswerable", "Không thấy.")
    assert with_help(missed, 1, "0251 000 000", "vi") == missed
    assert (
        with_help(missed, 2, "0251 000 000", "vi").text.splitlines()[-1]
        == "Nếu cần người hỗ trợ trực tiếp, xin liên hệ: 0251 000 000."
    )
    assert "liên hệ" not in with_help(missed, 2, "", "vi").text


def test_an_answer_or_a_choice_is_no_miss() -> None:
    answered = Answer("answered", "Có.", focus=(Key("kh-tu", "tasks", "1"),))
    offered = Answer("clarify", "Ý nào?", choices=(Choice("a", "a"),))
    assert [with_help(a, 5, "x", "vi") for a in (answered, offered)] == [answered, offered]
