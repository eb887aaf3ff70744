"""How examples are worded: which are so alike that being judged on one after learning from another flatters, and the register of each."""

from __future__ import annotations

from itertools import pairwise
from typing import List, Sequence

import numpy as np
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.text.repair import edits
from knowledge.text.syllables import syllables
from sklearn.feature_extraction.text import CountVectorizer

REGISTERS = ("with diacritics", "without diacritics", "short forms and slips", "english")
_ALIKE = 0.5
_AT_ONCE = 500


def groups(texts: Sequence[str]) -> List[int]:
    """Number the groups of texts that are alike: the same number for two that share half of their words and pairs of words.

    The share is Jaccard's, without diacritics; likeness is handed on, so that a chain of small changes is one group.
    """
    runs = CountVectorizer(analyzer=_runs, binary=True, dtype=np.float32).fit_transform(texts)
    sizes = np.asarray(runs.sum(axis=1)).ravel()
    first = list(range(len(texts)))
    for start in range(0, len(texts), _AT_ONCE):
        shared = (runs[start : start + _AT_ONCE] @ runs.T).tocoo()
        left, right = shared.row + start, shared.col
        near = shared.data >= _ALIKE * (sizes[left] + sizes[right] - shared.data)
        for a, b in zip(left[near].tolist(), right[near].tolist(), strict=True):
            one, other = _first(first, a), _first(first, b)
            first[max(one, other)] = min(one, other)
    return [_first(first, i) for i in range(len(texts))]


def register(text: str, english: bool) -> str:
    """Which of `REGISTERS` a message is in; one that repair changes has short forms or slips, diacritics or not."""
    cleaned = clean(text)
    if english:
        return "english"
    if edits(cleaned):
        return "short forms and slips"
    return "without diacritics" if fold(cleaned) == cleaned.lower() else "with diacritics"


def _runs(text: str) -> List[str]:
    words = [s.folded for s in syllables(clean(text))]
    return words + [" ".join(pair) for pair in pairwise(words)] or [text]


def _first(first: List[int], of: int) -> int:
    while first[of] != of:
        first[of] = first[first[of]]
        of = first[of]
    return of
