"""Values in sentences: what counts as one, its operator, its unit, and what it measures."""

from __future__ import annotations

import pytest

from knowledge.ingest.values import values_in, values_of_row
from knowledge.types import TargetValue

SENTENCES = {
    "Tỷ lệ hồ sơ đạt tối thiểu trên 70%.": [TargetValue(">", 70.0, "%", "tối thiểu trên 70%", None, "Tỷ lệ hồ sơ")],
    "Thu hút không quá 5 dự án.": [TargetValue("<=", 5.0, "dự án", "không quá 5 dự án", None, "Thu hút")],
    "Giảm chi phí xuống dưới 15% doanh thu.": [TargetValue("<", 15.0, "%", "xuống dưới 15%", None, "Giảm chi phí")],
    "Vốn đầu tư đạt 2,5 tỷ đồng": [TargetValue("=", 2.5, "tỷ đồng", "2,5 tỷ đồng", None, "Vốn đầu tư")],
    "Đào tạo từ 100 đến 200 chuyên gia": [
        TargetValue("range", 100.0, "chuyên gia", "từ 100 đến 200 chuyên gia", 200.0, "Đào tạo")
    ],
    "Đến năm 2030 hoàn thành mạng 6G theo Nghị quyết số 57-NQ/TW": [],
    "Hình thành Trung tâm Đổi mới sáng tạo.": [],
}


@pytest.mark.parametrize("sentence", SENTENCES, ids=list(SENTENCES))
def test_values_of_a_sentence(sentence: str) -> None:
    assert list(values_in(sentence)) == SENTENCES[sentence]


def test_the_result_column_measures_the_sentence_and_takes_the_unit_column() -> None:
    assert values_of_row("Công dân số", "%", "≥ 80") == (TargetValue(">=", 80.0, "%", "≥ 80", None, "Công dân số"),)


def test_a_value_that_repeats_the_result_is_not_counted_twice() -> None:
    (value,) = values_of_row("Mỗi xã có ít nhất 01 điểm đổi mới sáng tạo", "Điểm/xã", "≥ 01")
    assert (value.operator, value.value, value.unit) == (">=", 1.0, "Điểm/xã")


def test_a_result_without_a_number_has_no_value() -> None:
    assert values_of_row("Triển khai mạng viễn thông vệ tinh", "", "Triển khai") == ()
