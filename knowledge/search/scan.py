"""The best texts of a large lexical index in a millisecond or two: postings are read as far as they can still decide.

Vietnamese has few syllables: of the forty terms of a question ten stand in every eighth text or more, and reading all postings would be
most of the work. The texts are scored stretch by stretch. The better the best so far, the more of the frequent terms can no longer, all
together, lift a text among them (MaxScore: Turtle and Flood, 1995). Such terms are not read any more: for every eight texts their bounds
(`marks`) are added to the highest score that the other terms give, and only where that could be among the best they are looked up, the
most hopeful eight first. The result is exact. The loops are compiled by Numba.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numba
import numpy as np

from knowledge.search.marks import BLOCK, COARSE, add_block, mark
from knowledge.search.postings import LEVELS, Postings, Weights
from knowledge.search.terms import Ids

STRETCH = 2048
"""Blocks that are scored before the next ones are, so that their scores, 64 KB, stay in the processor's nearer caches."""
FIRST = 64
"""Blocks of the first stretch, all of whose postings are read; each further one is as long as all before, up to `STRETCH`."""
SLACK = np.float32(1.00001)
"""Sums of the same numbers in another order differ by less."""
HIGHEST = np.float32(LEVELS)
"""Highest level of a posting."""


class Scan:
    """Reads `postings` of `n` texts for the best. Making the first one compiles, a few seconds."""

    def __init__(self, postings: Sequence[Postings], n: int) -> None:
        self._postings = postings
        self._docs = tuple(p.docs for p in postings)
        self._levels = tuple(p.levels for p in postings)
        self._n = n
        self._marks = mark(postings, n)
        self.best({}, 1)

    def best(self, factors: Mapping[tuple[int, int], float], k: int) -> tuple[Ids, Weights]:
        """The k best texts that share a term and their scores, in no order; of equals the earlier is better.

        Factors are given by place in `postings` and term.
        """
        lists = []
        for (place, term), factor in factors.items():
            postings, row = self._postings[place], self._marks.rows[place].item(term)
            start, end = postings.starts.item(term), postings.starts.item(term + 1)
            lists.append((row >= 0, end - start, row, place, start, end, factor * postings.steps.item(term)))
        lists.sort()
        whole = np.array([fields[2:6] for fields in lists], dtype=np.int64).reshape(-1, 4)
        steps = np.array([step for *_, step in lists], dtype=np.float32)
        words, tops = self._marks.words, self._marks.tops
        found, scores = _best(self._docs, self._levels, words, tops, whole, steps, min(k, self._n), self._n)
        return found[found < self._n], scores[found < self._n]


@numba.njit(nogil=True)
def _best(docs, levels, words, tops, lists, steps, k, n):  # type: ignore[no-untyped-def]
    """`lists` are row (-1 for a rare term), place, start and end of each term, rare ones first and shorter ones before longer; `steps`
    what a level of it adds. What is not found is text n."""
    best, found = np.zeros(k, dtype=np.float32), np.full(k, n, dtype=np.int32)
    scores, bounds = np.empty((STRETCH, BLOCK), dtype=np.float32), np.empty(STRETCH, dtype=np.float32)
    chosen = np.empty(STRETCH, dtype=np.int32)
    at = lists[:, 2].copy()
    read, unread = len(lists), np.float32(0)  # how many terms are read, and what the others can give together
    start = 0
    while start < tops.shape[1]:
        end = min(tops.shape[1], start + min(STRETCH, max(FIRST, start)))
        these, highest = scores[: end - start], bounds[: end - start]
        while read and lists[read - 1, 0] >= 0 and unread + steps[read - 1] * HIGHEST <= best[0]:
            read -= 1
            unread += steps[read] * HIGHEST
        these[:] = 0
        for i in range(read):
            place = lists[i, 1]
            at[i] = _add(docs[place], levels[place], at[i], lists[i, 3], steps[i], these.reshape(-1), start * BLOCK)
        _highest(these, highest)
        for i in range(read, len(lists)):
            _add_tops(tops[lists[i, 0], start:end], steps[i] * (HIGHEST / np.float32(COARSE)), highest)
        hopeful = _hopeful(highest, best[0], chosen)
        _complete(levels, words, tops, lists, steps, read, start, these, highest, hopeful, best, found)
        start = end
    return found, best


