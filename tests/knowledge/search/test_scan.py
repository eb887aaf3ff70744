"""At size, lexical search finds what scoring every text finds."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from random import Random

import numpy as np
import pytest

from knowledge.search.lexical import Lexical
from knowledge.text.syllables import words

SYLLABLES = words("kênh mương tưới tiêu đồng lúa cảng biển tàu hàng thư viện sách báo cá cà ca cả của và các có được")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    draw = Random(5)
    return [" ".join(draw.choices(SYLLABLES, k=draw.randint(0, 12))) for _ in range(20_500)]


@pytest.fixture(scope="module")
def scanned(texts: list[str]) -> Lexical:
    return Lexical(texts, scored_up_to=100)


QUERIES = (
    "kênh tưới đồng lúa của các",
    "ca ca ca",
    "cả cá",
    "thu vien sach bao",
    "tàu",
    "",
    "zzz",
    "cà zzz tàu hàng và",
)


def ranked(scores: np.ndarray, k: int) -> list[int]:
    return [int(i) for i in np.lexsort((np.arange(len(scores)), -scores))[:k] if scores[i] > 0]


@pytest.mark.parametrize(("query", "k"), list(product(QUERIES, (1, 10, 300))))
def test_the_best_are_those_of_all_scores(scanned: Lexical, query: str, k: int) -> None:
    scores = scanned.scores(query)
    found = scanned.search(query, k)
    np.testing.assert_allclose([s for _, s in found], np.sort(scores)[::-1][: len(found)], rtol=1e-5)
    np.testing.assert_allclose([s for _, s in found], scores[[i for i, _ in found]], rtol=1e-5)
    assert len(found) == len(ranked(scores, k))


def test_of_equal_texts_the_earlier_comes_first() -> None:
    search = Lexical(["tàu hàng", "cảng", "tàu hàng"] * 50, scored_up_to=10)
    assert [i for i, _ in search.search("tau hang", 5)] == [0, 2, 3, 5, 6]


def test_of_equal_texts_the_earlier_comes_first_also_where_bounds_decide() -> None:
    search = Lexical(["tàu hàng", "cảng", "tàu hàng của", "cảng của"] * 3000, scored_up_to=10)
    assert [i for i, _ in search.search("tàu hàng", 5)] == [0, 4, 8, 12, 16]
    assert [i for i, _ in search.search("cang cua", 5)] == [3, 7, 11, 15, 19]


def test_small_and_large_indexes_find_the_same(texts: list[str], scanned: Lexical) -> None:
    small = Lexical(texts, scored_up_to=len(texts))
    for query in QUERIES:
        expected = [s for _, s in small.search(query, 20)]
        assert [s for _, s in scanned.search(query, 20)] == pytest.approx(expected, abs=1e-3)


def test_threads_do_not_disturb_each_other(scanned: Lexical) -> None:
    alone = [scanned.search(query, 10) for query in QUERIES]
    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(lambda _: [scanned.search(query, 10) for query in QUERIES], range(20)):
            assert found == alone
