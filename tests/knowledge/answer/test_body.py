"""Answers from the body of a plan."""

from __future__ import annotations

import pytest

from knowledge.types import Facet
from tests.knowledge.answer.conftest import Ask, keys


def test_a_section_of_a_plan_that_is_asked_for_its_content_is_told(ask: Ask) -> None:
    answer = ask("mục IV của kế hoạch tỉnh ủy nói gì", "ask_plan", "content")
    assert answer.text.startswith("Kế hoạch của Tỉnh ủy, mục IV (TỔ CHỨC THỰC HIỆN) nêu:")


def test_a_paragraph_is_quoted_where_it_fits(ask: Ask) -> None:
    answer = ask("hệ thống giám sát sức khỏe từ xa dành cho ai", "ask_plan", "content")
    assert keys(answer) == ["kh-tu/body/III.3.5"]
    assert "người cao tuổi" in answer.text


def test_the_duty_of_a_body_is_its_own_paragraph(ask: Ask) -> None:
    answer = ask("Ban Tuyên giáo và Dân vận Tỉnh ủy có trách nhiệm gì", "ask_plan", "content")
    assert keys(answer) == ["kh-tu/body/IV.2"]


def test_a_section_asked_for_by_its_title_lists_its_points(ask: Ask) -> None:
    answer = ask("mục đích của kế hoạch là gì", "ask_plan", "content")
    assert keys(answer) == ["kh-tu/body/I.1.1", "kh-tu/body/I.1.2", "kh-tu/body/I.1.3"]


def test_the_signer_is_cited_and_the_plan_without_one_says_so(ask: Ask) -> None:
    answer = ask("ai ký kế hoạch", "ask_plan", "signer")
    assert "Tôn Ngọc Hạnh" in answer.text
    assert "Kế hoạch của UBND tỉnh trong kho tài liệu không có phần ký." in answer.text
    assert keys(answer) == ["kh-tu/body/sign"]


def test_a_year_beyond_those_of_the_plan_is_what_the_question_is_about(ask: Ask) -> None:
    assert keys(ask("năm 2045 tỉnh đặt mục tiêu gì", "list_targets")) == ["kh-tu/body/II.1.6"]
    assert ask("công dân số năm 2035 bao nhiêu phần trăm", "ask_target", "value").status == "unanswerable"


def test_a_number_asked_for_is_in_the_quote(ask: Ask) -> None:
    answer = ask("dân đô thị dùng app giao thông bao nhiêu phần trăm", "ask_plan", "value")
    assert [c.item for c in answer.citations] == ["III.3.7"]
    assert "60% người dân" in answer.citations[0].quote


@pytest.mark.parametrize("text", ["nghị quyết 57 ban hành ngày nào", "nghị quyết 57 ngày mấy ban hành"])
def test_a_document_is_dated_by_the_clause_that_names_it(ask: Ask, text: str) -> None:
    assert "57-NQ/TW ngày 22 tháng 12 năm 2024" in ask(text, "ask_plan", "number").text


def test_a_section_that_a_plan_does_not_have_is_said_not_to_be_there(ask: Ask) -> None:
    answer = ask("mục 3 phần III của kế hoạch UBND nói gì", "ask_plan", "content")
    assert (answer.status, answer.text) == ("unanswerable", "Kế hoạch của UBND tỉnh không có mục III.3.")


def test_number_date_and_signer_are_told_together(ask: Ask) -> None:
    answer = ask("kế hoạch của tỉnh ủy số mấy, ban hành ngày nào, ai ký", "ask_plan", "signer")
    assert "Số -KH/TU" in answer.text
    assert "Tôn Ngọc Hạnh" in answer.text


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("kế hoạch số mấy, ký ngày nào", ("number",)),
        ("ngày ký và số văn bản của cả hai kế hoạch", ("number",)),
        ("ai ký kế hoạch, ký khi nào", ("signer", "deadline")),
    ],
)
def test_numbers_and_dates_of_both_plans_are_told_where_none_is_named(
    ask: Ask, text: str, facets: tuple[Facet, ...]
) -> None:
    said = ask(text, "ask_plan", *facets).text
    assert [number for number in ("Số -KH/TU", "số /KH-UBND") if number in said] == ["Số -KH/TU", "số /KH-UBND"]


def test_a_paragraph_is_not_about_what_the_long_name_of_its_plan_says(ask: Ask) -> None:
    answer = ask("nền hành chính tỉnh muốn xây dựng có gì khác", "ask_plan", "content")
    assert keys(answer) == ["kh-tu/body/II.1.2"]


@pytest.mark.parametrize("text", ["NQ 57-NQ/TW ban hành ngày nào", "nghị quyết 57-NQ/TW của ai ban hành"])
def test_of_several_documents_the_one_asked_for_is_quoted_first(ask: Ask, text: str) -> None:
    answer = ask(text, "ask_plan")
    assert answer.citations[0].quote.startswith(
        "Bám sát các chỉ đạo của Trung ương tại Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024"
    )


@pytest.mark.parametrize("text", ["bản sao số là gì", "ban sao so la gi"])
def test_a_term_made_of_words_of_form_alone_is_found(ask: Ask, text: str) -> None:
    assert keys(ask(text, "ask_plan")) == ["kh-tu/body/III.2.9"]


def test_a_duty_asked_for_without_its_agency_is_told_with_it(ask: Ask) -> None:
    answer = ask("tuyên truyền cho báo chí do ban nào định hướng", "ask_plan")
    assert answer.citations[0].quote.startswith("Ban Tuyên giáo và Dân vận Tỉnh ủy")
