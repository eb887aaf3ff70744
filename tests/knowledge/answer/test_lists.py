"""Lists and counts; what each list must hold is read from the plans' tables by eye."""

from __future__ import annotations

import pytest

from tests.knowledge.answer.conftest import Ask, keys


@pytest.mark.parametrize(
    ("text", "intent", "items"),
    [
        ("Sở Nội vụ chủ trì nhiệm vụ nào trong kế hoạch UBND tỉnh", "list_tasks", ["32"]),
        ("sở xây dựng phối hợp những nhiệm vụ nào của UBND tỉnh", "list_tasks", ["12", "13", "14", "15", "23", "27", "29", "30"]),
        ("mục V của Phụ lục II gồm những nhiệm vụ nào", "list_tasks", ["31", "32", "33", "34"]),
        ("kế hoạch UBND: nhiệm vụ nào có hạn trong quý II/2026", "list_tasks", ["13"]),
        ("những việc kết thúc năm 2029 theo kế hoạch UBND", "list_tasks", ["14", "15", "30", "34"]),
        ("kế hoạch UBND có nhiệm vụ nào bắt đầu từ năm 2027", "list_tasks", ["14", "29", "30"]),
        ("nhiệm vụ thường xuyên của UBND tỉnh", "list_tasks", ["1", "21"]),
        ("Công an tỉnh theo dõi chỉ tiêu nào ở Phụ lục I", "list_targets", ["6", "20"]),
        ("chỉ tiêu nào tính theo %/năm trong Phụ lục I", "list_targets", ["14", "15"]),
        ("chỉ tiêu nào tính theo % mỗi năm trong Phụ lục I", "list_targets", ["14", "15"]),
        ("sở khcn phối hợp với công an mấy việc bên ủy ban", "list_tasks", ["24", "33", "34"]),
        ("chỉ tiêu nào tính số người trên một vạn dân", "list_targets", ["11"]),
        ("việc nào bắt đầu từ năm 2027 bên ủy ban", "follow_up", ["14", "29", "30"]),
        ("việc nào bắt đầu từ năm 2027 bên ủy ban", "compare_plans", ["14", "29", "30"]),
    ],
)  # fmt: skip
def test_a_list_holds_exactly_the_rows_that_fit(ask: Ask, text: str, intent: str, items: list[str]) -> None:
    answer = ask(text, intent)
    assert (answer.status, [k.rsplit("/", 1)[1] for k in keys(answer) if k.startswith("kh-ubnd")]) == (
        "answered",
        items,
    )


@pytest.mark.parametrize("text", ["có tất cả bao nhiêu nhiệm vụ", "co tong cong may nhiem vu"])
def test_all_there_are_is_a_list_too(ask: Ask, text: str) -> None:
    answer = ask(text, "list_tasks")
    assert answer.text.startswith("Kế hoạch của UBND tỉnh có 34 nhiệm vụ:")
    assert "Kế hoạch của Tỉnh ủy có 32 nhiệm vụ" in answer.text


def test_a_count_leads_the_list(ask: Ask) -> None:
    answer = ask("Sở Khoa học và Công nghệ theo dõi bao nhiêu chỉ tiêu trong Phụ lục I?", "list_targets", "monitor")
    assert answer.text.startswith("Kế hoạch của UBND tỉnh có 26 chỉ tiêu do Sở Khoa học và Công nghệ chủ trì theo dõi:")


@pytest.mark.parametrize("text", ["danh sách chỉ tiêu về nhân lực", "danh sach chi tieu nhan luc"])
def test_a_list_by_words_names_them_as_they_were_typed(ask: Ask, text: str) -> None:
    answer = ask(text, "list_targets")
    assert keys(answer) == ["kh-ubnd/targets/11", "kh-tu/targets/9"]
    assert f"“{' '.join(text.split()[-2:])}”" in answer.text


def test_a_party_committee_counts_as_the_agency_behind_it(ask: Ask) -> None:
    answer = ask("theo Tỉnh ủy, công an tỉnh chủ trì mấy nhiệm vụ", "list_tasks", "lead")
    assert keys(answer) == [f"kh-tu/tasks/{i}" for i in (5, 12, 15, 22, 31, 32)]


def test_a_list_that_nothing_fits_says_so(ask: Ask) -> None:
    answer = ask("Sở Y tế chủ trì nhiệm vụ nào", "list_tasks", "lead")
    assert (answer.status, answer.citations) == ("unanswerable", ())
    assert "không có nhiệm vụ nào do Sở Y tế chủ trì" in answer.text


