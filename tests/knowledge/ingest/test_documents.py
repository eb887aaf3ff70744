"""Both source documents come out exact: every task, target and passage against tables read by eye."""

from __future__ import annotations

import re

import pytest

from knowledge.ingest.ingest import Ingestion
from knowledge.records import PLANS, read_plans
from tests.knowledge.ingest.tables import expected, target_row, task_row

SECTIONS = [
    ("I", "Nâng cao nhận thức và hoàn thiện cơ chế, chính sách"),
    ("II", "Phát triển hạ tầng số, nền tảng số và dữ liệu số"),
    ("III", "Thúc đẩy chuyển đổi số, đổi mới sáng tạo trong các ngành, lĩnh vực"),
    ("IV", "Phát triển khoa học, công nghệ và nguồn nhân lực"),
    ("V", "Cải cách hành chính và bảo đảm an ninh thông tin"),
]


def test_tasks_of_the_broken_text_layer_are_exact(party: Ingestion) -> None:
    assert [task_row(task) for task in party.plan.tasks] == expected("kh-tu-tasks")


def test_tasks_of_the_tab_separated_annex_are_exact(committee: Ingestion) -> None:
    assert [task_row(task) for task in committee.plan.tasks] == expected("kh-ubnd-tasks")


def test_targets_in_the_body_text_are_exact(party: Ingestion) -> None:
    assert [target_row(target) for target in party.plan.targets] == expected("kh-tu-targets")


def test_targets_in_a_table_are_exact(committee: Ingestion) -> None:
    assert [target_row(target) for target in committee.plan.targets] == expected("kh-ubnd-targets")


def test_body_has_every_paragraph_and_bullet_once(party: Ingestion) -> None:
    found = [
        {"item": p.key.item, "begins": p.text.text[: len(row["begins"])], "ends": p.text.text[-len(row["ends"]) :]}
        for p, row in zip(party.plan.body, expected("kh-tu-body"), strict=True)
    ]
    assert found == expected("kh-tu-body")


def test_sections_are_the_headings_between_the_rows(party: Ingestion, committee: Ingestion) -> None:
    assert [(s.item, s.title.text) for s in party.plan.sections] == SECTIONS
    assert [(s.item, s.title.text) for s in committee.plan.sections] == SECTIONS


def test_passages_carry_the_titles_above_them(party: Ingestion) -> None:
    headings = {p.key.item: p.heading for p in party.plan.body}
    assert headings["III.3.2"] == ("NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", "Thúc đẩy chuyển đổi số trong các ngành, lĩnh vực")
    assert headings["IV.4"] == ("TỔ CHỨC THỰC HIỆN",)
    assert headings["sign"] == ()


def test_a_dash_at_a_line_start_does_not_begin_a_bullet(party: Ingestion) -> None:
    texts = {p.key.item: p.text.text for p in party.plan.body}
    assert "mạnh mẽ KHCN - ĐMST - CĐS, xác định" in texts["I.1.2"]
    assert "Nhà trường/Nhà khoa học - Doanh nghiệp, hình thành" in texts["III.4.7"]


def test_a_page_number_inside_a_paragraph_is_left_out(party: Ingestion) -> None:
    texts = {p.key.item: p.text.text for p in party.plan.body}
    assert "vận động các tầng lớp Nhân dân tích cực thực hiện Kế hoạch này" in texts["IV.4"]


