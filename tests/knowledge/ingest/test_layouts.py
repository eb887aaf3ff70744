"""Layouts the two plans do not have are read by the meaning of their headers: other words, other order, merged cells."""

# ruff: noqa: E501  # a row of a table is read best on one line

from __future__ import annotations

from pathlib import Path

from knowledge.ingest.build import About
from knowledge.ingest.drafts import Doubt
from knowledge.ingest.ingest import ingest
from knowledge.records import PLANS
from knowledge.types import Task
from tests.knowledge.ingest.conftest import DATA
from tests.knowledge.ingest.tables import expected, target_row, task_row


def row(task: Task) -> tuple[str, ...]:
    return tuple(task_row(task).values())[:7]


def test_word_document_with_merged_cells_and_a_header_over_two_rows() -> None:
    found = ingest(DATA / "tourism.docx", "kh-dulich")
    plan = found.plan
    assert [row(task) for task in plan.tasks] == [
        ("1", "I", "Lập bản đồ du lịch số", "Sở Văn hóa, Thể thao và Du lịch", "Sở Xây dựng", "Bản đồ số", "Quý I/2027"),
        ("2", "I", "Số hóa 20 di tích", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh; Sở Tài chính", "Hồ sơ di tích số", "Thường xuyên"),
        ("3", "II", "Đào tạo hướng dẫn viên: - tiếng Anh; - tiếng Hàn.", "Sở Nội vụ", "Hiệp hội Lữ hành Xanh", "200 chứng chỉ", "Năm 2026-2028"),
        ("4", "II", "Đưa di sản vào trường học", "Sở Giáo dục và Đào tạo", "", "Chương trình", "Trước ngày 30/6/2027"),
    ]  # fmt: skip
    assert [(s.item, s.title.text) for s in plan.sections] == [("I", "Hạ tầng du lịch số"), ("II", "Nguồn nhân lực")]
    assert [(p.key.item, p.text.text) for p in plan.body[1:]] == [
        ("preamble.2", "KẾ HOẠCH Phát triển du lịch thông minh giai đoạn 2026-2028"),
        ("preamble.3", "Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển du lịch thông minh như sau:"),
        ("I.1", "Phục vụ du khách tốt hơn."),
        ("I.2", "Bảo tồn di sản. Giữ gìn môi trường."),
        ("II.1", "Sở Văn hóa, Thể thao và Du lịch chủ trì, theo dõi việc thực hiện Kế hoạch."),
        ("II.2", "Sở Tài chính bố trí kinh phí."),
        ("sign", "Nơi nhận: - Như trên; - Lưu: VT. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn An"),
        ("annex", "PHỤ LỤC (Ban hành kèm theo Kế hoạch số 88/KH-UBND)"),
    ]
    assert (plan.number.text, plan.date.text, plan.blanks) == ("Số: 88/KH-UBND", "ngày 05 tháng 3 năm 2026", ())
    assert plan.signer is not None
    assert plan.signer.text == "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn An"
    assert plan.tasks[1].lead.source == plan.tasks[0].lead.source == ("T3.R4.C4",)
    assert found.report.doubts == (Doubt("unknown_agency", "kh-dulich/tasks/3", "Hiệp hội Lữ hành Xanh"),)
    assert found.report.unused == ()


def test_rows_that_word_numbers_itself_are_counted() -> None:
    plan = ingest(DATA / "auto-numbered.docx", "kh-cayxanh").plan
    assert [row(task) for task in plan.tasks] == [
        ("1", "", "Trồng cây xanh", "Sở Nông nghiệp và Môi trường", "", "", "Quý II/2026"),
        ("2", "", "Nạo vét kênh rạch", "Sở Xây dựng", "", "", "Hàng năm"),
    ]


def test_pdf_with_a_row_cut_by_a_page_break_and_its_header_repeated() -> None:
    found = ingest(
        DATA / "water.pdf", "kh-nuocsach", about=About(short="Kế hoạch nước sạch", issuer="Sở Khoa học và Công nghệ")
    )
    plan = found.plan
    assert [row(task) for task in plan.tasks] == [
        ("1", "I", "Lắp đặt 40 điểm quan trắc tự động tại các nhà máy nước và các điểm đấu nối chính", "Sở Nông nghiệp và Môi trường", "Sở Khoa học và Công nghệ", "40 điểm quan trắc", "Quý III/2026"),
        ("2", "I", "Xây dựng phần mềm giám sát chất lượng nước, kết nối với IOC tỉnh", "Sở Khoa học và Công nghệ", "Công an tỉnh; Sở Tài chính", "Phần mềm được nghiệm thu", "Năm 2026-2027"),
        ("3", "II", "Kiểm tra chất lượng nước tại trường học, bệnh viện", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Báo cáo kiểm tra", "Hàng năm"),
        ("4", "II", "Tuyên truyền sử dụng nước tiết kiệm đến từng hộ dân bằng nhiều hình thức phù hợp với từng địa bàn: loa truyền thanh, mạng xã hội, họp khu phố, tờ rơi", "UBND các xã, phường", "Các cơ quan, đơn vị liên quan", "Các đợt tuyên truyền", "Thường xuyên"),
        ("5", "II", "Thay thế đường ống cũ, giảm thất thoát nước", "Sở Xây dựng", "Sở Tài chính", "Đường ống được thay thế", "Năm 2027 và các năm tiếp theo"),
        ("6", "II", "Đào tạo nhân viên vận hành trạm quan trắc", "Sở Nội vụ", "Sở Nông nghiệp và Môi trường", "Chứng chỉ", "Quý IV/2026"),
        ("7", "II", "Bố trí kinh phí cho các nhiệm vụ của Kế hoạch này", "Sở Tài chính", "Các sở, ban, ngành", "Kinh phí được bố trí", "Giai đoạn 2026-2030"),
        ("8", "II", "Theo dõi, tổng hợp tình hình thực hiện và báo cáo Chủ tịch UBND tỉnh theo định kỳ", "Văn phòng UBND tỉnh", "Các sở, ban, ngành", "Báo cáo quý", "Năm 2026"),
    ]  # fmt: skip
    assert [target_row(target) for target in plan.targets] == [
        {"item": "1", "text": "Tỷ lệ hộ dân được dùng nước sạch đạt tối thiểu 98%.", "values": ">= 98 [%]"},
        {
            "item": "2",
            "text": "Giảm tỷ lệ thất thoát nước xuống dưới 12%; lắp đặt ít nhất 40 điểm quan trắc tự động trên địa bàn "
            "toàn tỉnh, ưu tiên các khu vực đông dân cư và các khu công nghiệp.",
            "values": "< 12 [%]; >= 40 [điểm]",
        },
    ]
    assert [p.key.item for p in plan.body] == ["preamble.1", "preamble.2", "II.1", "II.2", "annex"]
    assert plan.tasks[3].title.source == ("p2:T1.R7.C4", "p3:T2.R2.C4")
    assert (plan.short, plan.issuer) == ("Kế hoạch nước sạch", "Sở Khoa học và Công nghệ")
    assert found.report.words["page number"] == 3
    assert (found.report.doubts, found.report.unused) == ((), ())


def test_workbook_with_targets_and_tasks_on_two_sheets() -> None:
    found = ingest(DATA / "services.xlsx", "kh-dichvu")
    plan = found.plan
    assert [target_row(target) for target in plan.targets] == [
        {"item": "1", "text": "Tỷ lệ hồ sơ trực tuyến", "unit": "%", "result": "90%", "monitor": "Văn phòng UBND tỉnh", "values": "= 90 [%]"},
        {"item": "2", "text": "Số xã có điểm phục vụ", "unit": "xã", "result": "≥ 50", "monitor": "Văn phòng UBND tỉnh", "values": ">= 50 [xã]"},
    ]  # fmt: skip
    assert [row(task) for task in plan.tasks] == [
        ("1", "", "Rà soát văn bản", "Sở Tư pháp", "Các sở, ban, ngành", "Báo cáo", "Quý I/2026"),
        ("2", "", "Hội chợ thương mại số", "Sở Công Thương", "Sở Tài chính", "Hội chợ", "Hàng năm"),
    ]
    assert plan.tasks[0].title.source == ("Nhiệm vụ!B3",)


def test_broken_text_layer_is_read_without_the_spaces_that_show_soft_line_ends(tmp_path: Path) -> None:
    raw = (PLANS / "sources" / "kh-tu.txt").read_text(encoding="utf-8")
    copy = tmp_path / "plan.txt"
    copy.write_text("\n".join(line.rstrip() for line in raw.split("\n")), encoding="utf-8")
    plan = ingest(copy, "kh-tu").plan
    wanted = expected("kh-tu-tasks")
    # This one space is all that the stripped line ends held.
    wanted[26]["timeframe"] = "Giai đoạn 2027-2030"
    assert [task_row(task) for task in plan.tasks] == wanted
    assert [target_row(target) for target in plan.targets] == expected("kh-tu-targets")
    assert [p.key.item for p in plan.body] == [line["item"] for line in expected("kh-tu-body")]


def test_tab_separated_table_with_shuffled_columns_and_other_header_words(tmp_path: Path) -> None:
    file = tmp_path / "plan.tsv"
    file.write_text(
        "Tiến độ\tChủ trì\tTT\tSản phẩm đầu ra\tNội dung nhiệm vụ\tPhối hợp\n"
        "\t\tI\t\tCải cách hành chính\t\n"
        "Quý II/2026\tSở Nội vụ\t1\tBáo cáo\tRà soát vị trí việc làm\tCác sở, ban, ngành\n",
        encoding="utf-8",
    )
    plan = ingest(file, "kh-noivu").plan
    assert [row(task) for task in plan.tasks] == [
        ("1", "I", "Rà soát vị trí việc làm", "Sở Nội vụ", "Các sở, ban, ngành", "Báo cáo", "Quý II/2026")
    ]
