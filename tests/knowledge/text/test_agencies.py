"""Agencies: every one the plans name is known, in every spelling, and ordinary words are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.text.agencies import AgencyMention, load_agencies
from knowledge.text.fold import fold

SOURCES = Path(__file__).parents[3] / "knowledge" / "plans" / "sources"
KHCN, BQL = "Sở Khoa học và Công nghệ", "Ban Quản lý các Khu công nghiệp, Khu kinh tế"


def named(text: str) -> list[str]:
    return [m.name for m in load_agencies().find(text)]


def test_a_mention_says_where_it_stands() -> None:
    assert load_agencies().find("do Sở KH&CN chủ trì") == [AgencyMention(KHCN, 3, 11, "Sở KH&CN")]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("so khoa hoc cong nghe", KHCN), ("Sở KHCN", KHCN), ("so khcn", KHCN), ("Sở KH-CN", KHCN), ("skhcn", KHCN),
        ("so khoa hocj va coong nghej", KHCN), ("sở khoa hoc và công nghẹ", KHCN), ("Department of Science and Technology", KHCN),
        ("CA tỉnh", "Công an tỉnh"), ("ca tinh", "Công an tỉnh"), ("CAT", "Công an tỉnh"), ("công an tinhr", "Công an tỉnh"),
        ("Sở GDĐT", "Sở Giáo dục và Đào tạo"), ("so gd&dt", "Sở Giáo dục và Đào tạo"), ("sở giáo duc đào tạoo", "Sở Giáo dục và Đào tạo"),
        ("UBND tỉnh", "UBND tỉnh"), ("Ủy ban nhân dân tỉnh", "UBND tỉnh"), ("uỷ ban nhân dân tỉnh Đồng Nai", "UBND tỉnh"),
        ("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"), ("mặt trận tổ quốc tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("VP UBND tỉnh", "Văn phòng UBND tỉnh"), ("van phong uy ban nhan dan tinh", "Văn phòng UBND tỉnh"),
        ("báo đài Đồng Nai", "Báo và phát thanh, truyền hình Đồng Nai"), ("ĐH Đồng Nai", "Trường Đại học Đồng Nai"),
        ("sở nội vuj", "Sở Nội vụ"), ("sởnội vụ", "Sở Nội vụ"), ("sowr nooij vuj", "Sở Nội vụ"), ("sở tài chánh", "Sở Tài chính"),
        ("BQL các KCN, KKT", BQL), ("ban quan ly khu cong nghiep", BQL), ("Ban quản lý Khu Công nghiệp, khu Kinh tế", BQL),
        ("Ban quản lý Khu Công nghệ - Kinh tế", "Ban quản lý Khu Công nghệ - Kinh tế"),
        ("Đảng uỷ Công an tỉnh", "Đảng ủy Công an tỉnh"), ("thống kê tỉnh", "Thống kê tỉnh"), ("thanh tra tinh", "Thanh tra tỉnh"),
        ("UBND xã, phường", "UBND các xã, phường"), ("các sở ngành", "Các sở, ban, ngành"), ("tổ cnscđ", "Tổ Công nghệ số cộng đồng"),
        ("sở vhttdl", "Sở Văn hóa, Thể thao và Du lịch"), ("sở dân tộc và tôn giáo", "Sở Dân tộc và Tôn giáo"),
    ],
)  # fmt: skip
def test_an_agency_is_known_in_any_spelling(text: str, agency: str) -> None:
    assert named(text) == [agency]


@pytest.mark.parametrize(
    "text",
    ["ai chủ trì", "sở nào phối hợp", "ứng dụng AI", "cá tính", "cắt giảm thủ tục", "cat giam thu tuc", "so sánh hai kế hoạch",
     "số 12", "công bố khoa học", "xã hội số", "UBND xã Xuân Lộc", "ban hành kế hoạch", "who is responsible"],
)  # fmt: skip
def test_ordinary_words_are_no_agencies(text: str) -> None:
    assert named(text) == []


def test_the_longest_name_wins() -> None:
    assert named("Đảng ủy UBND tỉnh, Văn phòng UBND tỉnh và Chủ tịch UBND tỉnh") == [
        "Đảng ủy UBND tỉnh", "Văn phòng UBND tỉnh", "Chủ tịch UBND tỉnh",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "agencies"),
    [
        ("Đảng ủy UBND tỉnh (Sở Khoa học và Công nghệ, BQL các KCN, KKT, Sở Ngoại vụ)", ("Đảng ủy UBND tỉnh", KHCN, BQL, "Sở Ngoại vụ")),
        (
            "Các Sở: Tài chính, Công Thương, Nông nghiệp và Môi trường, UBND xã, phường; các cơ quan Trung ương đóng trên địa bàn tỉnh",
            ("Sở Tài chính", "Sở Công Thương", "Sở Nông nghiệp và Môi trường", "UBND các xã, phường",
             "Các cơ quan Trung ương đóng trên địa bàn tỉnh"),
        ),
        ("Gắn nhiệm vụ với Tổ Công nghệ số cộng đồng", ("Tổ Công nghệ số cộng đồng",)),
        (
            "Ban Quản lý các Khu công nghiệp, Khu kinh tế (thực hiện thu hút đầu tư trong khu công nghiệp, khu kinh tế), Sở Tài chính "
            "(thực hiện thu hút đầu tư ngoài các khu trên),",
            (BQL, "Sở Tài chính"),
        ),
        (f"{KHCN}, {KHCN}", (KHCN,)),
        ("Trường/Viện Nghiên cứu trên địa bàn", ("Trường/Viện Nghiên cứu trên địa bàn",)),
    ],
)  # fmt: skip
def test_a_cell_resolves_to_its_agencies_in_order(cell: str, agencies: tuple[str, ...]) -> None:
    assert load_agencies().resolve_cell(cell) == (agencies, ())


def test_a_cell_tells_what_it_could_not_resolve() -> None:
    cell = "Hội Chữ thập đỏ; Sở Tài chính, UBND xã Xuân Lộc"
    assert load_agencies().resolve_cell(cell) == (("Sở Tài chính",), ("Hội Chữ thập đỏ", "UBND xã Xuân Lộc"))


def test_every_agency_cell_of_the_annexes_resolves() -> None:
    rows = [line.split("\t") for line in (SOURCES / "kh-ubnd.txt").read_text("utf-8").splitlines()]
    cells = [c for r in rows if r[0] != "STT" for c in (r[2:4] if len(r) == 6 else r[4:5]) if c.strip()]
    assert len(cells) == 33 + 2 * 34
    assert [(c, load_agencies().resolve_cell(c)[1]) for c in cells if load_agencies().resolve_cell(c)[1]] == []


def test_every_department_word_in_the_plans_belongs_to_a_known_agency() -> None:
    text = " ".join((SOURCES / "kh-tu.txt").read_text("utf-8").split())
    known = {i for m in load_agencies().find(text) for i in range(m.start, m.end)}
    marks = (
        "Đảng ủy ",
        "Sở ",
        "Công an ",
        "Trường Đại học",
        "Ban Tuyên giáo",
        "Mặt trận",
        "BQL ",
        "Ban quản lý",
        "Tổ Công nghệ",
    )
    missed = [
        text[i : i + 50] for mark in marks for i in range(len(text)) if text.startswith(mark, i) and i not in known
    ]
    assert missed == []


def test_a_party_committee_and_its_agency_are_the_same_in_form() -> None:
    registry = load_agencies()
    assert registry.same("Đảng ủy Công an tỉnh", "CA tỉnh")
    assert registry.same("Sở Tài chính", "Đảng ủy Sở Tài chính")
    assert not registry.same("Sở Tài chính", KHCN)
    assert not registry.same(BQL, "Ban quản lý Khu Công nghệ - Kinh tế")


def test_names_and_aliases_lead_to_the_agency() -> None:
    registry = load_agencies()
    agency = registry.get("so khcn")
    assert agency is not None
    assert (agency.name, agency.kind, agency.party_of) == (KHCN, "department", None)
    assert registry.get("Sở Vũ trụ") is None
    assert registry.near("sở kho học công nghê", 1) == [KHCN]


def test_every_name_and_alias_is_found_as_its_own_agency_marked_or_not() -> None:
    registry = load_agencies()
    wrong = []
    for agency in registry:
        for written in (agency.name, *agency.aliases):
            for text in (written, fold(written)) if len(written.split()) > 2 else (written,):
                if not any(m.name == agency.name for m in registry.find(text)):
                    wrong.append((agency.name, text))
    assert wrong == []
