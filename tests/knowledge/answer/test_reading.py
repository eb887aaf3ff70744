"""What a question is about: subject words are told from words of form with the same letters."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.answer.reading import content_words, dated, read
from knowledge.types import Question


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ai lo vệ tinh", "ve tinh"),
        ("ve tinh thi ai lo", "ve tinh"),
        ("y te thi sao", "y te"),
        ("bán dẫn", "ban dan"),
        ("chu ky so bao nhieu", "chu ky so"),
        ("vụ công dân số", "cong dan so"),
        ("chi tieu nhan luc", "nhan luc"),
        ("luc nao xong SOC", "soc"),
        ("bình dân học vụ số", "binh dan hoc vu so"),
        ("thất nghiệp", "that nghiep"),
        ("thật nghiệp", "nghiep"),
        ("trong đó có số nào", ""),
        ("bạn ơi cho mình hỏi về tỉnh", ""),
    ],
)
def test_a_word_of_form_counts_where_it_is_part_of_a_term_of_the_plans_or_is_marked_as_another_word(
    text: str, words: str
) -> None:
    assert " ".join(content_words(text)) == words


def test_times_that_count_from_today_are_dated() -> None:
    question = dated(Question("việc nào xong trong quý 3 năm nay"), date(2026, 5, 15))
    assert [s.value for s in question.spans if s.kind == "window"] == ["2026-07-01/2026-09-30"]
    assert dated(Question("ai chủ trì SOC"), date(2026, 5, 15)) == Question("ai chủ trì SOC")


def test_courtesies_are_no_subject() -> None:
    found = [read(Question(text)).content for text in ("hi bot, SOC ai làm vậy? Cảm ơn nhiều ạ", "SOC ai làm vậy?")]
    assert found == [("soc",), ("soc",)]
