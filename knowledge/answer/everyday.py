"""Everyday words beside the plans' own: people say "đèn đường" and "starlink" where a plan says "chiếu sáng" and "vệ tinh tầm thấp"."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from knowledge.answer.glossary import glossary
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables

GLOSSARY = Path(__file__).parent / "data" / "glossary_everyday.tsv"


def with_plan_words(text: str) -> str:
    """The text with the plan's word in place of each everyday one; a text without any comes back as it is."""
    words = syllables(text)
    terms, longest = _terms()
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


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[tuple[str, ...], str], int]:
    """The plans' words by the syllables of the everyday ones, and the most syllables that one of these has."""
    terms = {tuple(fold(everyday).split()): plan for everyday, plan in glossary(GLOSSARY).items()}
    return terms, max(len(t) for t in terms)
