"""Questions that lean on what was said before."""

from __future__ import annotations

from knowledge.types import Key
from tests.knowledge.answer.conftest import Ask, keys

SOC = (Key("kh-ubnd", "tasks", "34"), Key("kh-tu", "tasks", "32"))


def test_a_question_without_a_subject_is_about_what_was_talked_of(ask: Ask) -> None:
    answer = ask("thế còn hạn?", "follow_up", "deadline", focus=SOC)
    assert answer.text.startswith(
        "Nhiệm vụ “Xây dựng Trung tâm điều hành an ninh mạng (SOC) tỉnh Đồng Nai” thực hiện: Năm 2026-2029"
    )


def test_without_anything_talked_of_the_subject_is_asked_for(ask: Ask) -> None:
    answer = ask("ai chủ trì?", "follow_up", "lead")
    assert (answer.status, answer.citations) == ("clarify", ())


def test_the_next_item_follows_in_the_same_plan(ask: Ask) -> None:
    answer = ask("nhiệm vụ tiếp theo thì sao", "follow_up", "content", focus=(Key("kh-ubnd", "tasks", "30"),))
    assert "kh-ubnd/tasks/31" in keys(answer)


def test_after_the_last_item_there_is_no_next(ask: Ask) -> None:
    answer = ask("nhiệm vụ tiếp theo", "follow_up", focus=SOC)
    assert answer.status == "unanswerable"


def test_the_other_plan_is_its_twin(ask: Ask) -> None:
    answer = ask("còn bên Tỉnh ủy?", "follow_up", "lead", focus=(Key("kh-ubnd", "tasks", "14"),))
    assert answer.focus[0] == Key("kh-tu", "tasks", "13")


def test_an_ordinal_picks_from_what_was_listed(ask: Ask) -> None:
    listed = (Key("kh-ubnd", "tasks", "30"), Key("kh-ubnd", "tasks", "32"))
    assert "kh-ubnd/tasks/32" in keys(ask("cái thứ hai ai chủ trì", "follow_up", "lead", focus=listed))


def test_a_list_can_be_narrowed(ask: Ask) -> None:
    police = ask("Công an tỉnh chủ trì những nhiệm vụ nào", "list_tasks", "lead")
    answer = ask("trong đó cái nào xong trong năm 2026", "follow_up", focus=police.focus)
    assert sorted(k for k in keys(answer) if k.startswith("kh-ubnd")) == ["kh-ubnd/tasks/13", "kh-ubnd/tasks/6"]


def test_the_same_list_is_given_of_another_agency(ask: Ask) -> None:
    focus = (Key("kh-ubnd", "tasks", "32"), Key("kh-tu", "tasks", "30"))
    answer = ask("thế sở giáo dục?", "follow_up", "lead", focus=focus, asked="list_tasks")
    assert keys(answer) == ["kh-ubnd/tasks/20", "kh-tu/tasks/18"]


def test_a_short_question_in_words_of_what_was_talked_of_is_about_that(ask: Ask) -> None:
    focus = (Key("kh-ubnd", "tasks", "17"),)
    assert keys(ask("bao giờ thí điểm xong", "ask_task", "deadline", focus=focus)) == ["kh-ubnd/tasks/17"]


def test_a_plan_that_is_named_is_given_in_its_own_words(ask: Ask) -> None:
    answer = ask("chiếu sáng thông minh bên tỉnh ủy giao ai chủ trì", "ask_task", "lead")
    assert "Đảng ủy các xã, phường" in answer.text


def test_what_only_tasks_have_is_told_of_the_task_that_carries_out_the_target_talked_of(ask: Ask) -> None:
    answer = ask("hạn khi nào", "follow_up", "deadline", focus=(Key("kh-ubnd", "targets", "7"),))
    assert keys(answer) == ["kh-ubnd/tasks/11", "kh-tu/tasks/10"]
    alone = ask("hạn khi nào", "follow_up", "deadline", focus=(Key("kh-ubnd", "targets", "20"),))
    assert alone.status == "unanswerable"


def test_the_other_plan_is_asked_for_the_same_value_of_a_target_with_several(ask: Ask) -> None:
    answer = ask("của Tỉnh ủy cơ", "follow_up", "value", focus=(Key("kh-ubnd", "targets", "20"),))
    assert "trên 80% công dân số" in answer.text


def test_whether_an_agency_takes_part_is_asked_of_what_was_talked_of(ask: Ask) -> None:
    answer = ask("Sở Tài chính có tham gia không", "ask_task", "partners", focus=(Key("kh-ubnd", "tasks", "17"),))
    assert keys(answer) == ["kh-ubnd/tasks/17"]


def test_what_a_slip_left_of_a_word_is_no_subject(ask: Ask) -> None:
    before = ask("ai chủ trì SOC", "ask_task", "lead").focus
    assert keys(ask("thế xong th ra cái gì", "follow_up", "product", focus=before)) == [
        "kh-ubnd/tasks/34",
        "kh-tu/tasks/32",
    ]
