"""Form words that are parts of terms: "so", "do" and "y" say nothing alone, but "chuyển đổi số", "đô thị", "y tế" do.

Vietnamese is written syllable by syllable and often without diacritics, so that a word of form and a piece of a term look alike. A syllable
listed in `data/bound_syllables.txt` belongs to a term where it stands beside a neighbour as it does somewhere in the plans; one that is not
belongs to it where the plans write another word than the word of form.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from knowledge.answer.glossary import listed
from knowledge.corpus import load_corpus, search_text
from knowledge.text.syllables import Syllable, syllables
from knowledge.text.tone import settle

DATA = Path(__file__).parent / "data" / "bound_syllables.txt"


def in_terms(words: Sequence[Syllable], alone: Sequence[bool], forms: Mapping[str, Collection[str]]) -> list[bool]:
    """Which of the words are parts of a term: `alone` says which are words of form by themselves, others count as subject words.

    `forms` gives, without diacritics, the marked words of form where other words share their letters. Beside a neighbour of the plans
    such a word is what the plans write there: "luc" is "lực" in "nhan luc", not "lúc".
    """
    bound = _bound()
    found = [not form for form in alone]
    for i, (left, right) in enumerate(pairwise(words)):
        if right.start - left.end > 1:
            continue
        begins = found[i] or left.folded in bound or f"{left.folded}-" in bound
        ends = not alone[i + 1] or right.folded in bound or f"-{right.folded}" in bound
        for a, b in _said_together(left, right):
            if (begins or _other(left, a, forms)) and (ends or _other(right, b, forms)):
                found[i] = found[i + 1] = True
    return found


def _said_together(left: Syllable, right: Syllable) -> list[tuple[str, str]]:
    """What two neighbours may be, of those that stand side by side in the plans."""
    pairs = _pairs().get((left.folded, right.folded), ())
    return [(a, b) for a, b in pairs if _typed_as(left, a) and _typed_as(right, b)]


def _other(word: Syllable, marked: str, forms: Mapping[str, Collection[str]]) -> bool:
    """Whether a marked word is another than the words of form that share its letters."""
    return word.folded in forms and settle(marked) not in forms[word.folded]


def _typed_as(word: Syllable, marked: str) -> bool:
    """Whether a word may be the marked one: as it is, or with all its diacritics left out."""
    return word.text.lower() in (marked, word.folded)


@lru_cache(maxsize=1)
def _pairs() -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    """Neighbouring syllables of the plans without diacritics, and the forms with them."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for record in load_corpus().records:
        for a, b in pairwise(syllables(search_text(record))):
            if b.start - a.end <= 1:
                found.setdefault((a.folded, b.folded), set()).add((a.text.lower(), b.text.lower()))
    return {pair: frozenset(forms) for pair, forms in found.items()}


@lru_cache(maxsize=1)
def _bound() -> frozenset[str]:
    return frozenset(listed(DATA))
