"""Makes the test documents with layouts that the two real plans do not have. Needs DejaVu Sans; run by hand when they change.

python tests/data/plans/make_documents.py /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
"""

# ruff: noqa: E501  # a row of a table is read best on one line

from __future__ import annotations

import sys
from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fpdf import FPDF
from fpdf.fonts import FontFace

HERE = Path(__file__).parent


def make_docx() -> None:
    """Letterhead and signature as tables, drawn bullets, a header over two rows, merged cells, lead after partners."""
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH ĐỒNG NAI"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 88/KH-UBND"
    head.cell(1, 1).text = "Đồng Nai, ngày 05 tháng 3 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Phát triển du lịch thông minh giai đoạn 2026-2028")
    document.add_paragraph("Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển du lịch thông minh như sau:")
    document.add_paragraph("I. MỤC ĐÍCH")
    document.add_paragraph("Phục vụ du khách tốt hơn.", style="List Bullet")
    document.add_paragraph("Bảo tồn di sản. Giữ gìn môi trường.", style="List Bullet")
    document.add_paragraph("II. TỔ CHỨC THỰC HIỆN")
    document.add_paragraph("1. Sở Văn hóa, Thể thao và Du lịch chủ trì, theo dõi việc thực hiện Kế hoạch.")
    document.add_paragraph("2. Sở Tài chính bố trí kinh phí.")
    sign = document.add_table(rows=1, cols=2)
    sign.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    sign.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An"
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("PHỤ LỤC")
    document.add_paragraph("(Ban hành kèm theo Kế hoạch số 88/KH-UBND)")
    table = document.add_table(rows=8, cols=6)
    _fill(table, 0, ["TT", "Tiến độ hoàn thành", "Cơ quan thực hiện", "", "Nội dung công việc", "Kết quả/Sản phẩm"])
    _fill(table, 1, ["", "", "Phối hợp", "Chủ trì", "", ""])
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4, 5):
        table.cell(0, column).merge(table.cell(1, column))
    _fill(table, 2, ["I. Hạ tầng du lịch số", "", "", "", "", ""])
    table.cell(2, 0).merge(table.cell(2, 5))
    _fill(
        table,
        3,
        ["1", "Quý I/2027", "Sở Xây dựng", "Sở Văn hóa, Thể thao và Du lịch", "Lập bản đồ du lịch số", "Bản đồ số"],
    )
    _fill(table, 4, ["2", "Thường xuyên", "Công an tỉnh; Sở Tài chính", "", "Số hóa 20 di tích", "Hồ sơ di tích số"])
    table.cell(3, 3).merge(table.cell(4, 3))
    _fill(table, 5, ["II. Nguồn nhân lực", "", "", "", "", ""])
    table.cell(5, 0).merge(table.cell(5, 5))
    _fill(
        table,
        6,
        [
            "3",
            "Năm 2026-\n2028",
            "Hiệp hội Lữ hành Xanh",
            "Sở Nội vụ",
            "Đào tạo hướng dẫn viên:\n- tiếng Anh;\n- tiếng Hàn.",
            "200 chứng chỉ",
        ],
    )
    _fill(
        table,
        7,
        ["4", "Trước ngày 30/6/2027", "", "Sở Giáo dục và Đào tạo", "Đưa di sản vào trường học", "Chương trình"],
    )
    document.save(str(HERE / "tourism.docx"))


def _fill(table: docx.table.Table, row: int, texts: list[str]) -> None:
    for column, text in enumerate(texts):
        table.cell(row, column).text = text


def make_auto_numbered() -> None:
    """A table whose numbers Word draws itself, so that the number column is empty in the file."""
    document = docx.Document()
    document.add_paragraph("Phụ lục")
    table = document.add_table(rows=3, cols=4)
    _fill(table, 0, ["Số TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"])
    _fill(table, 1, ["", "Trồng cây xanh", "Sở Nông nghiệp và Môi trường", "Quý II/2026"])
    _fill(table, 2, ["", "Nạo vét kênh rạch", "Sở Xây dựng", "Hàng năm"])
    for row in (1, 2):
        paragraph = table.cell(row, 0).paragraphs[0]
        number = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", "0"), ("w:numId", "999")):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            number.append(element)
        paragraph._p.get_or_add_pPr().append(number)
    document.save(str(HERE / "auto-numbered.docx"))


