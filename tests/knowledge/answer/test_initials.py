"""Short forms that nobody defined are read as words of the plans by their initials, where the question leaves no doubt."""

from __future__ import annotations

import pytest

from knowledge.answer.initials import written_out
from knowledge.answer.reading import content_words, read
from knowledge.types import Question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khung KTDL số", "khung kiến trúc dữ liệu số"),
        ("ttđmst ai làm", "trung tâm đổi mới sáng tạo ai làm"),
        ("XH DTI nhóm mấy", "xếp hạng DTI nhóm mấy"),
        ("NL xanh có ai đầu tư", "năng lượng xanh có ai đầu tư"),
        ("xh dti nhom may", "xep hang dti nhom may"),
        ("KNS nâng cao", "kỹ năng số nâng cao"),
        ("KNS CB của cán bộ", "kỹ năng số cơ bản của cán bộ"),  # what is written out tells of its neighbour
        ("KQXS hôm nay", "KQXS hôm nay"),  # no words of the plans
        ("XH", "XH"),  # too little to go by
        ("SOC và LGSP", "SOC và LGSP"),  # the plans' own
        ("ai làm", "ai làm"),  # a syllable
    ],
)
def test_a_short_form_is_written_out_by_the_plans_own_words(typed: str, meant: str) -> None:
    assert written_out(typed, content_words(typed)) == meant


def test_a_question_is_searched_with_its_short_forms_and_english_words_in_the_plans_words() -> None:
    asked = ("ttđmst ai làm", "hạ tầng data dùng chung", "how is data shared")
    assert [read(Question(text)).content for text in asked] == [
        ("trung", "tam", "doi", "moi", "sang", "tao"),
        ("ha", "tang", "du", "lieu", "dung", "chung"),
        ("du", "lieu", "chia"),
    ]
