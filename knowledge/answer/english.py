"""English questions in the plans' words: a small glossary turns their terms into Vietnamese, so that one search serves both languages."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from rapidfuzz import fuzz, process

from knowledge.answer.glossary import glossary, listed
from knowledge.text.tone import is_syllable

DATA = Path(__file__).parent / "data"
GLOSSARY = DATA / "glossary_en.tsv"
LONGEST_TERM = 5
SHORTEST = 5
ALIKE = 86
"""Least length of a word whose spelling is mended, and least likeness (0 to 100) to the word it is taken for."""
USUAL = 2
"""Least number of usual English words in a text that is taken for English by itself."""
_WORD = re.compile(r"[^\W_]+(?:[-&/'][^\W_]+)*%?")


def in_plan_words(text: str) -> str:
    """The Vietnamese terms of an English text, longest match first, with its acronyms, numbers and marked words kept as they are.

    Other English words are left out: they name nothing that a plan could say.
    """
    return " ".join(_translated(text)[0])


def foreign_words(text: str) -> tuple[str, ...]:
    """Words of an English text that neither the glossary knows nor every other text uses: subjects that no plan speaks of, perhaps."""
    plain = (w.lower() for w in _translated(text)[1] if not w[0].isupper())
    return tuple(w for w in plain if not any(form in _terms() or form in _common() for form in _forms(w)))


def is_english(text: str) -> bool:
    """Whether a text is plainly English: unmarked, at least half of its words no Vietnamese syllables, some of them usual English ones."""
    words = [w.lower() for w in _WORD.findall(text) if w.isalpha()]
    foreign = [w for w in words if not is_syllable(w)]
    usual = sum(w in _common() for w in foreign)
    return text.isascii() and usual >= USUAL and 2 * len(foreign) >= len(words)


def _translated(text: str) -> tuple[list[str], list[str]]:
    """The words that are found or kept, and those that are left out."""
    words = [_spelled(w) for w in _WORD.findall(text)]
    terms = _terms()
    out: list[str] = []
    left: list[str] = []
    i = 0
    while i < len(words):
        for size in range(min(LONGEST_TERM, len(words) - i), 0, -1):
            phrase = " ".join(words[i : i + size]).lower()
            if phrase in terms:
                out.append(terms[phrase])
                i += size
                break
        else:
            kept = _kept(words[i]) or (i and _vietnamese(words[i]))
            (out if kept else left).append(words[i])
            i += 1
    return out, left


def _forms(word: str) -> tuple[str, ...]:
    """A word and what it may be an ending of: "farms", "accepting", "used"."""
    stems = [word.removesuffix(end) for end in ("s", "es", "ed", "d", "ing") if word.endswith(end)]
    return (word, *stems, *(f"{stem}e" for stem in stems))


def _spelled(word: str) -> str:
    """An English word with its spelling mended when the glossary has one that looks like it; slips spare the first letter."""
    alike = _vocabulary().get(word[0].lower(), ())
    if len(word) < SHORTEST or word.lower() in alike or not word.isascii():
        return word
    found = process.extractOne(word.lower(), alike, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else word


def _kept(word: str) -> bool:
    return not word.isascii() or any(c.isdigit() for c in word) or (len(word) > 1 and word[1:] != word[1:].lower())


def _vietnamese(word: str) -> bool:
    """Whether a word with a capital may be part of a Vietnamese name: "Dong Xoai"."""
    return word[0].isupper() and is_syllable(word.lower())


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """The words of the glossary's terms by their first letter."""
    words = sorted({w for term in _terms() for w in term.split()})
    return {first: tuple(found) for first, found in groupby(words, itemgetter(0))}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(listed(DATA / "common_en.txt"))


@lru_cache(maxsize=1)
def _terms() -> dict[str, str]:
    return glossary(GLOSSARY)