def make_pdf(font: Path) -> None:
    """Wrapped body lines, page numbers, a table with other header words that goes on over the page with its header repeated."""
    pdf = _Paged()
    pdf.add_font("body", "", font)
    pdf.add_font("body", "B", font)
    pdf.set_font("body", size=11)
    pdf.add_page()
    for line in (
        "Số: 07/KH-SKHCN",
        "Đồng Nai, ngày 12 tháng 01 năm 2026",
        "KẾ HOẠCH",
        "Ứng dụng công nghệ trong quản lý nước sạch",
    ):
        pdf.cell(0, 9, line, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    for paragraph in PDF_BODY:
        pdf.multi_cell(0, 6, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(5)
    pdf.add_page()
    pdf.cell(0, 8, "PHỤ LỤC", new_x="LMARGIN", new_y="NEXT")
    pdf.cell(0, 8, "(Kèm theo Kế hoạch số 07/KH-SKHCN)", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("body", size=10)
    _pdf_table(pdf, PDF_ROWS[:7])
    pdf.add_page()
    _pdf_table(pdf, (PDF_ROWS[0], *PDF_ROWS[7:]))
    pdf.output(str(HERE / "water.pdf"))


def _pdf_table(pdf: FPDF, rows: tuple[tuple[str, ...], ...]) -> None:
    with pdf.table(col_widths=(8, 22, 22, 34, 24, 20), headings_style=FontFace(emphasis="B"), line_height=6) as table:
        for texts in rows:
            row = table.row()
            if len(texts) == 1:
                row.cell(texts[0], colspan=6)
            else:
                for text in texts:
                    row.cell(text)


PDF_BODY = (
    "I. MỤC TIÊU",
    "(1) Tỷ lệ hộ dân được dùng nước sạch đạt tối thiểu 98%.",
    "(2) Giảm tỷ lệ thất thoát nước xuống dưới 12%; lắp đặt ít nhất 40 điểm quan trắc tự động trên địa bàn toàn tỉnh, "
    "ưu tiên các khu vực đông dân cư và các khu công nghiệp.",
    "II. NHIỆM VỤ",
    "- Xây dựng hệ thống giám sát chất lượng nước theo thời gian thực, kết nối dữ liệu với Trung tâm điều hành thông "
    "minh (IOC) của tỉnh, bảo đảm cảnh báo sớm khi nguồn nước có dấu hiệu ô nhiễm.",
    "- Tuyên truyền sử dụng nước tiết kiệm.",
)
PDF_ROWS = (
    ("STT", "Thời hạn hoàn thành", "Đơn vị chủ trì thực hiện", "Nhiệm vụ cụ thể", "Sản phẩm đầu ra", "Đơn vị phối hợp"),
    ("I. Hạ tầng giám sát",),
    ("1", "Quý III/2026", "Sở Nông nghiệp và Môi trường", "Lắp đặt 40 điểm quan trắc tự động tại các nhà máy nước và các điểm đấu nối chính", "40 điểm quan trắc", "Sở Khoa học và Công nghệ"),
    ("2", "Năm 2026-2027", "Sở Khoa học và Công nghệ", "Xây dựng phần mềm giám sát chất lượng nước, kết nối với IOC tỉnh", "Phần mềm được nghiệm thu", "Công an tỉnh; Sở Tài chính"),
    ("II. Vận hành và tuyên truyền",),
    ("3", "Hàng năm", "Sở Y tế", "Kiểm tra chất lượng nước tại trường học, bệnh viện", "Báo cáo kiểm tra", "Sở Giáo dục và Đào tạo"),
    ("4", "Thường xuyên", "UBND các xã, phường", "Tuyên truyền sử dụng nước tiết kiệm đến từng hộ dân bằng nhiều hình thức phù hợp với", "Các đợt tuyên", "Các cơ quan, đơn vị"),
    ("", "", "", "từng địa bàn: loa truyền thanh, mạng xã hội, họp khu phố, tờ rơi", "truyền", "liên quan"),
    ("5", "Năm 2027 và các năm tiếp theo", "Sở Xây dựng", "Thay thế đường ống cũ, giảm thất thoát nước", "Đường ống được thay thế", "Sở Tài chính"),
    ("6", "Quý IV/2026", "Sở Nội vụ", "Đào tạo nhân viên vận hành trạm quan trắc", "Chứng chỉ", "Sở Nông nghiệp và Môi trường"),
    ("7", "Giai đoạn 2026-2030", "Sở Tài chính", "Bố trí kinh phí cho các nhiệm vụ của Kế hoạch này", "Kinh phí được bố trí", "Các sở, ban, ngành"),
    ("8", "Năm 2026", "Văn phòng UBND tỉnh", "Theo dõi, tổng hợp tình hình thực hiện và báo cáo Chủ tịch UBND tỉnh theo định kỳ", "Báo cáo quý", "Các sở, ban, ngành"),
)  # fmt: skip


class _Paged(FPDF):
    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("body", size=9)
        self.cell(0, 10, str(self.page_no()), align="C")


def make_xlsx() -> None:
    """Targets and tasks on two sheets, percentages as numbers, real dates, a vertically merged monitor."""
    book = openpyxl.Workbook()
    targets = book.active
    targets.title = "Chỉ tiêu"
    targets.append(["DANH MỤC CHỈ TIÊU"])
    targets.merge_cells("A1:E1")
    targets.append(["TT", "Chỉ tiêu", "Cơ quan theo dõi, đánh giá", "ĐVT", "Giá trị mục tiêu"])
    targets.append([1, "Tỷ lệ hồ sơ trực tuyến", "Văn phòng UBND tỉnh", "%", 0.9])
    targets["E3"].number_format = "0%"
    targets.append([2, "Số xã có điểm phục vụ", None, "xã", "≥ 50"])
    targets.merge_cells("C3:C4")
    tasks = book.create_sheet("Nhiệm vụ")
    tasks.append(["DANH MỤC NHIỆM VỤ"])
    tasks.append(["Chủ trì", "Tên nhiệm vụ", "STT", "Phối hợp", "Tiến độ thực hiện", "Sản phẩm", "Ghi chú"])
    tasks.append(["Sở Tư pháp", "Rà soát văn bản", 1, "Các sở, ban, ngành", "Quý I/2026", "Báo cáo", "Gấp"])
    tasks.append(["Sở Công Thương", "Hội chợ thương mại số", 2, "Sở Tài chính", "Hàng năm", "Hội chợ", None])
    book.save(HERE / "services.xlsx")


if __name__ == "__main__":
    make_docx()
    make_auto_numbered()
    make_xlsx()
    make_pdf(Path(sys.argv[1]))
