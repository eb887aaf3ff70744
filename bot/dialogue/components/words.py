"""The words of a message as the learned components see them: cleaned, repaired, lower case, with and without diacritics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Iterator, List, Tuple

from knowledge.text.normalise import clean
from knowledge.text.repair import Edit, apply, edits
from knowledge.text.syllables import syllables

# Messages can be long; what is wanted shows in the beginning, and the cost of a parse must stay bounded.
LIMIT = 400


@dataclass(frozen=True)
class Word:
    """A word: its form without and with diacritics, lower case, and the characters [start, end) of the cleaned message it was read from."""

    folded: str
    marked: str
    start: int
    end: int


@lru_cache(maxsize=256)  # every component of the pipeline asks for the words of the same message
def words(text: str) -> Tuple[Word, ...]:
    """Return the first `LIMIT` words a message means: short forms written out, slips of the keyboard undone."""
    cleaned = clean(text)
    made = edits(cleaned)
    found = syllables(apply(cleaned, made))[:LIMIT]
    return tuple(Word(s.folded, s.text.lower(), *_place(s.start, s.end, made)) for s in found)


def _place(start: int, end: int, made: List[Edit]) -> Tuple[int, int]:
    """Return the characters of the cleaned text that characters [start, end) of the repaired text come from."""
    shift = 0  # how much longer the repaired text has become so far
    for edit in made:
        first, last = edit.start + shift, edit.start + shift + len(edit.after)
        if end <= first:
            break
        if start < last:
            return edit.start, max(edit.end, end - shift - (len(edit.after) - (edit.end - edit.start)))
        shift += len(edit.after) - (edit.end - edit.start)
    return start - shift, end - shift


def ngrams(items: Tuple[str, ...], longest: int) -> Iterator[str]:
    """Yield the runs of 1 to `longest` neighbouring items, joined by spaces."""
    for size in range(1, longest + 1):
        for start in range(len(items) - size + 1):
            yield " ".join(items[start : start + size])
