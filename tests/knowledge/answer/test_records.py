"""Questions about one task or target: the fact first, each with its source, twins said once or side by side."""

from __future__ import annotations

import pytest

from knowledge.types import Choice, Citation, Facet, Key
from tests.knowledge.answer.conftest import Ask, keys


def test_the_asked_fact_comes_first_and_is_cited_from_both_twins(ask: Ask) -> None:
    answer = ask("ai chủ trì xây dựng trung tâm an ninh mạng SOC?", "ask_task", "lead")
    assert answer.text == (
        "Công an tỉnh chủ trì nhiệm vụ “Xây dựng Trung tâm điều hành an ninh mạng (SOC) tỉnh Đồng Nai”.\n"
        "Nguồn: Kế hoạch của UBND tỉnh, nhiệm vụ 34; Kế hoạch của Tỉnh ủy, nhiệm vụ 32."
    )
    assert answer.status == "answered"
    assert answer.citations == (
        Citation("kh-ubnd", "tasks", "34", "Kế hoạch của UBND tỉnh, nhiệm vụ 34", "Công an tỉnh"),
        Citation("kh-tu", "tasks", "32", "Kế hoạch của Tỉnh ủy, nhiệm vụ 32", "Đảng ủy Công an tỉnh"),
    )
    assert set(answer.focus) == {Key("kh-tu", "tasks", "32"), Key("kh-ubnd", "tasks", "34")}


def test_several_facets_are_answered_in_the_order_asked(ask: Ask) -> None:
    answer = ask("chiếu sáng thông minh: ai phối hợp, bao giờ xong", "ask_task", "partners", "deadline")
    assert answer.text.splitlines()[:3] == [
        "Nhiệm vụ “Triển khai hệ thống chiếu sáng thông minh tại các địa phương”:",
        "- Cơ quan phối hợp: Sở Xây dựng.",
        "- Thời gian thực hiện: Giai đoạn 2026-2030 (từ 01/01/2026 đến hết 31/12/2030).",
    ]


def test_a_facet_that_is_an_item_of_a_list_is_told_though_it_was_not_tagged(ask: Ask) -> None:
    answer = ask("khung kien truc du lieu so: ai ban hanh, ra van ban gi, nam nao", "ask_task", "lead", "product")
    assert answer.text.splitlines()[1:4] == [
        "- Cơ quan chủ trì: Công an tỉnh.",
        "- Sản phẩm: Quyết định UBND tỉnh.",
        "- Thời gian thực hiện: Năm 2026 (từ 01/01/2026 đến hết 31/12/2026).",
    ]
    whole = ask("SOC: đv chủ trì, TG, SP", "ask_task", "lead", "duration", "product")
    assert ask("SOC: đv chủ trì, TG, SP", "ask_task", "lead", "duration").text == whole.text


@pytest.mark.parametrize(
    "text",
    [
        "ai chu tri khung kien truc du lieu so",
        "Khung kiến trúc dữ liệu số do ai làm?",
        "khung kieens trucs duwx lieeuj soos ai chur trif",
        "khung KT dữ liệu số cq nào chủ trì v",
    ],
)
def test_every_register_finds_the_same_task(ask: Ask, text: str) -> None:
    answer = ask(text, "ask_task", "lead")
    assert (answer.status, keys(answer)) == ("answered", ["kh-ubnd/tasks/6"])


def test_plans_that_differ_are_shown_side_by_side(ask: Ask) -> None:
    answer = ask("ai chủ trì mô hình kinh tế tầm thấp", "ask_task", "lead")
    assert "hai kế hoạch ghi khác nhau" in answer.text
    assert "- Kế hoạch của Tỉnh ủy: Đảng ủy Sở Tài chính" in answer.text
    assert "- Kế hoạch của UBND tỉnh: Sở Khoa học và Công nghệ" in answer.text
    assert sorted(keys(answer)) == ["kh-tu/tasks/13", "kh-ubnd/tasks/14"]


def test_a_target_with_several_values_gives_the_one_asked_about(ask: Ask) -> None:
    answer = ask("chỉ tiêu TFP đóng góp bao nhiêu vào tăng trưởng", "ask_target", "value")
    assert "trên 55%" in answer.text
    assert ">50%" in answer.text
    assert "30%" not in answer.text


def test_a_clause_of_a_longer_target_stands_for_the_value_asked_about(ask: Ask) -> None:
    answer = ask("thủ tục hành chính trực tuyến toàn trình phải đạt bao nhiêu", "ask_target", "value")
    assert answer.text.startswith("90% thủ tục hành chính cung cấp trực tuyến toàn trình.")


def test_a_value_carries_its_unit_once(ask: Ask) -> None:
    answer = ask("chỉ tiêu 15 trong Phụ lục I là bao nhiêu", "ask_target", "value")
    assert answer.text.startswith("Số lượng đơn đăng ký sáng chế và văn bằng bảo hộ sáng chế tăng: 16-18%/năm.")


