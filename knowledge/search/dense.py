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
"""Up to this many vectors every one is compared; beyond, a graph of neighbours (HNSW) finds nearly all of the best."""
CANDIDATES = 1_000
"""How many neighbours are scored where not every vector is compared."""
LINKS, EXPLORED = 32, 128
"""Links of each vector in the graph, and how many of the best so far a search keeps open."""


class Dense:
    """The vectors of a fixed list of texts; document i is `texts[i]`.

    Raises:
        SearchError: there is no text to index.
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder, exact_up_to: int = EXACT_UP_TO) -> None:
        if not texts:
            raise SearchError("no text to index")
        self._encoder = encoder
        self._exact = len(texts) <= exact_up_to
        self._index = build_index(encoder.encode(texts), self._exact)

    def scores(self, query: str) -> Scores:
        """Cosine similarity of the query with every text: shape (n,), in [-1, 1].

        Beyond `exact_up_to` texts only the nearest `CANDIDATES` are compared, and the others are given the lowest
        similarity among these.
        """
        n = self._index.ntotal
        found = self.search(query, n if self._exact else CANDIDATES)
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


def build_index(vectors: Vectors, exact: bool) -> Any:
    """A FAISS inner-product index over `vectors`, float32 of shape (n, d): every vector compared, or a graph (HNSW)."""
    dimension = vectors.shape[1]
    index: Any
    if exact:
        index = faiss.IndexFlatIP(dimension)
    else:
        index = faiss.IndexHNSWFlat(dimension, LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efSearch = EXPLORED
    index.add(vectors)
    return index
