"""Retrieval quality is computed by the book."""

from math import log2
from pathlib import Path

import pytest

from knowledge.errors import SearchError
from knowledge.search.evaluation import RetrievalSet, measure, ndcg, read_set, recall


def test_ndcg_discounts_by_rank() -> None:
    assert ndcg([7, 3, 5], {3, 5}) == pytest.approx((1 / log2(3) + 1 / log2(4)) / (1 / log2(2) + 1 / log2(3)))
    assert (ndcg([3, 5], {3, 5}), ndcg([1, 2], {3}), ndcg([], {3})) == (1.0, 0.0, 0.0)


def test_recall_is_the_share_found() -> None:
    assert (recall([1, 2], {2, 9}), recall([1], {1}), recall([], {1})) == (0.5, 1.0, 0.0)


def test_a_search_is_measured_over_all_questions() -> None:
    data = RetrievalSet(tuple("abc"), ("first", "last"), (frozenset({0}), frozenset({2})))
    quality = measure(lambda _, k: [0, 1, 2][:k], data)
    assert (quality.ndcg_at_10, quality.recall_at_1, quality.recall_at_10) == (pytest.approx((1 + 1 / 2) / 2), 0.5, 1.0)
    assert quality.ms > 0


def test_a_set_is_read_with_one_or_more_relevant_texts(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(
        '{"query": "x?", "relevant": "b"}\n{"doc": "a", "text": "á"}\n{"doc": "b", "text": "é"}\n'
        '{"query": "Ý?", "relevant": ["a", "b"]}\n',
        encoding="utf-8",
    )
    read = RetrievalSet(("á", "é"), ("x?", "Ý?"), (frozenset({1}), frozenset({0, 1})))
    assert read_set(file) == read
    assert read.without_diacritics().queries == ("x?", "y?")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", 1),
        ('{"doc": 1, "text": "a"}', 1),
        ('{"doc": 1, "text": "a"}\nnot json', 2),
        ('{"doc": 1, "text": "a"}\n{"query": "q"}', 2),
        ('{"doc": 1, "text": "a"}\n{"query": "q", "relevant": [2]}', 2),
        ('{"doc": 1, "text": "a"}\n{"query": "q", "relevant": []}', 2),
        ('{"doc": [1], "text": "a"}', 1),
        ('{"doc": 1, "text": "a"}\n{"query": "q", "relevant": [[1]]}', 2),
        ("5", 1),
    ],
)
def test_a_bad_set_is_refused_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SearchError) as error:
        read_set(file)
    assert error.value.details == {"file": str(file), "line": line}
