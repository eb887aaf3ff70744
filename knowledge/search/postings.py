"""The inverted index of BM25: for each term the texts that hold it and what it adds to their score, computed once.

Lucene's BM25 (Kamphuis et al., ECIR 2020, "Which BM25 do you mean?"); weights are stored instead of counts, as in bm25s
(Lù, 2024), so that a question only adds them up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import SearchError
from knowledge.search.terms import Codes, Ids

K1 = 1.2
B = 0.75

Places = NDArray[np.int64]
Weights = NDArray[np.float32]
Levels = NDArray[np.uint16]

LEVELS = 65_535
"""What a rounded weight may be: closer to the true one than sums of floats in another order are to each other, in half the room."""


@dataclass(frozen=True)
class Postings:
    """Terms by ascending code. Term t stands in the texts `docs[starts[t]:starts[t + 1]]`, ascending, and adds
    `steps[t]` times `levels`, alike, to their scores."""

    codes: Codes
    starts: Places
    docs: Ids
    levels: Weights | Levels
    steps: Weights

    def find(self, codes: Codes) -> Places:
        """Index of each term, -1 for one that no text holds."""
        if not len(self.codes):
            return np.full(len(codes), -1, dtype=np.int64)
        at = np.searchsorted(self.codes, codes).clip(max=len(self.codes) - 1)
        return np.where(self.codes[at] == codes, at, -1)

    def taken(self, terms: Places) -> Postings:
        """The postings of these terms, in this order."""
        sizes = np.diff(self.starts)[terms]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        entries = np.repeat(self.starts[terms] - starts[:-1], sizes)
        entries += np.arange(starts[-1])
        return Postings(self.codes[terms], starts, self.docs[entries], self.levels[entries], self.steps[terms])

    def keys(self, n: int) -> Codes:
        """A number for each posting, ascending: of its term's index, then of its text among `n`."""
        keys = np.repeat(np.arange(len(self.codes)) * n, np.diff(self.starts))
        keys += self.docs
        return keys

    def rounded(self) -> Postings:
        """The same with levels from 0 to `LEVELS`, as a large index keeps them."""
        highest = np.maximum.reduceat(self.levels, self.starts[:-1]) if len(self.codes) else self.steps
        steps = (highest / np.float32(LEVELS)).astype(np.float32)
        levels = self.levels / np.repeat(steps, np.diff(self.starts))
        return Postings(self.codes, self.starts, self.docs, np.rint(levels, out=levels).astype(np.uint16), steps)


def invert(codes: Codes, doc: Ids, lengths: Ids) -> Postings:
    """Index terms by code: `codes[i]` stands in text `doc[i]`, `lengths` are the numbers of terms of each text.

    Code and text are packed into one number and sorted as such, many times faster than sorting by two columns.

    Raises:
        SearchError: too many texts and terms to number their pairs in 63 bits.
    """
    n = len(lengths)
    if (int(codes.max(initial=0)) + 1) * n >= 2**63:
        raise SearchError("too many texts and different words for one index", texts=n)
    keys = codes * n
    keys += doc
    keys.sort()
    keys, times = _runs(keys)
    code = keys // n
    docs = (keys - code * n).astype(np.int32)
    del keys
    terms, held = _runs(code)
    del code
    rarity = np.asarray(idf(n, held), dtype=np.float32)
    norms = (K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1e-9))).astype(np.float32)
    weights = times.astype(np.float32)
    weights /= weights + norms[docs]
    weights *= np.repeat(rarity, held)
    starts = np.concatenate(([0], np.cumsum(held)))
    return Postings(terms, starts, docs, weights, np.ones(len(terms), dtype=np.float32))


def idf(n: int, held: Any) -> Any:
    """Lucene's rarity of a term, or of each of an array of them, that `held` of `n` texts hold."""
    return np.log(1 + (n - held + 0.5) / (held + 0.5))


def _runs(values: Codes) -> tuple[Codes, Places]:
    """The different values of a sorted array, and how often each stands there."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    first = np.flatnonzero(changes)
    return values[first], np.diff(first, append=len(values))
