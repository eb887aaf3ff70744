"""Stretches of the plans' own titles in a message, so that the words of a name are not read as wordings of a report.

"Hoàn thành trung tâm điều hành", "tối thieu 01", "ket noi", "chuyển đổi số" are full of syllables that tell something elsewhere. Four
words in a row out of one title are enough; marks between them are passed over. The reader itself knows no plan: titles are given to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.progress.reading.phrases import single_words
from knowledge.progress.reading.surface import Word, cut_words
from knowledge.text.fold import fold

_SHORTEST = 4
"""Words in a row that make a stretch of a title."""


@dataclass(frozen=True)
class Names:
    """Titles as unmarked words, and where in them each four words stand."""

    titles: tuple[tuple[str, ...], ...] = ()
    places: dict[tuple[str, ...], list[tuple[int, int]]] = field(default_factory=dict)

    def stretch_at(self, words: Sequence[Word], i: int) -> int:
        """Where the longest stretch of a title that begins at word `i` ends; `i` when none does."""
        said = [j for j in range(i, len(words)) if words[j].kind != "mark"]
        if not said or said[0] != i:
            return i
        best = 0
        for title, at in self.places.get(tuple(words[j].folded for j in said[:_SHORTEST]), ()):
            whole = self.titles[title]
            length = 0
            while at + length < len(whole) and length < len(said) and whole[at + length] == words[said[length]].folded:
                length += 1
            best = max(best, length)
        return _without_value(words, i, said[best - 1] + 1) if best else i


def _without_value(words: Sequence[Word], first: int, last: int) -> int:
    """The end of a stretch without the value that is reported: a percentage at its end when no other follows, and "đạt" before it."""
    if words[last - 1].kind != "number":
        told = last < len(words) and words[last].kind == "number" and words[last - 1].folded in single_words("reach")
        return last - told
    if any(w.kind == "number" for w in words[last:]):
        return last + (last < len(words) and words[last].text == "%")
    return max(first + 1, last - 1)


NO_NAMES = Names()


def names_of(titles: Iterable[str]) -> Names:
    """Index `titles` (of tasks and targets) for the reader."""
    cut = tuple(tuple(w.folded for w in cut_words(fold(title)) if w.kind != "mark") for title in titles)
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for number, words in enumerate(cut):
        for at in range(len(words) - _SHORTEST + 1):
            places.setdefault(words[at : at + _SHORTEST], []).append((number, at))
    return Names(cut, places)
