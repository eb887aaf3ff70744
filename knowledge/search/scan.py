"""The best texts of a large lexical index in a few milliseconds: rare terms by their postings, frequent ones by a row of all texts.

Vietnamese has few syllables: of the forty terms of a question ten stand in every eighth text or more, and looking up where costs most
of the time. (Bounds that let a search skip frequent terms, as in MaxScore, hardly ever hold: measured, they cost more than they
spare.) A frequent term therefore also has a row with its level for every text, added sixteen texts at a time. The result is exact.
The loops are compiled by Numba.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numba
import numpy as np

from knowledge.search.postings import Levels, Postings, Weights
from knowledge.search.terms import Ids

FREQUENT = 1 / 8
"""Share of the texts from which on a term has a row: reading one costs about what so many postings do."""
BLOCK = 8192
"""Texts that are scored at a time, so that their scores stay in the processor's nearest cache."""


class Scan:
    """Reads `postings` of `n` texts for the best. Making the first one compiles, a few seconds."""

    def __init__(self, postings: Sequence[Postings], n: int) -> None:
        self._postings = postings
        self._docs = tuple(p.docs for p in postings)
        self._levels = tuple(p.levels for p in postings)
        self._n = n
        frequent = [
            (i, int(t)) for i, p in enumerate(postings) for t in np.flatnonzero(np.diff(p.starts) > FREQUENT * n)
        ]
        self._row = {term: row for row, term in enumerate(frequent)}
        self._rows: Levels = np.zeros((len(frequent), n), dtype=np.uint16)
        for row, (place, term) in zip(self._rows, frequent, strict=True):
            held = slice(*postings[place].starts[term : term + 2])
            row[postings[place].docs[held]] = postings[place].levels[held]
        self.best({}, 1)

    @property
    def bytes(self) -> int:
        """Memory of the rows of frequent terms."""
        return self._rows.nbytes

    def best(self, factors: Mapping[tuple[int, int], float], k: int) -> tuple[Ids, Weights]:
        """The k best texts that share a term and their scores, in no order; of equals the earlier is better.

        Factors are given by place in `postings` and term.
        """
        lists = []
        for (place, term), factor in factors.items():
            postings = self._postings[place]
            start, end = postings.starts[term : term + 2].tolist()
            lists.append((self._row.get((place, term), -1), place, start, end, factor * float(postings.steps[term])))
        lists.sort()  # rare terms, which have no row, first
        whole = np.array([fields[:4] for fields in lists], dtype=np.int64).reshape(-1, 4)
        steps = np.array([step for *_, step in lists], dtype=np.float32)
        found, scores = _best(self._docs, self._levels, self._rows, whole, steps, min(k, self._n), self._n)
        return found[scores > 0], scores[scores > 0]


@numba.njit(nogil=True)
def _best(docs, levels, rows, lists, steps, k, n):  # type: ignore[no-untyped-def]
    """`lists` are row (-1 for a rare term), place, start and end of each term, rare ones first; `steps` what a level of it adds."""
    rare = np.searchsorted(lists[:, 0], 0)
    read = lists[:, 2].copy()
    best = np.zeros(k, dtype=np.float32)
    found = np.full(k, -1, dtype=np.int32)
    block = np.empty(BLOCK, dtype=np.float32)
    for start in range(0, n, BLOCK):
        end = min(n, start + BLOCK)
        scores = block[: end - start]
        scores[:] = 0
        for i in range(rare):
            read[i] = _add(docs[lists[i, 1]], levels[lists[i, 1]], read[i], lists[i, 3], steps[i], scores, start)
        for i in range(rare, len(lists)):
            _add_row(rows[lists[i, 0], start:end], steps[i], scores)
        if _above(scores, best[0]):
            _take(scores, start, best, found)
    return found, best


@numba.njit(nogil=True)
def _add(docs, levels, p, last, step, scores, start):  # type: ignore[no-untyped-def]
    """Add the postings from `p` on that are of this block, whose first text is `start`; return where the next block goes on."""
    end = start + len(scores)
    while p < last and docs[p] < end:
        scores[docs[p] - start] += step * np.float32(levels[p])
        p += 1
    return p


@numba.njit(nogil=True)
def _add_row(row, step, scores):  # type: ignore[no-untyped-def]
    for d in range(len(row)):
        scores[d] += step * np.float32(row[d])


@numba.njit(nogil=True)
def _above(scores, least):  # type: ignore[no-untyped-def]
    """How many scores are higher: counted, because that is done for sixteen at a time, as finding the highest is not."""
    count = 0
    for value in scores:
        count += value > least
    return count


@numba.njit(nogil=True)
def _take(scores, start, best, found):  # type: ignore[no-untyped-def]
    """Take texts, numbered from `start`, that score more than the last of the best: a heap with the least on top, the later of equals."""
    k = len(best)
    least = best[0]
    for d in range(len(scores)):
        value = scores[d]
        if value > least:
            at, child = 0, 1
            while child < k:
                right = child + 1
                if right < k and (
                    best[right] < best[child] or (best[right] == best[child] and found[right] > found[child])
                ):
                    child = right
                if best[child] >= value:
                    break
                best[at], found[at] = best[child], found[child]
                at, child = child, 2 * child + 1
            best[at], found[at] = value, start + d
            least = best[0]
