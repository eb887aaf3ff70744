"""Knows table headers by meaning: which kind of column a header cell names, whatever its words, place or line breaks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.ingest.blocks import Row, Word
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables

# What makes a row a header: the column with the records' own text and at least one more than a number beside it.
_ENOUGH = 3
_RECORD_COLUMNS = frozenset(("title", "target"))


@dataclass(frozen=True)
class Columns:
    """The kinds of a table's columns, by grid position. None where a header cell is empty or unknown."""

    kinds: tuple[str | None, ...]
    unknown: tuple[str, ...] = ()

    @property
    def holds(self) -> str:
        """`targets` or `tasks`."""
        return "targets" if "target" in self.kinds else "tasks"

    def without_number(self) -> Columns:
        """These columns for a table whose number column is empty: its rows are counted instead."""
        return Columns(tuple(None if kind == "number" else kind for kind in self.kinds), self.unknown)


@cache
def _synonyms() -> dict[tuple[str, ...], str]:
    raw = json.loads((Path(__file__).parent / "data" / "headers.json").read_text(encoding="utf-8"))
    pairs = [(tuple(name.split()), kind) for kind, names in raw.items() for name in names]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def kind_of(text: str) -> str | None:
    """The kind of column a header cell names: its whole text, or else the longest known name inside it.

    >>> kind_of("Đơn vị\\nchủ trì thực hiện")
    'lead'
    """
    words = tuple(s.folded for s in syllables(text))
    names = _synonyms()
    if words in names:
        return names[words]
    if len(words) > _LONGEST_HEADER:
        return None
    for name, kind in names.items():
        if len(name) > 1 and any(words[i : i + len(name)] == name for i in range(len(words) - len(name) + 1)):
            return kind
    return None


# Longer cells are content, even if they speak of leads and products.
_LONGEST_HEADER = 10


def columns_of(texts: Sequence[str]) -> Columns | None:
    """The columns that a row of header cells names, or None when it is not a header."""
    kinds = [kind_of(text) for text in texts]
    named = [kind for kind in kinds if kind]
    if len(set(named)) != len(named) or len(named) < _ENOUGH or not _RECORD_COLUMNS & set(named):
        return None
    unknown = tuple(text for text, kind in zip(texts, kinds, strict=True) if text and not kind)
    return Columns(tuple(kinds), unknown)


def header_rows(rows: Sequence[Row]) -> tuple[Columns, int] | None:
    """The header that starts at the first of `rows`, and over how many rows it goes (1 or 2)."""
    top = [slot.text for slot in rows[0].slots]
    one = columns_of(top)
    if len(rows) > 1 and len(rows[0].slots) == len(rows[1].slots) and len({*map(kind_of, top)} - {None}) > 1:
        two = columns_of([_stacked(rows, column) for column in range(len(top))])
        if two and (one is None or len(_named(two)) > len(_named(one))):
            return two, 2
    return (one, 1) if one else None


def _named(columns: Columns) -> list[str]:
    return [kind for kind in columns.kinds if kind]


def _stacked(rows: Sequence[Row], column: int) -> str:
    """The text of a header cell and the cell under it; a cell merged over several columns counts for each of them."""
    top = column
    while rows[0].slots[top].joined == "left":
        top -= 1
    upper, lower = rows[0].slots[top].text, rows[1].slots[column].text
    # Under "Cơ quan thực hiện" the cells "Chủ trì" and "Phối hợp" speak for themselves.
    return lower if kind_of(lower) else f"{upper} {lower}".strip()


def run_of_headers(words: Sequence[Word]) -> tuple[tuple[str, ...], int] | None:
    """The columns that consecutive words name, and how many words that takes: a header whose cells have run together
    into text.

    Returns None when the words do not start with a header.
    """
    kinds: list[str] = []
    at = 0
    while at < len(words):
        found = _longest(words, at)
        if found is None or found[0] in kinds:
            break
        kinds.append(found[0])
        at += found[1]
    if len(kinds) < _ENOUGH or not _RECORD_COLUMNS & set(kinds):
        return None
    return tuple(kinds), at


def _longest(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    for name, kind in _synonyms().items():
        piece = words[at : at + len(name)]
        if len(piece) == len(name) and tuple(fold(w.text.strip(".,:")) for w in piece) == name:
            return kind, len(name)
    return None
