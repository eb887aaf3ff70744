"""More than one subject in a message, and the question in a message that tells a story first."""

from __future__ import annotations

import pytest

from tests.knowledge.answer.conftest import Ask, keys

SOC, IOC = ["kh-ubnd/tasks/34", "kh-tu/tasks/32"], ["kh-ubnd/tasks/11", "kh-tu/tasks/10"]


@pytest.mark.parametrize(
    ("text", "facet", "items"),
    [
        ("ai chủ trì SOC và ai chủ trì IOC?", "lead", {*SOC, *IOC}),
        ("So sánh thời hạn của nhiệm vụ SOC và nhiệm vụ IOC.", "deadline", {*SOC, *IOC}),
        ("ioc tinh ai lam, con soc ai lam", "lead", {*SOC, *IOC}),
        ("nhiệm vụ 3 và nhiệm vụ 4 của UBND tỉnh ai chủ trì", "lead", {f"kh-{p}/tasks/{i}" for p in ("ubnd", "tu") for i in (3, 4)}),
    ],
)  # fmt: skip
def test_each_of_two_subjects_is_answered(ask: Ask, text: str, facet: str, items: set[str]) -> None:
    answer = ask(text, "ask_task", facet)
    assert (answer.status, set(keys(answer))) == ("answered", items)
    assert answer.text.count("Nguồn:") == 1


def test_targets_joined_by_with_are_both_given(ask: Ask) -> None:
    answer = ask("thanh toán số với dịch vụ công trực tuyến cái nào chỉ tiêu cao hơn?", "ask_target", "value")
    assert {"kh-ubnd/targets/31", "kh-ubnd/targets/30"} <= set(keys(answer))


def test_three_targets_named_in_a_row_are_each_given_though_one_task_names_them_all(ask: Ask) -> None:
    answer = ask("mức đề ra của chữ ký số, thanh toán số và băng rộng", "ask_target", "value")
    assert set(keys(answer)) == {f"kh-ubnd/targets/{i}" for i in (26, 31, 27)} | {
        f"kh-tu/targets/{i}" for i in (19, 24, 20)
    }


def test_who_monitors_a_target_is_asked_of_targets_alone(ask: Ask) -> None:
    answer = ask("đơn vị nào theo dõi tỷ lệ học sinh được tiếp cận với giáo dục STEM", "ask_target", "monitor")
    assert keys(answer) == ["kh-ubnd/targets/29"]


@pytest.mark.parametrize(
    ("text", "facets", "item"),
    [
        ("Khung kiến trúc dữ liệu số do ai chủ trì, phối hợp với ai và sản phẩm là văn bản gì?", ("lead", "partners", "product"), "6"),
        ("đào tạo nhân lực bán dẫn và trí tuệ nhân tạo ai chủ trì", ("lead",), "26"),
    ],
)  # fmt: skip
def test_a_subject_with_a_joining_word_in_it_stays_one(ask: Ask, text: str, facets: tuple[str, ...], item: str) -> None:
    answer = ask(text, "ask_task", *facets)
    assert {k for k in keys(answer) if k.startswith("kh-ubnd")} == {f"kh-ubnd/tasks/{item}"}


@pytest.mark.parametrize(
    ("text", "facet", "item"),
    [
        (
            "bữa trước tui lên xã làm giấy khai sinh cho cháu mà đợi gần hết buổi, nghe nói tỉnh có kế hoạch nâng chất lượng "
            "dịch vụ công trực tuyến toàn trình, vậy chừng nào xong dzậy mấy anh",
            "deadline",
            "10",
        ),
        (
            "Xin chào. Tôi là sinh viên năm cuối đang viết luận văn về thành phố, mong được biết hệ thống điều hành giao thông "
            "thông minh do cơ quan nào chủ trì.",
            "lead",
            "13",
        ),
        (
            "Kính gửi anh chị, công ty tôi muốn cùng tham gia đào tạo nguồn nhân lực bán dẫn. Xin cho biết cơ quan nào "
            "chủ trì việc này để chúng tôi liên hệ. Xin cảm ơn nhiều.",
            "lead",
            "26",
        ),
    ],
)
def test_the_question_in_a_story_is_answered(ask: Ask, text: str, facet: str, item: str) -> None:
    answer = ask(text, "ask_task", facet)
    assert (answer.status, [k for k in keys(answer) if k.startswith("kh-ubnd")]) == (
        "answered",
        [f"kh-ubnd/tasks/{item}"],
    )


def test_a_story_about_what_the_plans_do_not_know_is_not_answered(ask: Ask) -> None:
    text = "nhà tui ở gần chợ, hàng xóm nuôi heo hôi quá chịu không nổi, cho tui hỏi muốn kiện thì nộp đơn ở tòa nào vậy mấy anh chị"
    assert ask(text, "ask_task").citations == ()
