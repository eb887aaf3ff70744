"""A name that means something only as a whole ("3 nhà"): words in a row that the title of one work alone has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from knowledge.answer.reading import content_words
from knowledge.corpus import load_corpus
from knowledge.records import plain
from knowledge.text.syllables import syllables
from knowledge.types import Key, Part

NATIVE = re.compile(r"(?:ngh|[ckpt]h|n[gh]|g[hi]|tr|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:n[gh]|ch|[cmnpt])?")
"""A syllable of Vietnamese, without its diacritics."""
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


def is_name(mention: str, word: str, key: Key) -> bool:
    """Whether the only word of a mention that means something names a record: an acronym or a foreign word does.

    A syllable of Vietnamese does with its neighbour, where the title has both in a row: "token", "IOC", "vệ tinh", but no "thành".
    """
    title = plain(load_corpus().record(key))
    if not NATIVE.fullmatch(word) or any(s.folded == word and s.text.isupper() for s in syllables(title)):
        return True
    said, words = f" {' '.join(_words(title))} ", _words(mention)
    return any(word in pair and f" {' '.join(pair)} " in said for pair in pairwise(words))


@lru_cache(maxsize=4)
def _titles(part: Part) -> Sequence[tuple[Key, str]]:
    records = [r for r in load_corpus().records if r.key.part == part]
    return [(r.key, f" {' '.join(_words(plain(r)))} ") for r in records]


def _words(text: str) -> list[str]:
    return [s.folded for s in syllables(text) if s.folded.isalnum()]
