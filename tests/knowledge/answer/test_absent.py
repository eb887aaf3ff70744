"""What the plans do not state is said to be unstated, never invented."""

from __future__ import annotations

import pytest

from knowledge.types import Answer, Facet
from tests.knowledge.answer.conftest import Ask


def refused(answer: Answer) -> bool:
    return answer.status == "unanswerable" and not answer.citations


def test_a_kind_of_fact_that_plans_never_state_is_refused_with_what_they_do_state(ask: Ask) -> None:
    answer = ask("dự toán cho trung tâm điều hành an ninh mạng SOC là bao nhiêu tỷ đồng", "ask_absent")
    assert refused(answer)
    assert "Kế hoạch có nêu về" in answer.text


@pytest.mark.parametrize("year", ["2024", "2035", "2040"])
def test_a_year_that_the_target_is_not_set_for_is_refused(ask: Ask, year: str) -> None:
    assert refused(ask(f"mục tiêu công dân số năm {year} là bao nhiêu", "ask_target", "value"))


def test_a_number_that_no_twin_states_is_refused(ask: Ask) -> None:
    assert refused(ask("bao nhiêu trạm vệ tinh tầm thấp được lắp đặt", "ask_task", "value"))


@pytest.mark.parametrize(
    "text",
    [
        "các nhà mạng phối hợp làm mạng vệ tinh tầm thấp gồm những doanh nghiệp nào",
        "to chuc tai chinh phoi hop ung dung blockchain la nhung don vi nao",
    ],
)
def test_the_members_of_a_class_that_a_cell_names_as_a_whole_are_refused(ask: Ask, text: str) -> None:
    assert refused(ask(text, "ask_task", "partners"))


def test_what_a_word_that_no_plan_has_is_about_is_refused(ask: Ask) -> None:
    assert refused(ask("tỷ lệ hộ nghèo đến năm 2030 là mấy", "ask_target", "value"))


def test_a_level_is_not_taken_from_a_paragraph_that_has_all_words_by_chance(ask: Ask) -> None:
    assert refused(ask("tỷ lệ doanh nghiệp dùng hợp đồng điện tử là bao nhiêu", "ask_target", "value"))


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


@pytest.mark.parametrize(
    "text",
    [
        "tỉnh Bình Dương có bao nhiêu đô thị thông minh",
        "ha noi co lam trung tam dieu hanh thong minh ioc khong",
        "ai là giám đốc Trung tâm đổi mới sáng tạo",
        "chủ tịch UBND tỉnh tên gì",
        "kế hoạch có nhiệm vụ nào làm tuyến metro không",
        "kế hoạch có quy định mức thưởng cho đơn vị vượt chỉ tiêu không",
    ],
)
def test_other_provinces_persons_and_works_that_no_plan_has_are_refused(ask: Ask, text: str) -> None:
    assert refused(ask(text, "ask_task", confidence=0.6))


def test_a_province_that_the_plan_names_is_none_of_its_own_and_spoken_of(ask: Ask) -> None:
    answer = ask("đầu mối logistics thông minh giữa TP.HCM và các tỉnh nào", "ask_plan", "content")
    assert "Tây Nguyên" in answer.text


def test_an_empty_question_asks_for_its_subject(ask: Ask) -> None:
    assert ask("", None, confidence=0.0).status == "clarify"


@pytest.mark.parametrize("year", ["2026", "2027", "2028"])
def test_a_year_on_the_way_to_the_last_is_refused_and_the_last_named(ask: Ask, year: str) -> None:
    answer = ask(f"đến năm {year} tỷ lệ công dân số phải đạt bao nhiêu", "ask_target", "value")
    assert refused(answer)
    assert "đến năm 2030" in answer.text


def test_a_yearly_level_holds_for_each_year(ask: Ask) -> None:
    answer = ask("năm 2027 số công bố khoa học quốc tế phải tăng bao nhiêu", "ask_target", "value")
    assert answer.status == "answered"


@pytest.mark.parametrize(
    "text",
    [
        "kế hoạch có nói tới xây sân vận động thông minh không em",
        "robot lau nhà có được trợ giá trong kế hoạch không ạ",
        "Does the plan mention building a metro line to the airport?",
        "Is there a target for electric buses?",
    ],
)
def test_what_the_plans_do_not_speak_of_is_refused_when_it_is_asked_whether_they_do(ask: Ask, text: str) -> None:
    assert refused(ask(text, "ask_plan", lang="vi" if "không" in text else "en"))


@pytest.mark.parametrize(
    "text",
    ["kế hoạch có nhắc tới mạng 6G không em", "Does the plan mention 6G networks?", "Is there anything about patents?"],
)
def test_what_they_do_speak_of_is_given(ask: Ask, text: str) -> None:
    assert ask(text, "ask_plan", lang="vi" if "không" in text else "en").status == "answered"


def test_a_department_that_no_plan_names_has_no_task(ask: Ask) -> None:
    answer = ask("Sở Giao thông vận tải chủ trì nhiệm vụ nào?", "list_tasks", "lead")
    assert refused(answer)
    assert "Sở Giao thông vận tải" in answer.text


def test_a_target_is_given_for_a_year_it_is_set_for_however_sure_the_engine_is(ask: Ask) -> None:
    answer = ask("hồ sơ sức khỏe điện tử năm 2030 là mấy", "ask_absent", "value")
    assert ("95%" in answer.text, "80%" in answer.text) == (True, True)
    assert refused(ask("hồ sơ sức khỏe điện tử năm 2024 là mấy", "ask_absent", "value"))


def test_an_agency_alone_is_no_subject_that_a_plan_knows(ask: Ask) -> None:
    answer = ask("sdt sở khcn cho xin với", "ask_absent")
    assert refused(answer)
    assert "Kế hoạch có nêu về" not in answer.text


def test_words_that_a_paragraph_holds_apart_are_not_its_subject(ask: Ask) -> None:
    assert ask("chi tieu tang dan so den 2030 la bao nhieu", "ask_target", "value").status == "clarify"


@pytest.mark.parametrize(
    ("text", "intent", "facets"),
    [
        ("Kế hoạch nói gì về tỷ lệ thất nghiệp?", "ask_plan", ()),
        ("Hội Nông dân chủ trì nhiệm vụ nào?", "list_tasks", ("lead",)),
        ("cơ quan nào chủ trì xe máy điện", "ask_task", ("lead",)),
        ("Sản phẩm của nhiệm vụ nhà ở xã hội là gì?", "ask_task", ("product",)),
        ("mạng vệ tinh tầm thấp đặt trụ sở ở đâu", "ask_task", ()),
    ],
)
def test_words_that_stand_apart_or_name_what_no_row_has_give_no_fact(
    ask: Ask, text: str, intent: str, facets: tuple[Facet, ...]
) -> None:
    assert refused(ask(text, intent, *facets))


def test_who_monitors_is_told_of_a_target_without_a_number_though_its_level_was_asked_too(ask: Ask) -> None:
    answer = ask("mạng viễn thông vệ tinh đặt mức bao nhiêu và ai theo dõi", "ask_target", "value", "monitor")
    assert answer.status == "answered"
    assert "Sở Khoa học và Công nghệ" in answer.text
