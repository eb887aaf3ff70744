"""Search by nearness of meaning: inner products of unit vectors, in FAISS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EncoderError, SearchError
from knowledge.search.encoder import Encoder

Vectors = NDArray[np.float32]
Scores = NDArray[np.float32]

EXACT_UP_TO = 50_000
"""Up to this many vectors every one is compared (an exact index); beyond, a graph of neighbours (HNSW) finds nearly all of the best."""
CANDIDATES = 1_000


class Dense:
    """The vectors of a fixed list of texts; document i is `texts[i]`.

    Raises:
        SearchError: there is no text to index.
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        if not texts:
            raise SearchError("no text to index")
        self._encoder = encoder
        self._index = build_index(encoder.encode(texts))

    def scores(self, query: str) -> Scores:
        """Cosine similarity of the query with every text: shape (n,), in [-1, 1].

        Beyond `EXACT_UP_TO` texts only the nearest `CANDIDATES` are compared; the others are given the lowest similarity among these.
        """
        n = self._index.ntotal
        found = self.search(query, n if n <= EXACT_UP_TO else CANDIDATES)
        scores = np.full(n, found[-1][1], dtype=np.float32)
        scores[[i for i, _ in found]] = [s for _, s in found]
        return scores

    def search(self, query: str, k: int) -> list[tuple[int, float]]:
        """The k nearest texts, nearest first, as (index, cosine similarity)."""
        similarities, found = self._index.search(self._encode(query)[None, :], min(k, self._index.ntotal))
        return [(int(i), float(s)) for i, s in zip(found[0], similarities[0], strict=True) if i >= 0]

    def _encode(self, query: str) -> Vectors:
        vector: Vectors = self._encoder.encode([query])[0]
        if vector.shape[0] != self._index.d:
            raise EncoderError(
                f"the encoder gives {vector.shape[0]} dimensions, the index has {self._index.d}",
                encoder=vector.shape[0],
                index=self._index.d,
            )
        return vector


def build_index(vectors: Vectors) -> Any:
    """A FAISS inner-product index over `vectors`, float32 of shape (n, d): exact up to `EXACT_UP_TO` vectors, HNSW beyond."""
    n, d = vectors.shape
    index = faiss.IndexFlatIP(d) if n <= EXACT_UP_TO else faiss.IndexHNSWFlat(d, 32, faiss.METRIC_INNER_PRODUCT)
    index.add(vectors)
    return index
