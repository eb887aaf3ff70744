"""Which record of a collection a question names, and how plainly."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from pathlib import Path

from knowledge.collections.records import About, Collection, Entry
from knowledge.search.lexical import Lexical
from knowledge.text.fold import fold
from knowledge.text.syllables import words

LOOKED_AT = 20
"""Best titles by BM25 that are compared with the question."""


@dataclass(frozen=True)
class Match:
    """A record that a question may name.

    `coverage` is the share (0 to 1), weighted by rarity, of the subject words that stand in its title; `title` that of the title's words
    that stand in the question; `runs` the share of the question's neighbourhoods (two subject words in a row) that the title has.
    `named`: the question says what kind of record it means ("thủ tục").
    """

    about: About
    entry: Entry
    kinds: tuple[str, ...]
    coverage: float
    title: float
    runs: float
    named: bool


class Finder:
    """Finds records of one collection by their titles."""

    def __init__(self, collection: Collection) -> None:
        self._about = collection.about
        self._entries = collection.entries
        self._lexical = Lexical([entry.title for entry in collection.entries])
        held = Counter(w for entry in collection.entries for w in set(_plain(entry.title)))
        total = len(collection.entries)
        self._rarity = {w: log(1 + total / n) for w, n in held.items()}
        self._rarest = log(1 + total)
        self._noun = _plain(collection.about.name)
        self._asked = {kind: _phrases(kind) for kind in collection.about.fields}

    def find(self, text: str, content: Sequence[str]) -> Match | None:
        """The record that fits a question best, if it asks for a field or names the collection. `content` are its subject words."""
        said = _plain(text)
        kinds, spent = self._kinds(said)
        named = _holds(said, self._noun)
        if not kinds and not named:
            return None
        subject = [w for w in content if w not in spent and w not in self._noun]
        if len(subject) < 2:
            return None
        found = [(self._match(subject, said, self._entries[i], kinds, named), score)
                 for i, score in self._lexical.search(" ".join(_without(words(text), spent)), LOOKED_AT)]  # fmt: skip
        return max(found, key=lambda f: (f[0].coverage + f[0].title + f[0].runs, f[1]))[0] if found else None

    def _kinds(self, said: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
        """Kinds of fields that are asked for, and the words that ask. The words of a longer phrase are not read again."""
        found: list[str] = []
        spent: set[str] = set()
        phrases = sorted(((p, kind) for kind, asked in self._asked.items() for p in asked), key=lambda a: -len(a[0]))
        for phrase, kind in phrases:
            if _holds(said, phrase) and not spent.issuperset(phrase):
                found.append(kind)
                spent.update(phrase)
        return tuple(kind for kind in self._asked if kind in found), frozenset(spent)

    def _match(
        self, subject: Sequence[str], said: Sequence[str], entry: Entry, kinds: tuple[str, ...], named: bool
    ) -> Match:
        title = _plain(entry.title)
        held, rows = set(title), set(pairwise(title))
        weights = {w: self._rarity.get(w, self._rarest) for w in subject}
        coverage = sum(v for w, v in weights.items() if w in held) / sum(weights.values())
        wanted = [two for two in pairwise(said) if two[0] in weights and two[1] in weights]
        runs = sum(two in rows for two in wanted) / len(wanted) if wanted else coverage
        there = {w: self._rarity[w] for w in held if w not in self._noun}
        share = sum(v for w, v in there.items() if w in said) / (sum(there.values()) or 1.0)
        asked = tuple(k for k in kinds if any(_times(said, p) > _times(title, p) for p in self._asked[k]))
        return Match(self._about, entry, asked, coverage, share, runs, named)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(fold(w) for w in words(text))


def _without(said: Sequence[str], spent: frozenset[str]) -> list[str]:
    return [w for w in said if fold(w) not in spent]


def _holds(said: Sequence[str], phrase: Sequence[str]) -> bool:
    return _times(said, phrase) > 0


def _times(said: Sequence[str], phrase: Sequence[str]) -> int:
    size = len(phrase)
    return sum(tuple(said[i : i + size]) == tuple(phrase) for i in range(len(said) - size + 1))


def _phrases(kind: str) -> tuple[tuple[str, ...], ...]:
    """How people ask for a kind of field: as the data file says, else by its label."""
    return _asked_for().get(kind, (_plain(kind),))


@lru_cache(maxsize=1)
def _asked_for() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    table = tomllib.loads((Path(__file__).parent / "data" / "fields.toml").read_text(encoding="utf-8"))
    return {kind: tuple(_plain(phrase) for phrase in phrases) for kind, phrases in table.items()}
