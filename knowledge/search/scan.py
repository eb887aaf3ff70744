"""The best texts of a large lexical index in a millisecond or two: rare terms by their postings, frequent ones only where they decide.

Vietnamese has few syllables: of the forty terms of a question ten stand in every eighth text or more, and reading all of these would
be most of the work. A frequent term has a row with its level for every text, and one with the highest level of every sixteen texts.
All rare terms are added first, text by text; with the highest levels of the frequent ones on top, hardly any sixteen texts can still
hold one of the best, and only in these the rows are read. (Bounds for rare terms too, as in BlockMax-WAND, were measured: the texts
that they spare cost less to score than the bounds do.) The result is exact. The loops are compiled by Numba.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numba
import numpy as np
from numpy.typing import NDArray

from knowledge.search.postings import LEVELS, Levels, Postings, Weights
from knowledge.search.terms import Ids

FREQUENT = 1 / 8
"""Share of the texts from which on a term has rows."""
BLOCK = 16
"""Texts with one highest level: as many as are added at a time."""
STRETCH = 512
"""Blocks that are scored before the next ones are, so that their scores stay in the processor's nearest cache."""
COARSE = 255
"""Highest level in a row of blocks, a byte; levels are rounded up to it."""
SLACK = np.float32(1.00001)
"""Sums of the same numbers in another order differ by less."""
MANY = 1 / 8
"""Share of the blocks from which on a row is read through: looking blocks up costs more each."""
SEEDS = 16
"""Blocks that are scored beforehand, so that it is known from the start how good a text must be."""


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
        blocks = -(-n // BLOCK)
        self._rows: Levels = np.zeros((len(frequent), blocks, BLOCK), dtype=np.uint16)
        self._tops: NDArray[np.uint8] = np.zeros((len(frequent), blocks), dtype=np.uint8)
        for row, top, (place, term) in zip(self._rows, self._tops, frequent, strict=True):
            held = slice(*postings[place].starts[term : term + 2])
            row.reshape(-1)[postings[place].docs[held]] = postings[place].levels[held]
            top[:] = np.ceil(row.max(axis=1) * (COARSE / LEVELS))
        self.best({}, 1)

    @property
    def bytes(self) -> int:
        """Memory of the rows of frequent terms."""
        return self._rows.nbytes + self._tops.nbytes

    def best(self, factors: Mapping[tuple[int, int], float], k: int) -> tuple[Ids, Weights]:
        """The k best texts that share a term and their scores, in no order; of equals the earlier is better.

        Factors are given by place in `postings` and term.
        """
        lists = []
        for (place, term), factor in factors.items():
            postings = self._postings[place]
            start, end = postings.starts[term : term + 2].tolist()
            row = self._row.get((place, term), -1)
            lists.append((row >= 0, end - start, row, place, start, end, factor * float(postings.steps[term])))
        lists.sort()
        whole = np.array([fields[2:6] for fields in lists], dtype=np.int64).reshape(-1, 4)
        steps = np.array([step for *_, step in lists], dtype=np.float32)
        found, scores = _best(self._docs, self._levels, self._rows, self._tops, whole, steps, min(k, self._n), self._n)
        return found[found < self._n], scores[found < self._n]


@numba.njit(nogil=True)
def _best(docs, levels, rows, tops, lists, steps, k, n):  # type: ignore[no-untyped-def]
    """`lists` are row (-1 for a rare term), place, start and end of each term, rare ones first and shorter ones before longer; `steps`
    what a level of it adds. What is not found is text n."""
    rare = np.sum(lists[:, 0] < 0)
    least = _least(docs, levels, rows, lists, steps, rare, k, n)
    best, found = np.full(k, least, dtype=np.float32), np.full(k, n, dtype=np.int32)
    read = lists[:, 2].copy()
    scores = np.empty((STRETCH, BLOCK), dtype=np.float32)
    bounds = np.empty(STRETCH, dtype=np.float32)
    for start in range(0, tops.shape[1], STRETCH):
        these = scores[: tops.shape[1] - start]
        highest = bounds[: len(these)]
        these[:] = 0
        for i in range(rare):
            place, last = lists[i, 1], lists[i, 3]
            read[i] = _add(docs[place], levels[place], read[i], last, steps[i], these.reshape(-1), start * BLOCK)
        _highest(these, highest)
        for i in range(rare, len(lists)):
            _add_row(tops[lists[i, 0], start : start + len(these)], steps[i] * np.float32(LEVELS / COARSE), highest)
        worth = highest * SLACK > best[0]
        if np.sum(worth) > MANY * len(these):
            for i in range(rare, len(lists)):
                _add_row(rows[lists[i, 0], start : start + len(these)].reshape(-1), steps[i], these.reshape(-1))
            _highest(these, highest)
            worth = highest > best[0]
        else:
            for block in np.flatnonzero(worth):
                for i in range(rare, len(lists)):
                    _add_block(rows, lists[i, 0], start + block, steps[i], these, block)
        for block in np.flatnonzero(worth):
            _offer(these[block], (start + block) * BLOCK, best, found)
    return found, best


@numba.njit(nogil=True)
def _least(docs, levels, rows, lists, steps, rare, k, n):  # type: ignore[no-untyped-def]
    """A score that the k best reach: that of the k-th in the blocks to which the rarest terms point."""
    hopes = np.zeros(rows.shape[1], dtype=np.float32)
    looked = 0
    for i in range(rare):
        looked += lists[i, 3] - lists[i, 2]
        if i and looked > len(hopes) // 2:
            break
        place = lists[i, 1]
        for p in range(lists[i, 2], lists[i, 3]):
            hopes[docs[place][p] // BLOCK] += steps[i] * np.float32(levels[place][p])
    seeds = np.full(SEEDS + k // BLOCK, len(hopes), dtype=np.int32)
    _offer(hopes, 0, np.zeros(len(seeds), dtype=np.float32), seeds)
    best, found = np.zeros(k, dtype=np.float32), np.full(k, n, dtype=np.int32)
    scores = np.empty((1, BLOCK), dtype=np.float32)
    for block in seeds:
        if block < len(hopes):
            scores[:] = 0
            for i in range(rare):
                place, last = lists[i, 1], lists[i, 3]
                p = _first(docs[place], lists[i, 2], last, block * BLOCK)
                _add(docs[place], levels[place], p, last, steps[i], scores[0], block * BLOCK)
            for i in range(rare, len(lists)):
                _add_block(rows, lists[i, 0], block, steps[i], scores, 0)
            _offer(scores[0], block * BLOCK, best, found)
    return best[0] / SLACK


@numba.njit(nogil=True)
def _first(docs, p, last, start):  # type: ignore[no-untyped-def]
    """The first posting of the texts from `start` on."""
    while p < last:
        middle = (p + last) // 2
        if docs[middle] < start:
            p = middle + 1
        else:
            last = middle
    return p


@numba.njit(nogil=True)
def _add(docs, levels, p, last, step, scores, start):  # type: ignore[no-untyped-def]
    """Add the postings from `p` on of the texts from `start` on that `scores` are of; return where the next ones go on."""
    first, end = np.int32(start), np.int32(start + len(scores))
    at, last = np.uint64(p), np.uint64(last)  # an index that may be negative is checked at every access
    while at < last and docs[at] < end:
        scores[np.uint32(docs[at] - first)] += step * np.float32(levels[at])
        at += np.uint64(1)
    return np.int64(at)


@numba.njit(nogil=True)
def _add_row(row, step, scores):  # type: ignore[no-untyped-def]
    for d in range(len(row)):
        scores[d] += step * np.float32(row[d])


@numba.njit(nogil=True)
def _add_block(rows, row, block, step, scores, at):  # type: ignore[no-untyped-def]
    """Add what a frequent term gives to the texts of one block."""
    for d in range(BLOCK):
        scores[at, d] += step * np.float32(rows[row, block, d])


@numba.njit(nogil=True)
def _highest(scores, highest):  # type: ignore[no-untyped-def]
    """The highest score of each block."""
    for block in range(len(scores)):
        top = np.float32(0)
        for d in range(BLOCK):
            top = max(top, scores[block, d])
        highest[block] = top


@numba.njit(nogil=True)
def _offer(scores, start, best, found):  # type: ignore[no-untyped-def]
    """Take what scores more than the last of the best, numbered from `start`: a heap with the least on top, the later of equals."""
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
