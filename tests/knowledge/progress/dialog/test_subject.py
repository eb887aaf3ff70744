"""Which task or target a report is about."""

from __future__ import annotations

import pytest

from knowledge.progress.dialog.subject import Found, find_work, plainly_named
from knowledge.progress.types import Account
from knowledge.types import Key

SCIENCE = Account("a", "staff", "Sở Khoa học và Công nghệ")
POLICE = Account("b", "staff", "Công an tỉnh")
ADMIN = Account("f", "admin")
EDUCATION = Account("c", "staff", "Sở Giáo dục và Đào tạo")


def key(address: str) -> Key:
    plan, part, item = address.split("/")
    return Key(plan, part, item)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mention", "account", "address"),
    [
        ("SOC", POLICE, "kh-ubnd/tasks/34"),
        ("trung tam an ninh mang", POLICE, "kh-ubnd/tasks/34"),
        ("cải thiện DTI PII", SCIENCE, "kh-ubnd/tasks/18"),
        ("cai thieenj chir soos DTI PII", SCIENCE, "kh-ubnd/tasks/18"),
        ("nhiệm vụ 34", POLICE, "kh-ubnd/tasks/34"),
        ("nv số 13 của ubnd tỉnh", POLICE, "kh-ubnd/tasks/13"),
        ("vệ tinh", SCIENCE, "kh-ubnd/tasks/30"),
        ("kinh tế tầm thấp", Account("d", "staff", "Đảng ủy Sở Tài chính"), "kh-tu/tasks/13"),
        ("nhiệm vụ tuyên truyền kế hoạch", Account("e", "staff", "Cổng TTĐT tỉnh"), "kh-tu/tasks/1"),
        ("chuyển đổi số ngành giáo dục", EDUCATION, "kh-ubnd/tasks/20"),
    ],
)
def test_a_name_or_number_leads_to_the_record_that_the_account_may_report_on(
    mention: str, account: Account, address: str
) -> None:
    assert find_work(mention, account) == Found((key(address),), sure=True)


@pytest.mark.parametrize("mention", ["xây cầu Nhơn Trạch", "cái kia", "sở y tế", "", "nhiệm vụ 99"])
def test_what_the_plans_do_not_know_is_not_found(mention: str) -> None:
    assert find_work(mention, SCIENCE) == Found()


def test_work_that_fits_about_as_well_is_offered_the_accounts_own_first() -> None:
    found = find_work("trung tâm điều hành", POLICE)
    assert not found.sure
    assert set(found.keys[:2]) == {key("kh-ubnd/tasks/33"), key("kh-ubnd/tasks/34")}
    assert found.keys[2] == key("kh-ubnd/tasks/11")


@pytest.mark.parametrize(
    ("mention", "address"),
    [
        ("khu công nghệ số tập trung", "kh-ubnd/tasks/27"),
        ("khu cong nghe so tap trung long thanh", "kh-ubnd/tasks/27"),
        ("dịch vụ công trực tuyến", "kh-ubnd/tasks/10"),
    ],
)
def test_what_one_title_begins_with_and_another_only_mentions_is_the_first(mention: str, address: str) -> None:
    assert find_work(mention, ADMIN) == Found((key(address),), sure=True)


@pytest.mark.parametrize("mention", ["cơ sở dữ liệu", "chuyển đổi số", "đề án chuyển đổi số", "trung tâm"])
def test_words_with_which_several_titles_begin_are_asked_about(mention: str) -> None:
    assert not find_work(mention, ADMIN).sure


def test_twins_are_never_a_choice() -> None:
    found = find_work("khu ở Long Thành hay Đồng Xoài", SCIENCE)
    assert not found.sure
    assert {k.plan for k in found.keys} == {"kh-ubnd"}


@pytest.mark.parametrize(
    ("answer", "address"),
    [
        ("khu ở phường Đồng Xoài", "kh-ubnd/tasks/15"),
        ("Long Thành", "kh-ubnd/tasks/27"),
        ("cái đầu tiên", "kh-ubnd/tasks/15"),
        ("cai thu hai", "kh-ubnd/tasks/27"),
        ("nhiệm vụ 27", "kh-ubnd/tasks/27"),
        ("nhiệm vụ số 15 của Kế hoạch của UBND tỉnh", "kh-ubnd/tasks/15"),
    ],
)
def test_one_of_those_offered_is_chosen_by_words_place_or_number(answer: str, address: str) -> None:
    offered = (key("kh-ubnd/tasks/15"), key("kh-ubnd/tasks/27"))
    assert find_work(answer, SCIENCE, among=offered) == Found((key(address),), sure=True)


def test_an_answer_that_tells_nothing_apart_chooses_nothing() -> None:
    offered = (key("kh-ubnd/tasks/15"), key("kh-ubnd/tasks/27"))
    assert find_work("lưu luôn đi", SCIENCE, among=offered) == Found()


def test_targets_are_found_among_targets() -> None:
    found = find_work("tỷ lệ sử dụng dịch vụ công trực tuyến", SCIENCE, "targets")
    assert found == Found((key("kh-ubnd/targets/30"),), sure=True)


def test_a_bare_name_is_told_from_words_that_only_touch_on_a_task() -> None:
    assert plainly_named("khung kiến trúc dữ liệu số", POLICE, "tasks") == key("kh-ubnd/tasks/6")
    assert plainly_named("đã mở bốn mươi lớp ở các xã", POLICE, "tasks") is None