@numba.njit(nogil=True)
def _add(docs, levels, p, last, step, scores, start):  # type: ignore[no-untyped-def]
    """Add the postings from `p` on of the texts from `start` on that `scores` are of; return where the next ones go on."""
    first, end = np.int32(start), np.int32(start + len(scores))
    at, last = np.uint64(p), np.uint64(last)  # an index that may be negative is checked at every access
    while at + np.uint64(4) <= last and docs[at + np.uint64(3)] < end:  # ascending: one look for four
        for _ in range(4):
            scores[np.uint32(docs[at] - first)] += step * np.float32(levels[at])
            at += np.uint64(1)
    while at < last and docs[at] < end:
        scores[np.uint32(docs[at] - first)] += step * np.float32(levels[at])
        at += np.uint64(1)
    return np.int64(at)


@numba.njit(nogil=True)
def _add_tops(tops, step, bounds):  # type: ignore[no-untyped-def]
    for block in range(len(tops)):
        bounds[block] += step * np.float32(tops[block])


@numba.njit(nogil=True)
def _highest(scores, highest):  # type: ignore[no-untyped-def]
    """The highest score of each block."""
    for block in range(len(scores)):
        top = np.float32(0)
        for d in range(BLOCK):
            top = max(top, scores[block, d])
        highest[block] = top


@numba.njit(nogil=True)
def _hopeful(bounds, least, chosen):  # type: ignore[no-untyped-def]
    """The blocks with a bound above `least`, the highest first; `chosen` is room for them."""
    count = 0
    for block in range(len(bounds)):
        if bounds[block] * SLACK > least:
            chosen[count] = block
            count += 1
    found = chosen[:count]
    return found[np.argsort(-bounds[found])]


@numba.njit(nogil=True)
def _complete(levels, words, tops, lists, steps, read, start, scores, bounds, hopeful, best, found):  # type: ignore[no-untyped-def]
    """Look the terms from `read` on up in the hopeful blocks of a stretch as long as these can hold one of the best; offer what they do."""
    for block in hopeful:
        if bounds[block] * SLACK <= best[0]:
            break
        these = scores[block]
        highest = np.float32(0)
        for d in range(BLOCK):
            highest = max(highest, these[d])
        rest = bounds[block] - highest
        for i in range(read, len(lists)):
            row = lists[i, 0]
            top = tops[row, start + block]
            if top:
                rest -= np.float32(top) * (steps[i] * (HIGHEST / np.float32(COARSE)))
                place = lists[i, 1]
                highest = add_block(words, row, start + block, levels[place], lists[i, 2], steps[i], these, highest)
                if (highest + rest) * SLACK <= best[0]:
                    break
        else:
            _offer(these, (start + block) * BLOCK, best, found)


@numba.njit(nogil=True)
def _offer(scores, start, best, found):  # type: ignore[no-untyped-def]
    """Take what is better than the last of the best, numbered from `start`: a heap with the worst on top, the later of equals."""
    k = len(best)
    for d in range(len(scores)):
        value, text = scores[d], start + d
        if value > best[0] or (value == best[0] and value > 0 and text < found[0]):
            at, child = 0, 1
            while child < k:
                right = child + 1
                if right < k and _worse(best, found, right, best[child], found[child]):
                    child = right
                if not _worse(best, found, child, value, text):
                    break
                best[at], found[at] = best[child], found[child]
                at, child = child, 2 * child + 1
            best[at], found[at] = value, text


@numba.njit(nogil=True)
def _worse(best, found, at, value, text):  # type: ignore[no-untyped-def]
    """Whether what stands in a heap is worse than a text of this score."""
    return best[at] < value or (best[at] == value and found[at] > text)
