"""Search by shared words: BM25 over syllables and syllable bigrams, of the text as written and without diacritics.

Vietnamese words are mostly one or two syllables long, so bigrams stand in for word segmentation without its errors.
The diacritics-free families let "chuyen doi so" find "chuyển đổi số"; that is better than guessing the marks first.
What was measured is in docs/adr/0003-serving-the-encoder.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import bm25s  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import SearchError
from knowledge.text.normalise import clean
from knowledge.text.syllables import syllables
from knowledge.text.tone import settle

Scores = NDArray[np.float32]

K1 = 1.2
B = 0.75
BIGRAM_WEIGHT = 0.7
"""Weight of a bigram family against its syllable family. Of 0.3, 0.5, 0.7 and 1.0, 0.5 is best on encyclopedic
questions and 1.0 on names of public-service procedures, by 0.3 nDCG points or less; 0.7 loses least on both."""


class Lexical:
    """BM25 over a fixed list of texts; document i is `texts[i]`.

    A question with diacritics is scored by the mean of the written and the diacritics-free families, one without any by
    the latter alone: its syllables as written would only meet the few words that bear no mark.

    Raises:
        SearchError: there is no text to index.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        if not texts:
            raise SearchError("no text to index")
        forms = [_forms(text) for text in texts]
        self._written = _Families([written for written, _ in forms])
        self._folded = _Families([folded for _, folded in forms])

    def scores(self, query: str) -> Scores:
        """Score every text: shape (n,), 0 where nothing is shared, no upper bound."""
        written, folded = _forms(query)
        scores = self._folded.scores(folded)
        if written == folded:
            return scores
        return np.float32(0.5) * (scores + self._written.scores(written))


class _Families:
    """The syllables and the syllable bigrams of one form of the texts."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._syllables = _index(documents)
        self._bigrams = _index([_pairs(d) for d in documents])

    def scores(self, query: Sequence[str]) -> Scores:
        return _bm25(self._syllables, query) + np.float32(BIGRAM_WEIGHT) * _bm25(self._bigrams, _pairs(query))


def _forms(text: str) -> tuple[list[str], list[str]]:
    """The syllables of a text in lower case: as written, but for where the tone mark stands, and without diacritics."""
    found = syllables(clean(text))
    return [settle("".join(s.text.lower().split())) for s in found], [s.folded for s in found]


def _pairs(tokens: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(tokens)]


def _index(documents: Iterable[Sequence[str]]) -> Any:
    """Lucene's BM25 (Kamphuis et al., ECIR 2020, "Which BM25 do you mean?"), computed once per term and document."""
    index = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
    # The empty token stands for a text without terms: bm25s can not index an empty vocabulary.
    index.index([list(d) or [""] for d in documents], show_progress=False)
    return index


def _bm25(index: Any, query: Sequence[str]) -> Scores:
    scores: Scores = index.get_scores_from_ids(index.get_tokens_ids(list(query)))
    return scores
