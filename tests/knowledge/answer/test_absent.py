"""What the plans do not state is said to be unstated, never invented."""

from __future__ import annotations

import pytest

from knowledge.types import Answer
from tests.knowledge.answer.conftest import Ask


def refused(answer: Answer) -> bool:
    return answer.status == "unanswerable" and not answer.citations


def test_a_kind_of_fact_that_plans_never_state_is_refused_with_what_they_do_state(ask: Ask) -> None:
    answer = ask("dự toán cho trung tâm điều hành an ninh mạng SOC là bao nhiêu tỷ đồng", "ask_absent")
    assert refused(answer)
    assert "Kế hoạch có nêu về" in answer.text


@pytest.mark.parametrize("year", ["2035", "2040"])
def test_a_year_beyond_the_target_is_refused(ask: Ask, year: str) -> None:
    assert refused(ask(f"mục tiêu công dân số năm {year} là bao nhiêu", "ask_target", "value"))


def test_a_number_that_no_twin_states_is_refused(ask: Ask) -> None:
    assert refused(ask("bao nhiêu trạm vệ tinh tầm thấp được lắp đặt", "ask_task", "value"))


def test_chosen_places_that_no_plan_names_are_refused_and_named_ones_given(ask: Ask) -> None:
    assert refused(ask("những phường nào được chọn làm đô thị thông minh", "ask_task"))
    assert "Đồng Xoài" in ask("khu khoa học công nghệ, chuyển đổi số đặt tại phường nào", "ask_task", "content").text


@pytest.mark.parametrize(
    "text",
    [
        "ai chủ trì xây dựng nhà máy điện hạt nhân",
        "cơ quan nào chủ trì trồng rừng phòng hộ ven biển",
        "xay dung benh vien da khoa vung thi so nao lam",
        "bao giờ xong cầu Cát Lái",
        "chỉ tiêu số bác sĩ trên vạn dân",
        "who leads the nuclear power plant project",
    ],
)
def test_of_a_subject_the_plans_do_not_know_no_fact_is_given(ask: Ask, text: str) -> None:
    answer = ask(text, "ask_task", "lead", lang="en" if text.startswith("who") else "vi")
    assert answer.status in ("unanswerable", "clarify")
    assert answer.citations == ()


def test_an_empty_question_asks_for_its_subject(ask: Ask) -> None:
    assert ask("", None, confidence=0.0).status == "clarify"
