"""Where frequent terms stand: a bit for every text, and a bound on what any eight of them are given.

With these a text is looked up, or eight are ruled out, without reading the postings of the term, which may be those of every other text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from knowledge.search.postings import LEVELS, Postings
from knowledge.search.terms import Ids

FREQUENT = 1 / 32
"""Share of the texts from which on a term is marked. Marks of terms half as frequent are as large again and save nothing."""
BLOCK = 8
"""Texts with one bound."""
WORD = 32
"""Texts in a word of bits."""
COARSE = 255
"""Highest bound, a byte: levels are rounded up to it."""


@dataclass(frozen=True)
class Marks:
    """The frequent terms of several `postings`. `rows[place][term]` is the row of a term, -1 for a rare one.

    `words[row, w]` holds the number of the term's postings before the texts from `WORD` w on, and a bit for each of these. `tops[row, b]`
    is at least the highest level among the texts from `BLOCK` b on, counted in `COARSE` steps.
    """

    rows: tuple[Ids, ...]
    words: NDArray[np.uint32]
    tops: NDArray[np.uint8]


def mark(postings: Sequence[Postings], n: int) -> Marks:
    """Mark the frequent terms of an index of `n` texts, whose levels are rounded."""
    sizes = [np.diff(p.starts) for p in postings]
    frequent = [held > FREQUENT * n for held in sizes]
    ends = np.cumsum([marked.sum() for marked in frequent])
    rows = [np.full(len(marked), -1, dtype=np.int32) for marked in frequent]
    length = -(-n // WORD)
    words = np.zeros((ends[-1], length, 2), dtype=np.uint32)
    tops = np.zeros((ends[-1], length * (WORD // BLOCK)), dtype=np.uint8)
    for p, marked, row, end in zip(postings, frequent, rows, ends.tolist(), strict=True):
        terms = np.flatnonzero(marked)
        row[terms] = np.arange(end - len(terms), end)
        for term in terms.tolist():
            held = slice(*p.starts[term : term + 2].tolist())
            _mark(p.docs[held], p.levels[held], words[row[term]], tops[row[term]])
    return Marks(tuple(rows), words, tops)


@numba.njit(nogil=True)
def _mark(docs, levels, words, tops):  # type: ignore[no-untyped-def]
    for d, level in zip(docs, levels):  # noqa: B905 - Numba knows no strict
        words[d // WORD, 1] |= np.uint32(1) << np.uint32(d % WORD)
        tops[d // BLOCK] = max(tops[d // BLOCK], np.uint8(np.ceil(level * (COARSE / LEVELS))))
    before = np.uint32(0)
    for word in words:
        word[0] = before
        before += ones(word[1])


@numba.njit(nogil=True, inline="always")  # a call that passes arrays costs more than what is done here
def add_block(words, row, block, levels, start, step, scores, highest):  # type: ignore[no-untyped-def]
    """Add what a frequent term, whose levels begin at `start`, gives to the texts of one block; the highest score, so far `highest`."""
    word = block // (WORD // BLOCK)
    shift = np.uint32(BLOCK * (block % (WORD // BLOCK)))
    bits = words[row, word, 1]
    at = start + np.int64(words[row, word, 0]) + np.int64(ones(bits & ((np.uint32(1) << shift) - np.uint32(1))))
    bits >>= shift
    for d in range(BLOCK):
        if bits & (np.uint32(1) << np.uint32(d)):
            scores[d] += step * np.float32(levels[at])
            highest = max(highest, scores[d])
            at += 1
    return highest


@numba.njit(nogil=True, inline="always")
def ones(bits):  # type: ignore[no-untyped-def]
    """The number of bits set among 32: pairs, then fours, then bytes are added up (Warren, Hacker's Delight, 5-1)."""
    pairs = np.uint32(bits - ((bits >> np.uint32(1)) & np.uint32(0x55555555)))
    fours = np.uint32((pairs & np.uint32(0x33333333)) + ((pairs >> np.uint32(2)) & np.uint32(0x33333333)))
    bytes_ = np.uint32((fours + (fours >> np.uint32(4))) & np.uint32(0x0F0F0F0F))
    return np.uint32(bytes_ * np.uint32(0x01010101)) >> np.uint32(24)