def test_a_monitor_is_answered_from_the_plan_that_names_one(ask: Ask) -> None:
    answer = ask("ai theo dõi chỉ tiêu công dân số", "ask_target", "monitor")
    assert answer.text.startswith("Công an tỉnh chủ trì theo dõi, đánh giá chỉ tiêu “Công dân số”.")
    assert keys(answer) == ["kh-ubnd/targets/20"]


def test_a_monitor_is_told_of_the_target_of_the_plan_that_names_one(ask: Ask) -> None:
    talked = (Key("kh-tu", "targets", "21"), Key("kh-ubnd", "targets", "28"))
    answer = ask("sở nào theo dõi", "follow_up", "monitor", focus=talked)
    assert answer.text.splitlines() == [
        "Sở Y tế chủ trì theo dõi, đánh giá chỉ tiêu “Tỷ lệ người dân có hồ sơ sức khỏe điện tử”.",
        "Nguồn: Kế hoạch của UBND tỉnh, chỉ tiêu 28.",
    ]


def test_levels_that_differ_are_told_each_in_the_words_of_its_plan(ask: Ask) -> None:
    answer = ask("bao nhiêu phần trăm người dân có hồ sơ sức khỏe điện tử", "ask_target", "value")
    assert sorted(answer.text.splitlines()[:3]) == [
        "- Kế hoạch của Tỉnh ủy: Tỷ lệ người dân có hồ sơ sức khỏe điện tử ≥ 95%",
        "- Kế hoạch của UBND tỉnh: Tỷ lệ người dân có hồ sơ sức khỏe điện tử: ≥ 80%",
        "Mức đề ra, hai kế hoạch ghi khác nhau:",
    ]


def test_a_level_below_the_name_of_its_target_does_not_say_the_name_again(ask: Ask) -> None:
    answer = ask("chỉ tiêu 28 của UBND tỉnh là bao nhiêu, ai theo dõi", "ask_target", "value", "monitor")
    assert answer.text.splitlines()[:5] == [
        "Chỉ tiêu “Tỷ lệ người dân có hồ sơ sức khỏe điện tử”:",
        "Mức đề ra, hai kế hoạch ghi khác nhau:",
        "- Kế hoạch của UBND tỉnh: ≥ 80%",
        "- Kế hoạch của Tỉnh ủy: Tỷ lệ người dân có hồ sơ sức khỏe điện tử ≥ 95%",
        "- Đơn vị chủ trì theo dõi, đánh giá: Sở Y tế.",
    ]


def test_a_level_that_one_plan_alone_sets_is_not_set_against_another_of_its_twin(ask: Ask) -> None:
    answer = ask("đơn bảo hộ giống cây trồng tăng mấy phần trăm mỗi năm", "ask_target", "value")
    assert answer.text.startswith("Số lượng đơn đăng ký bảo hộ giống cây trồng tăng trung bình 12%-14%/năm")
    assert keys(answer) == ["kh-tu/targets/12"]


def test_of_several_levels_that_is_told_which_the_twin_names_in_the_words_of_the_question(ask: Ask) -> None:
    answer = ask("bao nhiêu cán bộ có kỹ năng số nâng cao", "ask_target", "value")
    assert answer.text.startswith("Tối thiểu 30% có kỹ năng số nâng cao.")
    after = (Key("kh-tu", "targets", "14"), Key("kh-ubnd", "targets", "20"))
    again = ask("thế còn kỹ năng số nâng cao", "follow_up", "value", focus=after)
    assert again.text.splitlines()[0] == answer.text.splitlines()[0]


def test_an_item_number_with_its_plan_gives_that_row(ask: Ask) -> None:
    answer = ask("nhiệm vụ số 12 của Tỉnh ủy là gì", "ask_task", "content")
    assert answer.text.startswith(
        "Nhiệm vụ số 12 của Kế hoạch của Tỉnh ủy: Triển khai hệ thống điều hành giao thông thông minh."
    )


def test_a_number_alone_that_two_plans_have_is_asked_back(ask: Ask) -> None:
    answer = ask("nhiệm vụ 12 ai làm", "ask_task", "lead")
    assert answer.status == "clarify"
    assert [c.payload for c in answer.choices] == [
        "nhiệm vụ số 12 của Kế hoạch của Tỉnh ủy: cơ quan chủ trì",
        "nhiệm vụ số 12 của Kế hoạch của UBND tỉnh: cơ quan chủ trì",
    ]


def test_a_number_that_is_the_same_work_in_both_plans_is_answered(ask: Ask) -> None:
    answer = ask("nhiệm vụ 5 ai làm", "ask_task", "lead")
    assert (answer.status, keys(answer)) == ("answered", ["kh-tu/tasks/5", "kh-ubnd/tasks/5"])


def test_a_choice_leads_to_its_record(ask: Ask) -> None:
    offered = ask("nhiệm vụ 12 ai làm", "ask_task", "lead").choices
    assert isinstance(offered[1], Choice)
    assert keys(ask(offered[1].payload, "ask_task", "lead"))[0] == "kh-ubnd/tasks/12"


