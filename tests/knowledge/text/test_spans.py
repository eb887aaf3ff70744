"""Spans: what a question points at, in every register."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.normalise import clean
from knowledge.text.spans import find_spans, numbered
from knowledge.types import Span

TODAY = date(2026, 5, 10)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(s.kind, s.text, s.value) for s in find_spans(text, TODAY)]


def values(text: str, kind: str) -> list[str]:
    return [s.value for s in find_spans(text, TODAY) if s.kind == kind]


def test_a_question_gives_its_spans_in_order_of_place() -> None:
    assert find_spans("Sở KH&CN chủ trì nhiệm vụ số 12 nào của Tỉnh ủy trước 2027?", TODAY) == (
        Span("agency", 0, 8, "Sở KH&CN", "Sở Khoa học và Công nghệ"),
        Span("part", 17, 25, "nhiệm vụ", "tasks"),
        Span("item", 26, 31, "số 12", "12"),
        Span("plan", 40, 47, "Tỉnh ủy", "kh-tu"),
        Span("window", 48, 58, "trước 2027", "before:/2026-12-31"),
    )


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("nhiệm vụ 14 là gì", [("14", "tasks")]),
        ("NV 26 do ai làm", [("26", "tasks")]),
        ("NV.7 xong chưa", [("7", "tasks")]),
        ("nv so 31 ben tinh uy", [("31", "tasks")]),
        ("nv21 tới đâu rồi", [("21", "tasks")]),
        ("nhiệm vụ thứ 5", [("5", "tasks")]),
        ("nhiem vu 12 tinh uy", [("12", "tasks")]),
        ("nhiệm vụ 12 tỉnh", []),
        ("chỉ tiêu số 8", [("8", "targets")]),
        ("mục tiêu (22)", [("22", "targets")]),
        ("muc tieu 6 the nao", [("6", "targets")]),
        ("CT 19 đạt bao nhiêu", [("19", "targets")]),
        ("task 4", [("4", "tasks")]),
        ("target no. 10 says what", [("10", "targets")]),
        ("cái số 9 thì sao", [("9", None)]),
        ("nhiệm vụ 3 và 4", [("3", "tasks"), ("4", "tasks")]),
        ("nhiệm vụ 3, 5, 7", [("3", "tasks"), ("5", "tasks"), ("7", "tasks")]),
        ("nhiệm vụ 2 với chỉ tiêu 8", [("2", "tasks"), ("8", "targets")]),
        ("nhiệm vụ mười bảy", [("17", "tasks")]),
        ("nhiem vu hai muoi lam", [("25", "tasks")]),
        ("task twenty-one", [("21", "tasks")]),
        ("nhieem vuj 30", [("30", "tasks")]),
        ("nhiệmvụ 16", [("16", "tasks")]),
        ("chỉ tieeu số 27", [("27", "targets")]),
        ("nhiệm vụ 0", [("0", "tasks")]),
    ],
)
def test_items_are_numbers_with_the_part_named_before_them(text: str, items: list[tuple[str, str | None]]) -> None:
    assert list(numbered(find_spans(text))) == items


@pytest.mark.parametrize(
    "text",
    ["12 nhiệm vụ", "chỉ tiêu 12 người trên vạn dân", "mục tiêu 80% dân số", "nhiệm vụ năm 2026", "mục tiêu hai kế hoạch", "nhóm 4 tỉnh",
     "Nghị quyết số 57-NQ/TW", "nhiệm vụ 1% GRDP", "số lượng 5 tập đoàn", "tối thiểu 01 tập đoàn", "một nhiệm vụ", "so STEM 2 KH"],
)  # fmt: skip
def test_quantities_years_and_document_numbers_are_no_items(text: str) -> None:
    assert values(text, "item") == []


@pytest.mark.parametrize(
    ("text", "section"),
    [("mục IV có gì", "IV"), ("muc iv co gi", "IV"), ("mục 3 phụ lục", "III"), ("phần III", "III"), ("nhóm I", "I"),
     ("III.4 nói gì", "III.4"),
     ("điểm IV.5", "IV.5"), ("mục ba", "III"), ("mục 2 phần II", "II.2"), ("section two of the plan", "II"), ("mucj V", "V")],
)  # fmt: skip
def test_sections_have_roman_numerals(text: str, section: str) -> None:
    assert values(text, "section") == [section]


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("nhiệm vụ 12 bên Tỉnh ủy", ["kh-tu"]),
        ("KH/TU có mấy mục tiêu", ["kh-tu"]),
        ("kh tu noi gi", ["kh-tu"]),
        ("kế hoạch của Đảng", ["kh-tu"]),
        ("TU ghi thế nào", ["kh-tu"]),
        ("the Party Committee plan", ["kh-tu"]),
        ("nhiệm vụ 20 của UBND", ["kh-ubnd"]),
        ("bên ủy ban ghi sao", ["kh-ubnd"]),
        ("KH-UBND", ["kh-ubnd"]),
        ("kế hoạch UBND tỉnh có bao nhiêu nhiệm vụ", ["kh-ubnd"]),
        ("theo ke hoach uy ban nhan dan tinh", ["kh-ubnd"]),
        ("UBND ghi mức nào", ["kh-ubnd"]),
        ("task 5 of the People's Committee", ["kh-ubnd"]),
        ("phụ lục II", ["kh-ubnd"]),
        ("Tỉnh ủy và UBND khác gì nhau", ["kh-tu", "kh-ubnd"]),
        ("TU với UBND", ["kh-tu", "kh-ubnd"]),
        ("chu ky so: tu vs ubnd", ["kh-tu", "kh-ubnd"]),
        ("từ UBND xã", []),
        ("Đảng ủy UBND tỉnh làm gì", []),
        ("Văn phòng UBND tỉnh theo dõi gì", []),
        ("UBND các xã, phường làm gì", []),
        ("Chủ tịch UBND tỉnh ban hành gì", []),
        ("UBND tỉnh phê duyệt đề án nào", []),
        ("sản phẩm là kế hoạch của UBND tỉnh phải không", []),
        ("quyết định của UBND tỉnh", []),
        ("kế hoạch đang triển khai", []),
        ("ke hoach dang trien khai", []),
        ("bên đang làm", []),
        ("từ tháng 6/2026", []),
        ("tu 2027 tro di", []),
    ],
)
def test_a_plan_is_named_by_its_issuer_where_the_context_says_so(text: str, plans: list[str]) -> None:
    assert values(text, "plan") == plans


def test_the_issuer_stays_an_agency_elsewhere() -> None:
    assert found("UBND tỉnh phê duyệt đề án nào") == [("agency", "UBND tỉnh", "UBND tỉnh")]


def test_an_annex_names_its_plan_and_its_part() -> None:
    assert found("Phụ lục I") == [("part", "Phụ lục I", "targets"), ("plan", "Phụ lục I", "kh-ubnd")]
    assert values("phụ lục 2 có mấy nhóm", "part") == ["tasks"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("đạt 80% hay 90 %", ["80%", "90%"]), ("bảy mươi phần trăm", ["70%"]), ("85 phần trăm rồi", ["85%"]), ("12 người", ["12"]),
     ("0,5% GRDP", ["0.5%"]), ("100 đến 200 chuyên gia", ["100", "200"]), ("mạng 6G tốc độ 1Gbps", []), ("Nghị quyết 71/NQ-CP", [])],
)  # fmt: skip
def test_numbers_are_written_one_way(text: str, numbers: list[str]) -> None:
    assert values(text, "number") == numbers


@pytest.mark.parametrize(
    ("noisy", "meant"),
    [("sở nội vuj làm gì trc 2027", [("agency", "Sở Nội vụ"), ("window", "before:/2026-12-31")]),
     ("xong tới cuối 2028", [("window", "until:/2028-12-31")]), ("cho toi viec 2028", [("window", "2028-01-01/2028-12-31")]),
     ("quys 2/2026", [("window", "2026-04-01/2026-06-30")]),
     ("nam nay so tai chinhs lam gi", [("window", "2026-01-01/2026-12-31"), ("agency", "Sở Tài chính")]),
     ("hnay CAT làm NV nào", [("window", "2026-05-10/2026-05-10"), ("agency", "Công an tỉnh"), ("part", "tasks")])],
)  # fmt: skip
def test_noise_hides_nothing(noisy: str, meant: list[tuple[str, str]]) -> None:
    assert [(kind, value) for kind, _, value in found(noisy)] == meant


NOISE = st.text(
    st.sampled_from("nhiệm vụ số 12 UBND tỉnh ủy mục IV.3 quý 2/2026 sở kh&cn 80% chur trif kế hoạhc ko "), max_size=60
)


@given(NOISE)
def test_spans_are_pieces_of_the_cleaned_text(raw: str) -> None:
    text = clean(raw)
    assert [s.text for s in find_spans(raw, TODAY)] == [text[s.start : s.end] for s in find_spans(raw, TODAY)]


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_at_all_can_be_read(raw: str) -> None:
    assert all(s.start < s.end for s in find_spans(raw, TODAY))


def test_keys_of_an_input_method_are_no_item_numbers() -> None:
    assert [s.value for s in find_spans("nhie65m vu5 do so73 nao2 chu3 tri2")] == ["tasks"]
    assert [s.value for s in find_spans("nhiem vu so61")] == ["tasks", "61"]
