"""The words of a message as the learned components see them: cleaned, repaired, lower case, with and without diacritics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Tuple

from knowledge.text.normalise import clean
from knowledge.text.syllables import syllables

# Messages can be long; what is wanted shows in the beginning, and the cost of a parse must stay bounded.
LIMIT = 400


@dataclass(frozen=True)
class Word:
    """A word of the cleaned message, characters [start, end): its form without and with diacritics, lower case."""

    folded: str
    marked: str
    start: int
    end: int


def words(text: str) -> Tuple[Word, ...]:
    """Return the first `LIMIT` words of a message as typed by a user."""
    return tuple(Word(s.folded, s.text.lower(), s.start, s.end) for s in syllables(clean(text))[:LIMIT])


def ngrams(items: Tuple[str, ...], longest: int) -> Iterator[str]:
    """Yield the runs of 1 to `longest` neighbouring items, joined by spaces."""
    for size in range(1, longest + 1):
        for start in range(len(items) - size + 1):
            yield " ".join(items[start : start + size])
