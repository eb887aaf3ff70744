"""The words of a message as the learned components see them: cleaned, repaired, lower case, and what each is part of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Iterator, List, Sequence, Tuple

from knowledge.text.normalise import clean
from knowledge.text.repair import Edit, edits
from knowledge.text.spans import find_spans
from knowledge.text.syllables import syllables
from knowledge.types import Span

# What is wanted shows in the beginning of a message; the cost of a parse stays bounded however long it is.
LIMIT = 2000


@dataclass(frozen=True)
class Word:
    """A word of a message, standing at characters [start, end) of the cleaned text.

    `folded` and `marked` are its repaired form without and with diacritics, lower case. `kind` and `place` are the kind and the
    first character of the span it belongs to, "" and -1 outside of spans.
    """

    folded: str
    marked: str
    start: int
    end: int
    kind: str
    place: int


@dataclass(frozen=True)
class Reading:
    """A message read once for all components."""

    words: Tuple[Word, ...]
    spans: Tuple[Span, ...]


@lru_cache(maxsize=64)
def read(text: str) -> Reading:
    """Read the first `LIMIT` characters of a message."""
    cleaned = clean(text)[:LIMIT]
    spans = find_spans(cleaned)
    made = edits(cleaned)
    found: List[Word] = []
    for syllable in syllables(cleaned):
        edit = next((e for e in made if e.start <= syllable.start < e.end), None)
        if edit is None:
            found.append(_word(syllable.folded, syllable.text, syllable.start, syllable.end, spans))
        elif edit.start == syllable.start:
            found += _replaced(edit, spans)
    return Reading(tuple(found), spans)


def ngrams(items: Sequence[str], longest: int) -> Iterator[str]:
    """Yield the runs of 1 to `longest` neighbouring items, joined by spaces."""
    for size in range(1, longest + 1):
        for start in range(len(items) - size + 1):
            yield " ".join(items[start : start + size])


def pieces(word: str, sizes: Sequence[int] = (2, 3, 4)) -> List[str]:
    """Return the character runs of a word whose ends are marked by spaces."""
    padded = f" {word} "
    return [padded[i : i + n] for n in sizes for i in range(len(padded) - n + 1)]


def _replaced(edit: Edit, spans: Sequence[Span]) -> Iterator[Word]:
    for part in syllables(edit.after):
        yield _word(part.folded, part.text, edit.start, edit.end, spans)


def _word(folded: str, written: str, start: int, end: int, spans: Sequence[Span]) -> Word:
    # "nhiệm vụ", "chỉ tiêu" are words to learn from, not names to look through.
    span = next((s for s in spans if s.start <= start < s.end and s.kind != "part"), None)
    digits = folded[0].isdigit()
    return Word(
        "0" if digits else folded,
        "0" if digits else written.lower(),
        start,
        end,
        span.kind if span else "",
        span.start if span else -1,
    )
