"""Which records hold which terms, looked up term by term for all records at once: a question has ten words, the plans 180 records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

Term = TypeVar("Term", str, tuple[str, str])
Shares = NDArray[np.float64]


class Holding(Generic[Term]):
    """The terms of each record, turned round: for a term, the records that hold it. Safe to share between threads."""

    def __init__(self, records: Sequence[Collection[Term]]) -> None:
        self._n = len(records)
        self._places: dict[Term, list[int]] = {}
        for place, terms in enumerate(records):
            for term in terms:
                self._places.setdefault(term, []).append(place)

    def counts(self) -> dict[Term, int]:
        """In how many records each term stands."""
        return {term: len(places) for term, places in self._places.items()}

    def of(self, term: Term) -> Shares:
        """1 for each record that holds a term, 0 for the others."""
        found = np.zeros(self._n)
        found[self._places.get(term, [])] = 1.0
        return found

    def like(self, word: str, least: float) -> Shares:
        """How near (0 to 1) the nearest word of each record comes to a mistyped one; 0 where none is as near as `least` (0 to 100)."""
        near = np.zeros(self._n)
        for term, places in self._places.items():
            if abs(len(term) - len(word)) <= 1 and (likeness := fuzz.ratio(word, term, score_cutoff=least)):
                near[places] = np.maximum(near[places], likeness / 100)
        return near

    def where(self, meant: Callable[[Term], bool]) -> Shares:
        """1 for each record that holds a term of this kind, 0 for the others."""
        found = np.zeros(self._n)
        for term, places in self._places.items():
            if meant(term):
                found[places] = 1.0
        return found
