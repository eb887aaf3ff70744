"""Search by words and by meaning at once: one weighted score, in which meaning counts for what the words leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.search.dense import Dense, Scores
from knowledge.search.encoder import Encoder, load_encoder
from knowledge.search.lexical import SCORED_UP_TO, Lexical

DENSE_WEIGHT = 0.3
"""Greatest share of the dense score. What it brings on several kinds of questions is in docs/adr/0003-serving-the-encoder.md."""
OPEN = 0.3
"""Share of a question's words, by rarity, that the best text by words has to lack for the dense score to have its full weight.

A few rare words that all stand in one text are looked for as words: with a fixed weight such questions lose 2 to 4 nDCG points."""
POOL = 200
"""How many of the best of each search are fused where not every text is scored."""


@dataclass(frozen=True)
class Hit:
    """A text that was found: its index among the texts and its score, between 0 and 1."""

    index: int
    score: float


class Hybrid:
    """Lexical and dense search over a fixed list of texts, fused; document i is `texts[i]`.

    `weight` is the greatest share of the dense score, from 0 (words alone) to 1 (meaning alone).

    Raises:
        ValueError: `weight` is outside 0..1.
        SearchError: there is no text to index.
        EncoderError: the encoder can not be loaded.
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder | None = None, weight: float = DENSE_WEIGHT) -> None:
        if not 0 <= weight <= 1:
            raise ValueError(f"weight must lie in 0..1, not {weight}")
        self.weight = weight
        self.lexical = Lexical(texts)
        self.dense = Dense(texts, encoder or load_encoder())

    def scores(self, query: str, weight: float | None = None) -> Scores:
        """Score every text: shape (n,), in 0..1; `weight` takes the place of the one that suits the question."""
        lexical = self.lexical.scores(query)
        return fuse(lexical, self.dense.scores(query), self._weight(query, int(lexical.argmax()), weight))

    def search(self, query: str, k: int, weight: float | None = None) -> list[Hit]:
        """The k best texts, best first; among equals the earlier text.

        Of a large index only the best `POOL` of each search are fused; what one of them did not find counts as its worst.
        """
        if self.lexical.n > SCORED_UP_TO:
            return self._pooled(query, k, weight)
        scores = self.scores(query, weight)
        best = np.argsort(-scores, kind="stable")[:k]
        return [Hit(int(i), float(scores[i])) for i in best]

    def _pooled(self, query: str, k: int, weight: float | None) -> list[Hit]:
        words, meaning = dict(self.lexical.search(query, max(k, POOL))), dict(self.dense.search(query, max(k, POOL)))
        texts = sorted(words.keys() | meaning.keys())
        far = min(meaning.values(), default=0.0)
        lexical = np.array([0.0, *(words.get(i, 0.0) for i in texts)], dtype=np.float32)
        dense = np.array([far, *(meaning.get(i, far) for i in texts)], dtype=np.float32)
        scores = fuse(lexical, dense, self._weight(query, next(iter(words), 0), weight))[1:]
        best = np.argsort(-scores, kind="stable")[:k]
        return [Hit(texts[i], float(scores[i])) for i in best]

    def _weight(self, query: str, best: int, weight: float | None) -> float:
        """The share of the dense score: less, the more of the question the best text by words holds."""
        if weight is not None:
            return weight
        return self.weight * min(1.0, (1 - self.lexical.covered(query, best)) / OPEN)


def fuse(lexical: Scores, dense: Scores, weight: float) -> Scores:
    """`weight` x dense + (1 - `weight`) x lexical, each first brought to 0..1 over the texts of this query."""
    fused: Scores = np.float32(weight) * _spread(dense) + np.float32(1 - weight) * _spread(lexical)
    return fused


def _spread(scores: Scores) -> Scores:
    """Scale so that the lowest score is 0 and the highest 1; scores that are all equal say nothing and become 0."""
    low, high = scores.min(), scores.max()
    spread: Scores = (scores - low) / (high - low) if high > low else np.zeros_like(scores)
    return spread
