"""Texts as numbers: syllables as written and without diacritics, each with an id.

Vietnamese words are mostly one or two syllables long, so bigrams of syllables stand in for word segmentation without its errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.text.syllables import words
from knowledge.text.tone import settle

Ids = NDArray[np.int32]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Cut:
    """Texts cut into syllables, one text after the other.

    `written` holds the ids of all syllables in order, `doc` the index of the text each stands in, `lengths` the number of syllables
    of each text. `ids` gives the id of a written syllable, `folded_ids` that of one without diacritics, `folding` leads from the
    former to the latter.
    """

    written: Ids
    doc: Ids
    lengths: Ids
    ids: dict[str, int]
    folded_ids: dict[str, int]
    folding: Ids


def cut(texts: Iterable[str]) -> Cut:
    """Cut texts into the syllables that search knows."""
    ids: dict[str, int] = {}
    numbers = _Numbers(ids)
    pieces = [np.array([numbers[word] for word in words(clean(text))], dtype=np.int32) for text in texts]
    lengths = np.array([len(piece) for piece in pieces], dtype=np.int32)
    written = np.concatenate(pieces) if pieces else np.empty(0, np.int32)
    folded_ids: dict[str, int] = {}
    folding = np.array([folded_ids.setdefault(fold(s), len(folded_ids)) for s in ids], dtype=np.int32)
    doc = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    return Cut(written, doc, lengths, ids, folded_ids, folding)


def written_syllables(text: str) -> list[str]:
    """The syllables of a text in lower case, as written but for where the tone mark stands."""
    return [_spelled(word) for word in words(clean(text))]


class _Numbers(dict[str, int]):
    """The id of a word in any spelling, found out when the spelling is first met."""

    def __init__(self, ids: dict[str, int]) -> None:
        super().__init__()
        self._ids = ids

    def __missing__(self, word: str) -> int:
        self[word] = number = self._ids.setdefault(_spelled(word), len(self._ids))
        return number


def _spelled(word: str) -> str:
    return settle("".join(word.lower().split()))
