"""Lexical search gives exactly the BM25 of its four families of terms."""

from collections import Counter
from itertools import pairwise
from math import log
from random import Random

import numpy as np
import pytest

from knowledge.errors import SearchError
from knowledge.search.evaluation import RetrievalSet
from knowledge.search.families import BIGRAM_WEIGHT
from knowledge.search.lexical import Lexical
from knowledge.search.postings import K1, B
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.text.tone import settle


def bm25(query: list[str], documents: list[list[str]]) -> np.ndarray:
    """The formula written out: idf(t) * tf / (tf + k1 * (1 - b + b * length / mean length)), summed over the query."""
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        counts = Counter(document)
        score = 0.0
        for term in query:
            holding = sum(term in other for other in documents)
            if counts[term]:
                idf = log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
                score += idf * counts[term] / (counts[term] + K1 * (1 - B + B * len(document) / mean))
        scores.append(score)
    return np.array(scores)


def families(query: list[str], documents: list[list[str]]) -> np.ndarray:
    pairs = [[f"{a} {b}" for a, b in pairwise(document)] for document in documents]
    return bm25(query, documents) + BIGRAM_WEIGHT * bm25([f"{a} {b}" for a, b in pairwise(query)], pairs)


def written(text: str) -> list[str]:
    return [settle(s.text.lower()) for s in syllables(text)]


def folded(text: str) -> list[str]:
    return [s.folded for s in syllables(text)]


def test_a_marked_question_gets_the_mean_of_written_and_folded_bm25(data: RetrievalSet) -> None:
    search = Lexical(data.texts)
    for query in ("Nước tưới cho lúa", "giấy tờ về đất, giấy chứng sinh, giấy phép", "tàu hàng của thành phố"):
        expected = families(written(query), [written(t) for t in data.texts])
        expected = (expected + families(folded(query), [folded(t) for t in data.texts])) / 2
        np.testing.assert_allclose(search.scores(query), expected, rtol=1e-5)


def test_a_word_is_scored_alike_however_many_ways_it_is_written_in() -> None:
    draw = Random(3)
    texts = [
        " ".join(draw.choices(["cá", "cá", "cá", "cà", "ca", "tàu", "biển"], k=draw.randint(1, 9))) for _ in range(150)
    ]
    search = Lexical(texts)
    for query in ("cá", "cá cá tàu", "cà biển cá", "cả cá", "ca cà"):
        expected = families(written(query), [written(t) for t in texts])
        expected = (expected + families(folded(query), [folded(t) for t in texts])) / 2
        np.testing.assert_allclose(search.scores(query), expected, rtol=1e-5)


def test_an_unmarked_question_gets_the_folded_bm25_alone(data: RetrievalSet) -> None:
    search = Lexical(data.texts)
    for query in ("nuoc tuoi cho lua", "GIAY TO VE DAT", "phan loai rac thu may"):
        expected = families(folded(query), [folded(t) for t in data.texts])
        np.testing.assert_allclose(search.scores(query), expected, rtol=1e-5)


def test_a_question_finds_the_same_with_and_without_diacritics(data: RetrievalSet) -> None:
    search = Lexical(data.texts)
    for query in data.queries:
        assert int(search.scores(query).argmax()) == int(search.scores(fold(query)).argmax())


def test_letter_case_and_unicode_form_do_not_matter() -> None:
    search = Lexical(["Đồng bằng", "Rừng núi"])
    composed = search.scores("đồng bằng").tolist()
    assert [search.scores(q).tolist() for q in ("ĐỒNG BẰNG", "đồng bằng", "đồ\u200bng  bằng")] == [composed] * 3


def test_old_and_new_places_of_the_tone_mark_are_one_spelling() -> None:
    search = Lexical(["thủy lợi xã Hòa Bình", "rừng núi"])
    assert search.scores("thuỷ lợi Hoà Bình").tolist() == search.scores("thủy lợi Hòa Bình").tolist()


def test_repeating_a_field_weighs_it_more() -> None:
    once = Lexical(["kênh tưới cho đồng lúa", "đường mới qua làng", "chợ hoa cuối năm"]).scores("kênh")
    twice = Lexical(["kênh kênh tưới cho đồng lúa", "đường mới qua làng", "chợ hoa cuối năm"]).scores("kênh")
    assert twice[0] > once[0] > 0


@pytest.mark.parametrize("query", ["", "?!", "zzz", "🙂", "\x00"])
def test_a_question_without_shared_words_scores_zero_everywhere(query: str) -> None:
    assert Lexical(["kênh tưới", "", "!"]).scores(query).tolist() == [0.0, 0.0, 0.0]


def test_texts_without_any_word_can_be_indexed() -> None:
    assert Lexical(["", "..."]).scores("kênh").tolist() == [0.0, 0.0]


def test_search_gives_the_best_texts_that_share_a_word() -> None:
    search = Lexical(["chợ hoa", "cảng biển", "biển", "cảng biển"])
    found = search.search("cang bien", 5)
    assert [i for i, _ in found] == [1, 3, 2]
    assert [s for _, s in found] == [search.scores("cang bien")[i] for i in (1, 3, 2)]


def test_the_words_of_a_question_that_a_text_holds_are_counted_by_rarity() -> None:
    search = Lexical(["cảng biển", "cảng cá", "kênh"])
    common, rare, unknown = (log(1 + (3 - held + 0.5) / (held + 0.5)) for held in (2, 1, 0))
    assert search.covered("cang bien", 0) == 1.0
    assert search.covered("CẢNG, biển!", 1) == pytest.approx(common / (common + rare))
    assert search.covered("kênh zzz", 2) == pytest.approx(rare / (rare + unknown))
    assert [search.covered(query, 0) for query in ("", "zzz", "kênh")] == [0.0, 0.0, 0.0]


def test_nothing_to_index_is_an_error() -> None:
    with pytest.raises(SearchError):
        Lexical([])
