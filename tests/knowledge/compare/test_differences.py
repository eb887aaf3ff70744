"""Differences between the two plans by level, against what a reader of both finds."""

from __future__ import annotations

import pytest

from knowledge.compare.contradictions import contradictions
from knowledge.compare.differences import LEVELS, Difference, differences
from knowledge.compare.twins import link_twins
from knowledge.types import Plan


@pytest.fixture(scope="module")
def found(party: Plan, committee: Plan) -> tuple[Difference, ...]:
    return differences(party, committee, link_twins(party, committee))


def rows(found: tuple[Difference, ...], level: str) -> list[tuple[str, str, str]]:
    """Field, left item and right item of one level; texts are checked apart."""
    return [(d.field, _item(d.left), _item(d.right)) for d in found if d.level == level]


def _item(key: object) -> str:
    return str(key).partition("/")[2] if key else ""


def texts(found: tuple[Difference, ...], level: str) -> list[tuple[str, str]]:
    return [(d.left_text, d.right_text) for d in found if d.level == level]


def test_values_that_differ(found: tuple[Difference, ...]) -> None:
    assert rows(found, "value") == [
        ("title", "tasks/22", "tasks/24"),
        ("value", "targets/1", "targets/2"),
        ("value", "targets/15", "targets/21"),
        ("value", "targets/15", "targets/22"),
        ("value", "targets/21", "targets/28"),
    ]
    assert texts(found, "value")[1:] == [
        ("trên 55%", ">50%"),
        ("nhóm 4 tỉnh, thành phố", "nhóm 03 tỉnh, thành"),
        ("nhóm 4 tỉnh, thành phố", "nhóm 03 tỉnh, thành"),
        ("≥ 95%", "≥ 80"),
    ]


def test_the_same_number_under_another_comparison(found: tuple[Difference, ...]) -> None:
    assert list(zip(rows(found, "operator"), texts(found, "operator"), strict=True)) == [
        (("value", "targets/8", "targets/10"), ("1% GRDP", "> 01")),
        (("value", "targets/12", "targets/14"), ("20%/năm", "≥ 20")),
        (("value", "targets/14", "targets/20"), ("trên 80%", "≥ 80")),
        (("value", "targets/19", "targets/26"), ("tối thiểu trên 70%", "≥ 70")),
        (("value", "targets/24", "targets/31"), ("90%", "≥ 90")),
    ]


def test_another_lead(found: tuple[Difference, ...]) -> None:
    assert list(zip(rows(found, "lead"), texts(found, "lead"), strict=True)) == [
        (
            ("lead", "tasks/1", "tasks/1"),
            ("Báo và phát thanh, truyền hình Đồng Nai; Cổng TTĐT tỉnh", "Báo và phát thanh, truyền hình Đồng Nai"),
        ),
        (("lead", "tasks/13", "tasks/14"), ("Đảng ủy Sở Tài chính", "Sở Khoa học và Công nghệ")),
    ]


def test_other_partners(found: tuple[Difference, ...]) -> None:
    assert rows(found, "partner") == [
        ("partners", "tasks/1", "tasks/1"),
        ("partners", "tasks/11", "tasks/12"),
        ("partners", "tasks/13", "tasks/14"),
        ("partners", "tasks/20", "tasks/22"),
        ("partners", "tasks/30", "tasks/32"),
    ]


def test_another_scope(found: tuple[Difference, ...]) -> None:
    assert rows(found, "scope") == [("title", "tasks/11", "tasks/12"), ("text", "targets/9", "targets/11")]


def test_what_only_one_plan_has(found: tuple[Difference, ...]) -> None:
    assert rows(found, "only-one") == [
        ("record", "", "tasks/6"),
        ("record", "", "tasks/17"),
        ("value", "targets/12", "targets/14"),
        ("value", "targets/12", "targets/14"),
        ("value", "targets/5", "targets/7"),
        ("value", "targets/10", "targets/12"),
        ("value", "targets/13", "targets/17"),
    ]
    assert texts(found, "only-one")[2:4] == [
        ("số lượng đơn đăng ký bảo hộ giống cây trồng: 12%-14%/năm", ""),
        ("được đăng ký bảo hộ ở nước ngoài: 10% - 12%", ""),
    ]


def test_a_party_committee_is_another_form_of_the_body_it_leads(found: tuple[Difference, ...]) -> None:
    forms = [(d.left_text, d.right_text) for d in found if d.level == "form" and d.field == "lead"]
    assert ("Đảng ủy Công an tỉnh", "Công an tỉnh") in forms
    assert ("Đảng ủy UBND tỉnh (Sở Nội vụ)", "Sở Nội vụ") in forms
    assert ("Đảng ủy các xã, phường", "UBND các xã, phường") in forms


def test_levels_come_heaviest_first(found: tuple[Difference, ...]) -> None:
    order = [LEVELS.index(d.level) for d in found]
    assert order == sorted(order)


def test_a_plan_does_not_differ_from_itself(party: Plan) -> None:
    assert differences(party, party, link_twins(party, party)) == ()


def test_contradictions_inside_the_peoples_committee_plan(committee: Plan) -> None:
    assert [(d.level, str(d.left), d.left_text, str(d.right), d.right_text) for d in contradictions(committee)] == [
        (
            "internal",
            "kh-ubnd/targets/21",
            "Xếp hạng chỉ số đánh giá chuyển đổi số (DTI): nhóm 03 tỉnh, thành",
            "kh-ubnd/tasks/18",
            "(DTI) ≤ 4",
        ),
        (
            "internal",
            "kh-ubnd/targets/22",
            "Chỉ số đổi mới sáng tạo cấp địa phương (PII): nhóm 03 tỉnh, thành",
            "kh-ubnd/tasks/18",
            "(PII) ≤ 4",
        ),
        (
            "internal",
            "kh-ubnd/targets/28",
            "Tỷ lệ người dân có hồ sơ sức khỏe điện tử: ≥ 80",
            "kh-ubnd/tasks/22",
            "Tỷ lệ người dân có hồ sơ sức khỏe điện tử ≥ 95%",
        ),
    ]


def test_contradictions_inside_the_party_committee_plan(party: Plan) -> None:
    assert [(str(d.left), d.left_text, str(d.right), d.right_text) for d in contradictions(party)] == [
        (
            "kh-tu/targets/4",
            "90% thủ tục hành chính cung cấp trực tuyến toàn trình",
            "kh-tu/body/III.5.3",
            "100% dịch vụ công trực tuyến toàn trình, người dân chỉ cung cấp thông tin một lần.",
        )
    ]
