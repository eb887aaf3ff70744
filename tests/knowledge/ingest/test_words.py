"""No word of a source is lost, doubled or moved: checked on the real documents and on made-up tables."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.ingest.blocks import Line, Row, Scribe, Slot, join
from knowledge.ingest.drafts import Draft
from knowledge.ingest.flow import read_flow
from knowledge.ingest.readers import read
from knowledge.ingest.tables import read_tables
from knowledge.ingest.usage import Usage
from knowledge.records import PLANS
from knowledge.text.agencies import load_agencies
from knowledge.types import Plan


def spoken(plan: Plan) -> Counter[str]:
    cells = [s.title for s in plan.sections]
    for task in plan.tasks:
        cells += [task.title, task.lead, task.partners, task.product, task.timeframe]
    for target in plan.targets:
        cells += [c for c in (target.text, target.unit, target.result, target.monitor) if c]
    cells += [p.text for p in plan.body]
    return Counter(word for cell in cells for word in cell.text.split())


@pytest.mark.parametrize("name", ["kh-tu", "kh-ubnd"])
def test_records_and_structure_use_every_source_word_exactly_once(name: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue({"kh-tu": "party", "kh-ubnd": "committee"}[name])
    source = read(PLANS / "sources" / f"{name}.txt")
    assert sum(found.report.words.values()) == len(source.words)
    structure = sum(
        found.report.words[r]
        for r in ("header", "number", "heading", "bullet", "page number")
        if r in found.report.words
    )
    glued = sum(word.glued for word in source.words)
    assert spoken(found.plan).total() + structure + glued == len(source.words)


# Cells of a made-up row: a title, an agency, partners, a product and a time, cut into narrow lines as a PDF column does.
TITLES = (
    "Xây dựng cơ sở dữ liệu đất đai",
    "Triển khai bệnh án điện tử tại các bệnh viện",
    "Số hóa hồ sơ lưu trữ của tỉnh",
)
AGENCIES = ("Sở Khoa học và Công nghệ", "Công an tỉnh", "Sở Y tế", "Các sở, ban, ngành", "Sở Nông nghiệp và Môi trường")
PRODUCTS = ("Kế hoạch được phê duyệt", "Phần mềm", "Báo cáo tổng kết hằng năm")
TIMES = ("Năm 2026", "Quý II/2026", "Giai đoạn 2026-2030", "Thường xuyên", "Năm 2026 và các năm tiếp theo")
row = st.tuples(*map(st.sampled_from, (TITLES, AGENCIES, AGENCIES, PRODUCTS, TIMES)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(row, min_size=1, max_size=4), width=st.integers(8, 30))
def test_narrow_columns_are_put_together_again(rows: list[tuple[str, ...]], width: int) -> None:
    scribe = Scribe()
    lines = [
        Line(
            scribe.write("STT Nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Sản phẩm Thời gian thực hiện", "L", 1), 1, False
        )
    ]
    for number, cells in enumerate(rows, 1):
        lines.append(Line(scribe.write(str(number), "L", len(lines) + 1), 1, False))
        for cell in cells:
            pieces = wrap(cell, width)
            for i, piece in enumerate(pieces):
                wrapped = i + 1 < len(pieces)
                lines.append(Line(scribe.write(piece + " " * wrapped, "L", len(lines) + 1), 0, wrapped))
    draft, usage = Draft(), Usage()
    read_flow(lines, draft, load_agencies(), usage)
    assert usage.unused(scribe.words) == ()
    kinds = ("title", "lead", "partners", "product", "timeframe")
    assert [tuple(join(found.cells[kind]) for kind in kinds) for found in draft.tasks] == rows


@given(table=st.lists(st.tuples(*[st.text(st.characters(categories=("L",)), max_size=6)] * 3), min_size=1, max_size=6))
def test_tables_keep_every_word_whatever_their_cells_hold(table: list[tuple[str, ...]]) -> None:
    scribe = Scribe()
    header = Row(tuple(Slot(scribe.write(text, "L", 1)) for text in ("Nhiệm vụ", "Chủ trì", "Thời hạn")), 1)
    rows = [header] + [
        Row(tuple(Slot(scribe.write(text, "L", n)) for text in texts), 1) for n, texts in enumerate(table, 2)
    ]
    usage = Usage()
    read_tables([rows], Draft(), usage)
    assert usage.unused(scribe.words) == ()


def wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