def test_a_long_list_goes_on_when_asked_until_nothing_is_left(ask: Ask) -> None:
    first = ask("Sở Khoa học và Công nghệ theo dõi những chỉ tiêu nào trong Phụ lục I?", "list_targets", "monitor")
    assert [c.payload for c in first.choices] == ["Xem tiếp"]
    assert len(first.rest) == 26 - 12
    second = ask("xem tiếp", "follow_up", focus=first.focus, rest=first.rest)
    third = ask("xem tiep", "follow_up", focus=second.focus, rest=second.rest)
    assert [k.item for k in (*second.focus, *third.focus)] == [k.item for k in first.focus[12:]]
    assert (third.rest, third.choices) == ((), ())
    assert ask("xem tiếp", "follow_up", focus=third.focus).text == "Danh sách đã hết, không còn mục nào khác."


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("kế hoạch UBND: nhiệm vụ nào kéo dài nhất", ["24"]),
        ("kế hoạch UBND: nhiệm vụ nào có thời hạn đến năm 2045", ["24"]),
        ("kế hoạch UBND, nhiệm vụ nào xong sớm nhất", ["13"]),
        ("phụ lục II, nhiệm vụ nào hạn muộn nhất", ["24"]),
        ("nhiệm vụ nào của mục IV phụ lục II xong sớm nhất", ["28"]),
        ("kế hoạch UBND: những nhiệm vụ không có hạn kết thúc", ["1", "12", "18", "21", "22", "31", "32", "33"]),
        ("kế hoạch UBND: việc nào do Công an tỉnh chủ trì, Sở Tài chính phối hợp", ["24"]),
        ("kế hoạch UBND: nhiệm vụ có Sở Nội vụ chủ trì và Sở Tư pháp phối hợp", ["32"]),
    ],
)  # fmt: skip
def test_superlatives_and_roles_pick_their_rows(ask: Ask, text: str, items: list[str]) -> None:
    answer = ask(text, "list_tasks", "deadline")
    assert [k.rsplit("/", 1)[1] for k in keys(answer) if k.startswith("kh-ubnd")] == items


def test_a_list_leaves_out_an_agency_that_is_excepted(ask: Ask) -> None:
    answer = ask("chỉ tiêu nào không phải Sở Khoa học và Công nghệ theo dõi", "list_targets", "monitor")
    assert keys(answer) == [f"kh-ubnd/targets/{i}" for i in (2, 5, 6, 9, 20, 28, 29)]
    assert "không do Sở Khoa học và Công nghệ chủ trì theo dõi" in answer.text


def test_two_agencies_are_compared_by_how_much_they_lead(ask: Ask) -> None:
    answer = ask("kế hoạch UBND: Công an tỉnh và Sở Tài chính, bên nào chủ trì nhiều việc hơn?", "list_tasks", "lead")
    assert answer.text.startswith("Kế hoạch của UBND tỉnh, số nhiệm vụ chủ trì: Công an tỉnh (7), Sở Tài chính (2).\n")


def test_the_plans_are_compared_by_size(ask: Ask) -> None:
    answer = ask("Kế hoạch nào có nhiều chỉ tiêu hơn, của Tỉnh ủy hay của UBND tỉnh?", "compare_plans")
    assert "Kế hoạch của Tỉnh ủy có 26 chỉ tiêu." in answer.text
    assert "Kế hoạch của UBND tỉnh có 33 chỉ tiêu." in answer.text


def test_a_class_that_leads_is_no_mere_word(ask: Ask) -> None:
    answer = ask("phường xã được giao chủ trì việc nào", "list_tasks", "lead")
    assert keys(answer) == ["kh-ubnd/tasks/23", "kh-tu/tasks/21"]


def test_who_has_anything_to_do_with_a_task_leads_it_or_takes_part(ask: Ask) -> None:
    answer = ask("sở nội vụ dính tới việc nào bên ubnd", "list_tasks", "partners")
    assert [k.item for k in answer.focus] == ["28", "31", "32"]


@pytest.mark.parametrize(
    "text", ["nhiệm vụ nào nói về bán dẫn trong kế hoạch UBND", "nhiem vu nao noi ve ban dan trong ke hoach ubnd"]
)
def test_a_word_of_two_syllables_is_held_as_one(ask: Ask, text: str) -> None:
    assert keys(ask(text, "list_tasks")) == ["kh-ubnd/tasks/25", "kh-ubnd/tasks/26"]


def test_what_is_asked_of_a_single_row_is_told_below_it(ask: Ask) -> None:
    answer = ask("kế hoạch UBND: Sở Ngoại vụ phối hợp nhiệm vụ nào, làm trong giai đoạn nào", "list_tasks", "duration")
    assert "25. Thu hút tối thiểu 01 tập đoàn" in answer.text
    assert "Giai đoạn 2026-2030" in answer.text


def test_an_agency_said_not_to_monitor_is_left_out(ask: Ask) -> None:
    answer = ask("chỉ tiêu nào Sở Khoa học và Công nghệ không theo dõi", "list_targets", "monitor")
    assert keys(answer) == [f"kh-ubnd/targets/{i}" for i in (2, 5, 6, 9, 20, 28, 29)]


def test_targets_without_a_number_are_listed(ask: Ask) -> None:
    answer = ask("chỉ tiêu nào chưa có số liệu của kế hoạch UBND", "list_targets")
    assert keys(answer) == [f"kh-ubnd/targets/{i}" for i in (23, 32, 33)]


def test_an_agency_that_leads_no_task_but_has_a_duty_of_its_own_is_told_so(ask: Ask) -> None:
    answer = ask("Ban Tuyên giáo và Dân vận Tỉnh ủy được giao nhiệm vụ gì?", "list_tasks", "lead")
    assert (answer.status, keys(answer)) == ("answered", ["kh-tu/body/IV.2"])
    assert "không có nhiệm vụ nào do Ban Tuyên giáo và Dân vận Tỉnh ủy chủ trì" in answer.text
