"""Dense search agrees with every vector compared by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.errors import EncoderError, SearchError
from knowledge.search.dense import Dense
from knowledge.search.encoder import Encoder, unit
from knowledge.search.evaluation import RetrievalSet


class Numbered:
    """Encodes the text "7" as the seventh of a fixed set of random unit vectors."""

    def __init__(self, n: int, dimension: int) -> None:
        self.dimension = dimension
        self.vectors = unit(np.random.default_rng(3).standard_normal((n, dimension)).astype(np.float32))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return self.vectors[[int(text) for text in texts]]


def test_scores_are_the_cosine_similarities(data: RetrievalSet, encoder: Encoder) -> None:
    search = Dense(data.texts, encoder)
    vectors = encoder.encode(data.texts)
    for query in data.queries:
        np.testing.assert_allclose(search.scores(query), vectors @ encoder.encode([query])[0], atol=1e-6)


def test_search_gives_the_nearest_first(data: RetrievalSet, encoder: Encoder) -> None:
    search = Dense(data.texts, encoder)
    for query in data.queries:
        similarities = encoder.encode(data.texts) @ encoder.encode([query])[0]
        assert [i for i, _ in search.search(query, 3)] == np.argsort(-similarities, kind="stable")[:3].tolist()


def test_asking_for_more_than_there_is_gives_all(data: RetrievalSet, encoder: Encoder) -> None:
    found = Dense(data.texts, encoder).search("cảng", 1000)
    assert sorted(i for i, _ in found) == list(range(len(data.texts)))


@pytest.fixture(scope="module")
def large() -> tuple[Numbered, Dense]:
    numbered = Numbered(3000, 16)
    return numbered, Dense([str(i) for i in range(3000)], numbered, exact_up_to=1000)


def test_a_large_index_finds_most_of_the_nearest(large: tuple[Numbered, Dense]) -> None:
    numbered, coded = large
    exact = Dense([str(i) for i in range(3000)], numbered)
    shared = [
        len({i for i, _ in exact.search(q, 10)} & {i for i, _ in coded.search(q, 10)})
        for q in map(str, range(0, 3000, 60))
    ]
    assert sum(shared) / (10 * len(shared)) > 0.7  # directions drawn at random have no clusters: the hardest case


def test_a_large_index_scores_the_nearest_and_bounds_the_others(large: tuple[Numbered, Dense]) -> None:
    numbered, coded = large
    scores, true = coded.scores("5"), numbered.vectors @ numbered.vectors[5]
    assert int(scores.argmax()) == 5
    assert scores.shape == (3000,)
    assert int(np.isclose(scores, true, atol=0.02).sum()) >= 200
    assert float(scores.min()) >= float(np.sort(true)[0]) - 0.02


def test_a_large_index_needs_dimensions_in_pairs() -> None:
    with pytest.raises(EncoderError):
        Dense([str(i) for i in range(9)], Numbered(9, 5), exact_up_to=1)


def test_an_encoder_of_another_dimension_is_an_error() -> None:
    numbered = Numbered(10, 16)
    search = Dense([str(i) for i in range(10)], numbered)
    numbered.vectors = numbered.vectors[:, :8]
    with pytest.raises(EncoderError) as error:
        search.scores("1")
    assert error.value.details == {"encoder": 8, "index": 16}


def test_nothing_to_index_is_an_error(encoder: Encoder) -> None:
    with pytest.raises(SearchError):
        Dense([], encoder)