def test_an_item_no_plan_has_is_said_to_be_missing(ask: Ask) -> None:
    answer = ask("nhiệm vụ 99 của UBND tỉnh là gì", "ask_task", "content")
    assert (answer.status, answer.citations) == ("unanswerable", ())
    assert answer.text == "Kế hoạch của UBND tỉnh không có nhiệm vụ số 99; các số hiện có là từ 1 đến 34."


def test_open_ended_and_recurring_tasks_get_no_invented_deadline(ask: Ask) -> None:
    open_ended = ask("số hóa tài liệu lưu trữ bao giờ xong", "ask_task", "deadline")
    recurring = ask("bình dân học vụ số bao giờ xong", "ask_task", "deadline")
    assert "Năm 2026 và các năm tiếp theo (bắt đầu từ năm 2026, kế hoạch không ấn định hạn kết thúc)" in open_ended.text
    assert "Thường xuyên (làm liên tục, kế hoạch không ấn định ngày bắt đầu và hạn kết thúc)" in recurring.text


def test_english_questions_get_english_answers_with_the_plans_terms(ask: Ask) -> None:
    answer = ask("which agency leads the smart lighting task", "ask_task", "lead", lang="en")
    assert answer.text.startswith("UBND các xã, phường leads (chủ trì) the task")
    assert sorted(keys(answer)) == ["kh-tu/tasks/21", "kh-ubnd/tasks/23"]


def test_what_is_plainly_english_is_answered_in_english_whatever_the_talk_was_in(ask: Ask) -> None:
    answer = ask("By when must the Innovation Centre be established?", "ask_task", "deadline", lang="vi")
    assert answer.text.splitlines() == [
        "The task “Thành lập Trung tâm đổi mới sáng tạo” runs: Giai đoạn 2026-2027 (from 01/01/2026 to the end of 31/12/2027).",
        "Source: Kế hoạch của UBND tỉnh, task (nhiệm vụ) 28; Kế hoạch của Tỉnh ủy, task (nhiệm vụ) 26.",
    ]


def test_without_the_dialogue_engine_a_single_question_is_still_answered(ask: Ask) -> None:
    answer = ask("trung tâm điều hành an ninh mạng SOC", None, confidence=0.0)
    assert (answer.status, sorted(keys(answer))) == ("answered", ["kh-tu/tasks/32", "kh-ubnd/tasks/34"])


def test_a_twin_of_several_values_is_shown_with_the_one_asked_about(ask: Ask) -> None:
    answer = ask("KNS nâng cao của cán bộ công chức đạt mấy %", "ask_target", "value")
    assert answer.text.splitlines()[0] == "Tối thiểu 30% có kỹ năng số nâng cao."
    after = ask("bên tỉnh ủy thì sao", "follow_up", "value", focus=(Key("kh-ubnd", "targets", "16"),))
    assert [c.quote.split(" đạt ")[-1] for c in after.citations] == [
        "8%-10% số sáng chế được cấp văn bằng bảo hộ",
        "8-10",
    ]


@pytest.mark.parametrize(
    ("text", "facets", "record"),
    [
        ("nhiệm vụ CSDL chỉ đạo điều hành hoàn thành khi nào", ("deadline",), "kh-ubnd/tasks/9"),
        ("mỗi xã phường có ít nhất 01 điểm đổi mới sáng tạo: ai phối hợp", ("value", "partners"), "kh-ubnd/tasks/19"),
        ("ai phối hợp thu hút đầu tư bán dẫn, năng lượng xanh", ("partners",), "kh-ubnd/tasks/25"),
        ("he thong dieu hanh giao thong thong minh khoi dong nam nao", ("start",), "kh-ubnd/tasks/13"),
        ("trong kế hoạch UBND, trạm vệ tinh tầm thấp mang số bao nhiêu", ("number",), "kh-ubnd/tasks/30"),
        ("xin tóm tắt nhiệm vụ TT SOC", (), "kh-ubnd/tasks/34"),
    ],
)
def test_a_task_is_found_by_its_words_whatever_stands_around_them(
    ask: Ask, text: str, facets: tuple[Facet, ...], record: str
) -> None:
    assert keys(ask(text, "ask_plan" if "number" in facets else "ask_task", *facets))[0] == record


def test_two_levels_of_one_target_are_told_when_both_are_named(ask: Ask) -> None:
    answer = ask("công dân số và kỹ năng số nâng cao của kế hoạch Tỉnh ủy", "ask_target", "value")
    assert "tối thiểu 30% có kỹ năng số nâng cao; phấn đấu đạt trên 80% công dân số" in answer.text


def test_an_agency_asked_for_in_one_role_is_told_of_in_the_other(ask: Ask) -> None:
    answer = ask("Công an tỉnh có tham gia trung tâm tác chiến an ninh trật tự không", "ask_task", "partners")
    assert "Cơ quan chủ trì: Công an tỉnh" in answer.text
    assert "Cơ quan phối hợp: Sở Khoa học và Công nghệ" in answer.text


def test_the_group_of_a_task_is_no_list_of_tasks(ask: Ask) -> None:
    answer = ask("kinh tế tầm thấp thuộc nhóm nhiệm vụ nào", "ask_task", "section")
    assert "Phát triển hạ tầng số, nền tảng số và dữ liệu số" in answer.text
