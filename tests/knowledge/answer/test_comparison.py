"""The plans held against each other and against themselves."""

from __future__ import annotations

from tests.knowledge.answer.conftest import Ask, keys


def test_the_kind_of_record_that_is_named_is_compared(ask: Ask) -> None:
    answer = ask("so sánh chỉ tiêu dịch vụ công trực tuyến giữa hai kế hoạch", "compare_plans")
    assert {key.split("/")[1] for key in keys(answer)} == {"targets"}


def test_on_one_subject_each_plan_is_quoted(ask: Ask) -> None:
    answer = ask("hai kế hoạch ghi cơ quan phối hợp về kinh tế tầm thấp khác nhau thế nào", "compare_plans", "partners")
    assert sorted(keys(answer)) == ["kh-tu/tasks/13", "kh-ubnd/tasks/14"]
    assert "Khu Công nghệ - Kinh tế" in answer.text
    assert "Sở Công Thương" in answer.text


def test_what_only_one_plan_has_is_listed(ask: Ask) -> None:
    answer = ask("nhiệm vụ nào chỉ có trong kế hoạch UBND tỉnh", "compare_plans")
    assert keys(answer) == ["kh-ubnd/tasks/6", "kh-ubnd/tasks/17"]


def test_a_contradiction_inside_one_plan_is_shown_with_both_places(ask: Ask) -> None:
    answer = ask("kế hoạch UBND ghi hồ sơ sức khỏe điện tử có mâu thuẫn không", "compare_plans", "value")
    assert sorted(keys(answer)) == ["kh-ubnd/targets/28", "kh-ubnd/tasks/22"]
    assert "80%" in answer.text
    assert "95%" in answer.text


def test_without_a_subject_the_differences_that_matter_are_listed(ask: Ask) -> None:
    answer = ask("hai kế hoạch khác nhau ở những điểm nào", "compare_plans")
    assert answer.status == "answered"
    assert "trên 55%" in answer.text
    assert ">50%" in answer.text


def test_what_one_named_plan_lacks_is_listed_from_the_other_alone(ask: Ask) -> None:
    answer = ask("nhiem vu nao ubnd co ma tinh uy khong co", "compare_plans")
    assert keys(answer) == ["kh-ubnd/tasks/6", "kh-ubnd/tasks/17"]


def test_asked_again_of_what_was_talked_of_the_plans_stand_side_by_side(ask: Ask) -> None:
    before = ask("tỷ lệ hồ sơ sức khỏe điện tử", "ask_target", "value").focus
    for question in ("cái nào đúng", "sao hai kế hoạch ghi khác nhau vậy"):
        answer = ask(question, "compare_plans", focus=before)
        assert "Mức đề ra - hai kế hoạch ghi khác nhau:" in answer.text
        assert {(k.split("/")[0]) for k in keys(answer)} == {"kh-tu", "kh-ubnd"}


def test_times_are_compared_of_the_task_and_not_of_the_target_of_the_same_name(ask: Ask) -> None:
    answer = ask(
        "thời hạn làm trung tâm điều hành thông minh ở hai kế hoạch có giống nhau không", "compare_plans", "duration"
    )
    assert sorted(keys(answer)) == ["kh-tu/tasks/10", "kh-ubnd/tasks/11"]
    assert "Thời gian thực hiện - nội dung giống nhau" in answer.text


def test_an_issuer_beside_a_plan_stands_for_its_plan(ask: Ask) -> None:
    answer = ask("chiếu sáng thông minh: Tỉnh ủy với UBND giao ai chủ trì", "compare_plans", "lead")
    assert sorted(keys(answer)) == ["kh-tu/tasks/21", "kh-ubnd/tasks/23"]
    assert "Đảng ủy các xã, phường" in answer.text
    assert "UBND các xã, phường" in answer.text


def test_a_level_that_differs_is_compared_before_who_takes_part_in_a_task_of_the_same_words(ask: Ask) -> None:
    answer = ask("chữ ký số: kế hoạch Tỉnh ủy và UBND tỉnh lệch gì", "compare_plans")
    assert sorted(set(keys(answer))) == ["kh-tu/targets/19", "kh-ubnd/targets/26"]


def test_years_that_the_titles_name_are_compared_with_the_times(ask: Ask) -> None:
    answer = ask("đề án chuyển đổi số công an tỉnh hai bên ghi giai đoạn có khác không", "compare_plans", "duration")
    assert "giai đoạn 2025-2030" in answer.text
    assert "giai đoạn 2026-2030" in answer.text
    assert "Giai đoạn 2026-2045" in answer.text
