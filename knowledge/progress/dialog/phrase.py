"""A name that means something only as a whole ("3 nhà"): words in a row that the title of one work alone has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from knowledge.answer.reading import content_words
from knowledge.corpus import load_corpus
from knowledge.records import plain
from knowledge.text.syllables import syllables
from knowledge.types import Key, Part

SHORTEST = 2
"""Least words in a row that are a name."""


def work_saying(mention: str, part: Part) -> Key | None:
    """The record of the one work whose title has the longest run of a mention's words, and every word of it that means something."""
    words = _words(mention)
    meant = set(content_words(mention))
    if not meant:
        return None
    for size in range(len(words), SHORTEST - 1, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            if not meant <= set(run):
                continue
            keys = [key for key, title in _titles(part) if f" {' '.join(run)} " in title]
            if keys and set(keys) <= {keys[0], *load_corpus().twins(keys[0])}:
                return keys[0]
    return None


@lru_cache(maxsize=4)
def _titles(part: Part) -> Sequence[tuple[Key, str]]:
    records = [r for r in load_corpus().records if r.key.part == part]
    return [(r.key, f" {' '.join(_words(plain(r)))} ") for r in records]


def _words(text: str) -> list[str]:
    return [s.folded for s in syllables(text) if s.folded.isalnum()]
