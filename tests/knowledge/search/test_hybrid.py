"""Hybrid search is the weighted sum of both searches, each on a scale from 0 to 1."""

import numpy as np
import pytest

from knowledge.errors import SearchError
from knowledge.search import hybrid
from knowledge.search.encoder import Encoder
from knowledge.search.evaluation import RetrievalSet
from knowledge.search.hybrid import DENSE_WEIGHT, Hit, Hybrid, fuse


def scaled(scores: np.ndarray) -> np.ndarray:
    low, high = min(scores), max(scores)
    return np.array([(s - low) / (high - low) if high > low else 0 for s in scores])


def test_scores_are_the_weighted_sum(data: RetrievalSet, encoder: Encoder) -> None:
    search = Hybrid(data.texts, encoder)
    for query in (*data.queries, "", "zzz"):
        lexical, dense = scaled(search.lexical.scores(query)), scaled(search.dense.scores(query))
        expected = DENSE_WEIGHT * dense + (1 - DENSE_WEIGHT) * lexical
        np.testing.assert_allclose(search.scores(query, DENSE_WEIGHT), expected, atol=1e-6)


def test_meaning_counts_for_what_the_words_leave_open(encoder: Encoder) -> None:
    search = Hybrid(["cảng biển nước sâu", "kênh tưới", "chợ hoa", "thư viện"], encoder)
    words, both = search.scores("cang bien", 0.0), search.scores("cang bien", DENSE_WEIGHT)
    assert search.scores("cang bien").tolist() == words.tolist() != both.tolist()
    assert search.scores("cang zzz").tolist() == search.scores("cang zzz", DENSE_WEIGHT).tolist()


def test_the_ends_of_the_weight_are_the_searches_themselves() -> None:
    lexical, dense = np.float32([0, 4, 2]), np.float32([-0.5, 0.0, 0.5])
    assert fuse(lexical, dense, 0).tolist() == [0.0, 1.0, 0.5]
    assert fuse(lexical, dense, 1).tolist() == [0.0, 0.5, 1.0]


def test_search_gives_the_best_first_and_the_earlier_of_equals(encoder: Encoder) -> None:
    search = Hybrid(["cảng biển", "kênh tưới", "cảng biển"], encoder)
    assert search.search("cang bien", 2) == [Hit(0, pytest.approx(1)), Hit(2, pytest.approx(1))]


def test_every_question_of_the_set_finds_what_answers_it(data: RetrievalSet, encoder: Encoder) -> None:
    search = Hybrid(data.texts, encoder)
    assert [
        search.search(q, 1)[0].index in relevant for q, relevant in zip(data.queries, data.relevant, strict=True)
    ] == [True] * len(data.queries)


def test_a_large_index_finds_what_a_small_one_finds(
    data: RetrievalSet, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Hybrid(data.texts, encoder)
    small = [search.search(q, 2)[0].index for q in data.queries]
    monkeypatch.setattr(hybrid, "SCORED_UP_TO", 1)
    assert [search.search(q, 2)[0].index for q in data.queries] == small
    assert search.search("zzz", 3)[0].score <= 1


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_its_range_is_refused(weight: float, encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="weight"):
        Hybrid(["a"], encoder, weight)


def test_nothing_to_index_is_an_error(encoder: Encoder) -> None:
    with pytest.raises(SearchError):
        Hybrid([], encoder)