def test_number_date_and_signer_are_verbatim_with_their_blanks(party: Ingestion, committee: Ingestion) -> None:
    plan = party.plan
    assert (plan.number.text, plan.date.text, plan.blanks) == (
        "Số -KH/TU",
        "ngày tháng 02 năm 2026",
        ("number", "date"),
    )
    assert plan.signer is not None
    assert plan.signer.text == "T/M TỈNH ỦY PHÓ BÍ THƯ THƯỜNG TRỰC Tôn Ngọc Hạnh"
    assert (plan.issuer, plan.short) == ("Ban Chấp hành Đảng bộ tỉnh", "Kế hoạch của Tỉnh ủy")
    plan = committee.plan
    assert (plan.number.text, plan.date.text, plan.blanks) == ("số /KH-UBND", "ngày /4/2026", ("number", "date"))
    assert plan.signer is None
    assert (plan.issuer, plan.short) == ("Ủy ban nhân dân tỉnh Đồng Nai", "Kế hoạch của UBND tỉnh")
    assert plan.title == "Kế hoạch số /KH-UBND ngày /4/2026 của Ủy ban nhân dân tỉnh Đồng Nai"


def test_both_annex_headings_can_be_cited(committee: Ingestion) -> None:
    assert [(p.key.item, p.text.text) for p in committee.plan.body] == [
        (
            "annex.1",
            "PHỤ LỤC I DANH MỤC CÁC CHỈ TIÊU CỤ THỂ (Kèm theo Kế hoạch số /KH-UBND ngày /4/2026 của Ủy ban nhân dân tỉnh Đồng Nai)",
        ),
        (
            "annex.2",
            "PHỤ LỤC II DANH MỤC CÁC NHIỆM VỤ CỤ THỂ (Kèm theo Kế hoạch số /KH-UBND ngày /4/2026 của Ủy ban nhân dân tỉnh Đồng Nai)",
        ),
    ]


def test_agency_cells_name_whom_they_mean(party: Ingestion, committee: Ingestion) -> None:
    tasks = {str(t.key): t for t in (*party.plan.tasks, *committee.plan.tasks)}
    assert tasks["kh-tu/tasks/2"].lead.agencies == ("Đảng ủy UBND tỉnh", "Sở Tài chính")
    assert tasks["kh-tu/tasks/5"].lead.agencies == ("Đảng ủy Công an tỉnh",)
    assert tasks["kh-ubnd/tasks/17"].partners.agencies == (
        "Sở Tài chính",
        "Sở Công Thương",
        "Sở Nông nghiệp và Môi trường",
        "UBND các xã, phường",
        "Các cơ quan Trung ương đóng trên địa bàn tỉnh",
    )


def test_cells_say_which_lines_they_came_from(party: Ingestion, committee: Ingestion) -> None:
    tasks = {str(t.key): t for t in (*party.plan.tasks, *committee.plan.tasks)}
    broken = tasks["kh-tu/tasks/20"]
    assert broken.title.source == ("L983-L988", "L1026-L1039")
    assert broken.timeframe.source == ("L1009-L1013",)
    assert tasks["kh-ubnd/tasks/22"].title.source == ("L84", "L87")


@pytest.mark.parametrize("name", ["kh-tu", "kh-ubnd"])
def test_every_cited_line_holds_the_words_of_its_cell(name: str, request: pytest.FixtureRequest) -> None:
    plan = request.getfixturevalue({"kh-tu": "party", "kh-ubnd": "committee"}[name]).plan
    lines = (PLANS / "sources" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    for task in plan.tasks:
        for cell in (task.title, task.lead, task.partners, task.product, task.timeframe):
            cited = " ".join(_lines(lines, cell.source))
            assert set(re.findall(r"\w+", cell.text)) <= set(re.findall(r"\w+", cited))


def test_the_report_names_only_the_cells_that_share_a_line(party: Ingestion, committee: Ingestion) -> None:
    assert {d.kind for d in party.report.doubts} <= {"unsure_cells"}
    assert len(party.report.doubts) <= 3
    assert committee.report.doubts == ()
    assert party.report.unused == committee.report.unused == ()


def test_published_records_are_what_ingestion_gives(party: Ingestion, committee: Ingestion) -> None:
    assert read_plans() == (party.plan, committee.plan)


def _lines(lines: list[str], source: tuple[str, ...]) -> list[str]:
    out = []
    for locator in source:
        first, _, last = locator.partition("-")
        out += lines[int(first[1:]) - 1 : int((last or first)[1:])]
    return out
