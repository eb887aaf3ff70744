"""What every reader gives: the words of a file in reading order, grouped into lines and table rows.

A word knows where it stands, so that every rebuilt cell can say where it came from and `usage` can prove that no
word was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.text.normalise import clean
from knowledge.types import Cell

_OPEN_RANGE = re.compile(r"\d-$")


@dataclass(frozen=True)
class Word:
    """A run of characters without white space.

    `order` counts all words of the file from 0. `place` and `line` locate it: `("L", 412)` is line 412 of a text file,
    `("p3:L", 12)` line 12 of page 3, `("T1.R5.C3", None)` a table cell. `glued` words follow the one before without a
    space.
    """

    text: str
    order: int
    place: str
    line: int | None = None
    glued: bool = False


@dataclass(frozen=True)
class Line:
    """A line of text. `gap` counts the blank lines before it.

    `wrapped` says whether the paragraph or cell goes on in the next line, where the source shows it (a PDF text layer
    leaves a space at a soft line end); None where it does not.
    """

    words: tuple[Word, ...]
    gap: int = 0
    wrapped: bool | None = None

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return join(self.words)


@dataclass(frozen=True)
class Slot:
    """One grid position of a table row. A merged cell has its words in its first slot; the others say which way it is joined."""

    words: tuple[Word, ...] = ()
    joined: Literal["", "left", "above"] = ""

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return join(self.words)


@dataclass(frozen=True)
class Row:
    """A table row, one slot per grid column. `table` numbers the tables of a file from 1."""

    slots: tuple[Slot, ...]
    table: int

    @property
    def words(self) -> tuple[Word, ...]:
        """All words of the row, from left to right."""
        return tuple(w for slot in self.slots for w in slot.words)


Block = Line | Row


@dataclass
class Scribe:
    """Numbers words while a reader goes through its file."""

    words: list[Word] = field(default_factory=list)
    _tail: str = ""

    def write(self, text: str, place: str, line: int | None = None) -> tuple[Word, ...]:
        """Cut `text` into words. A number range broken at its hyphen ("2026-" / "2030") is put together again."""
        first = len(self.words)
        for part in text.split("\n"):
            for i, piece in enumerate(clean(part).split()):
                glued = i == 0 and bool(_OPEN_RANGE.search(self._tail))
                self.words.append(Word(piece, len(self.words), place, line, glued))
                self._tail = "" if part[-1:] == " " else piece
        return tuple(self.words[first:])

    def cut(self) -> None:
        """Say that what follows is another cell or paragraph: nothing is glued over this point."""
        self._tail = ""


def join(words: Iterable[Word]) -> str:
    """The text of consecutive words: single spaces, none before a glued word."""
    out: list[str] = []
    for word in words:
        if out and not word.glued:
            out.append(" ")
        out.append(word.text)
    return "".join(out)


def locators(words: Sequence[Word]) -> tuple[str, ...]:
    """Where words stand, one locator per run of consecutive lines or per table cell, in reading order."""
    runs: list[tuple[str, int | None, int | None]] = []
    for word in words:
        if runs and runs[-1][0] == word.place:
            place, first, last = runs[-1]
            if word.line is None or last is None:
                continue
            if word.line - last <= _BLANK_LINES_IN_A_RUN:
                runs[-1] = (place, first, word.line)
                continue
        runs.append((word.place, word.line, word.line))
    return tuple(_locator(*run) for run in runs)


# A blank line inside a cell does not break its locator in two.
_BLANK_LINES_IN_A_RUN = 2


def _locator(place: str, first: int | None, last: int | None) -> str:
    if first is None:
        return place
    stem = place.rsplit(":", 1)[-1]
    return f"{place}{first}" if first == last else f"{place}{first}-{stem}{last}"


def cell(words: Sequence[Word]) -> Cell:
    """The words as a `Cell` with its text and locators."""
    return Cell(join(words), locators(words))
