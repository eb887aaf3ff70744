"""Everyday words beside the plans' own: people say "đèn đường" and "starlink" where a plan says "chiếu sáng" and "vệ tinh tầm thấp".

English words that stand in a Vietnamese sentence ("data dùng chung", "training AI") are read by the English glossary.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from knowledge.answer.glossary import glossary
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.text.tone import is_syllable

DATA = Path(__file__).parent / "data"
EVERYDAY, ENGLISH = DATA / "glossary_everyday.tsv", DATA / "glossary_en.tsv"
SHORTEST = 4
"""Letters from which an English word is told from a short form or a name."""


def with_plan_words(text: str) -> str:
    """The text with the plan's word in place of each everyday one; a text without any comes back as it is."""
    words = syllables(text)
    terms, longest = _terms(english=2 * sum(is_syllable(w.text) for w in words) > len(words))
    out: list[str] = []
    i = at = 0
    while i < len(words):
        for size in range(min(longest, len(words) - i), 0, -1):
            term = terms.get(tuple(w.folded for w in words[i : i + size]))
            if term:
                out += [text[at : words[i].start], term]
                at = words[i + size - 1].end
                i += size
                break
        else:
            i += 1
    return "".join((*out, text[at:]))


@lru_cache(maxsize=2)
def _terms(*, english: bool) -> tuple[dict[tuple[str, ...], str], int]:
    """The plans' words by the syllables of the everyday ones, the `english` ones too, and the most syllables that one of these has."""
    terms = {tuple(term.split()): plan for term, plan in glossary(ENGLISH).items() if english and _foreign(term)}
    terms |= {tuple(fold(everyday).split()): plan for everyday, plan in glossary(EVERYDAY).items()}
    return terms, max(len(t) for t in terms)


def _foreign(term: str) -> bool:
    """Whether nobody can take any word of an English term for Vietnamese."""
    return all(len(word) >= SHORTEST and word.isalpha() and not is_syllable(word) for word in term.split())
