"""A message as it was typed and as it was meant, word by word: what is read is the meaning, what is kept are the typed words.

Every word of the repaired text knows the characters of the typed text it comes from, so that notes are cut out of what was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.progress.reading.phrases import known_words, load_phrases
from knowledge.text.fold import fold
from knowledge.text.normalise import lines
from knowledge.text.periods import time_words
from knowledge.text.repair import Edit, edits

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_](?:[^\W_]|[&'][^\W\d_])*)|(?P<mark>\n|=>|->|\.{2,}|[^\s\w]|_)"
)
_PERCENT = r"(?:%|phan ?tram\b|percent\b|pt\b|pct\b)"
_SLIPPED_DIGITS = re.compile(rf"(?<![a-z\d])(?=[ol|]*\d)[\dol|]{{2,4}}(?=\s?{_PERCENT})")
_GLUED = re.compile(
    rf"(?<=[a-z])(?<!\d)(?=\d{{1,3}}(?:[.,]\d+)?\s?{_PERCENT})|(?<=\d)(?=(?:phan ?tram|percent|pt|pct)\b)"
    r"|(?<=\bdat)(?=\d{2,3}\b)|(?<=\bduoc)(?=\d{2,3}\b)|(?<=%)(?=[a-z])|(?<=\bkhoang)(?=\d)"
)
_DIGIT_OF = {"o": "0", "l": "1", "|": "1"}
_LINK = re.compile(r"https?://[^\s<>\"]+|www\.[^\s<>\"]+|(?:drive|docs)\.google\.com/[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A word, number or mark of the meant text; characters [start, end) of the typed one. `kind`: word, number, mark."""

    text: str
    folded: str
    start: int
    end: int
    kind: str
    at: int
    """Where the word begins in the meant text."""


@dataclass(frozen=True)
class Surface:
    """`typed` is the message with white space collapsed inside its lines, `meant` its repaired form, `links` what was cut out of it."""

    typed: str
    meant: str
    words: tuple[Word, ...]
    links: tuple[str, ...]
    marked: bool
    """Whether any diacritics were typed."""

    def piece(self, first: int, last: int) -> str:
        """What was typed for words [first, last)."""
        return self.typed[self.words[first].start : self.words[last - 1].end] if first < last else ""


def surface(text: str) -> Surface:
    """Read `text` as typed and as meant."""
    typed = lines(text)
    links = tuple(m[0].rstrip(".,;:!?)") for m in _LINK.finditer(typed))
    shown = _LINK.sub(lambda m: "\0" * len(m[0]), typed)
    places = [(i, i + 1) for i in range(len(shown))]
    changed = _undo_slips(shown)
    spaced, places = _carried(shown, places, changed)
    made = [(e.start, e.end, e.after) for e in edits(spaced) if not _known(e)]
    meant, places = _carried(spaced, places, made)
    words = tuple(
        replace(w, start=places[w.at][0], end=places[w.end - 1][1]) for w in cut_words(meant) if w.text != "\0"
    )
    return Surface(typed, meant, words, links, fold(typed) != typed.lower())


def without_links(text: str) -> str:
    """The text with its links blanked out: a "?" in one asks nothing."""
    return _LINK.sub(lambda m: " " * len(m[0]), text)


def cut_words(text: str) -> list[Word]:
    """The words, numbers and marks of a text that needs no repair."""
    folded = fold(text)
    return [
        Word(m[0], folded[m.start() : m.end()], m.start(), m.end(), str(m.lastgroup), m.start())
        for m in _TOKEN.finditer(text)
    ]


def _known(edit: Edit) -> bool:
    """Whether an edit would change a word that a wording has as it stands; short forms are always written out."""
    word = edit.before.lower()
    node = load_phrases().get(word)
    whole = node is not None and bool(node.ends)
    return whole or (edit.reason not in ("office", "chat") and (word in known_words() or word in _time_words()))


@lru_cache(maxsize=1)
def _time_words() -> frozenset[str]:
    """The words by which days, weeks and months are counted from the present ("last", "friday")."""
    return frozenset(word for said in (*time_words().relative, *time_words().weekdays) for word in said.split())


def _undo_slips(text: str) -> list[tuple[int, int, str]]:
    folded = fold(text)
    digits = [
        (m.start(), m.end(), "".join(_DIGIT_OF.get(c, c) for c in m[0]))
        for m in _SLIPPED_DIGITS.finditer(folded)
        if not m[0].isdigit()
    ]
    slipped = {i for start, end, _ in digits for i in range(start, end)}
    spaces = [(m.start(), m.start(), " ") for m in _GLUED.finditer(folded) if m.start() not in slipped]
    return sorted(digits + spaces)


def _carried(
    text: str, places: list[tuple[int, int]], made: list[tuple[int, int, str]]
) -> tuple[str, list[tuple[int, int]]]:
    """The text after the edits, and for each of its characters the stretch of the typed text it stands for."""
    out: list[str] = []
    carried: list[tuple[int, int]] = []
    at = 0
    for start, end, after in made:
        out += [text[at:start], after]
        carried += places[at:start]
        if start == end:
            carried += [(places[start][0], places[start][0])] * len(after)
        else:
            carried += [(places[start][0], places[end - 1][1])] * len(after)
        at = end
    return "".join((*out, text[at:])), carried + places[at:]
