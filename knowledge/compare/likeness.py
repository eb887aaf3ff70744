"""How far two texts speak of the same thing: shared syllable pairs and acronyms, rare ones weighing more.

A pair of syllables is about what a word is in Vietnamese; an acronym ("DTI", "SOC") names its subject all by itself.
Weights are inverse document frequencies over the plans at hand, so "tỉnh Đồng Nai" counts for little and "chữ ký số"
for much.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from knowledge.text.syllables import syllables

Grams = frozenset[tuple[str, ...]]
REMEMBERED = 4096
"""Texts whose grams are kept: each record of a plan is compared with each of another."""


@lru_cache(REMEMBERED)
def grams(text: str) -> Grams:
    """The syllable pairs and the acronyms of a text, folded; numbers are left out. A text of one syllable is that syllable."""
    words = [s for s in syllables(text) if not s.text[0].isdigit()]
    pairs = {(a.folded, b.folded) for a, b in pairwise(words)}
    acronyms = {(s.folded,) for s in words if len(s.text) > 1 and s.text[1:].upper() == s.text[1:]}
    return frozenset(pairs | acronyms) or frozenset((s.folded,) for s in words)


def longest_common_run(a: str, b: str) -> int:
    """How many syllables the longest passage has that both texts share."""
    left, right = ([s.folded for s in syllables(text)] for text in (a, b))
    return SequenceMatcher(None, left, right, autojunk=False).find_longest_match().size


class Likeness:
    """Compares texts against the background of a collection."""

    def __init__(self, collection: Iterable[str]) -> None:
        documents = [grams(text) for text in collection]
        counts = Counter(gram for document in documents for gram in document)
        self._weight = {gram: math.log(1 + len(documents) / count) for gram, count in counts.items()}
        self._unseen = math.log(1 + len(documents))

    def covered(self, part: str, whole: str) -> float:
        """The share, between 0 and 1, of `part` that `whole` says too."""
        wanted, given = grams(part), grams(whole)
        total = self._mass(wanted)
        return self._mass(wanted & given) / total if total else 0.0

    def alike(self, a: str, b: str) -> float:
        """Shared weight over all weight (weighted Jaccard), between 0 and 1."""
        left, right = grams(a), grams(b)
        total = self._mass(left | right)
        return self._mass(left & right) / total if total else 0.0

    def contained(self, a: str, b: str) -> float:
        """How far the text that says less is part of the other, between 0 and 1."""
        return max(self.covered(a, b), self.covered(b, a))

    def _mass(self, of: Iterable[tuple[str, ...]]) -> float:
        return sum(self._weight.get(gram, self._unseen) * (_ACRONYM if len(gram) == 1 else 1) for gram in of)


# An acronym stands for about as many syllable pairs.
_ACRONYM = 3.0
