"""What the writer of one odd word may have meant, with what each slip costs.

Costs are in natural logarithms, like the probabilities they are weighed against: the bigger, the less likely the slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.text.fold import fold
from knowledge.text.language import LEAST, Language, Words
from knowledge.text.slips import alike, one_letter_off, unchatted
from knowledge.text.telex import decode
from knowledge.text.tone import is_syllable, settle, split

COSTS = {
    "telex": 1.0, "doubled": 1.0, "chat": 2.0, "contracted": 2.5, "space": 2.0, "swapped": 2.5, "marks": 2.5, "stroke": 1.0,
    "sound": 3.0, "dropped": 4.0, "beside": 4.0, "added": 4.5, "letter": 6.0,
}  # fmt: skip
"""Cost of a slip by its kind; "marks" is for each letter whose marks differ."""
REASONS = {"sound": "letter", "dropped": "letter", "beside": "letter", "added": "letter"}
"""What a kind of slip is told as, where that is another word."""
_CONSONANTS = re.compile("[bcdđghklmnpqrstvx]+")
MOST = 80
"""How many readings of a word are weighed."""
_LONGEST = 7
"""Letters of the longest syllable ("nghiêng")."""
_PARTS = 4
"""How many words may have been typed as one."""


@dataclass(frozen=True)
class Candidate:
    """One or two words (lower case) the writer may have meant, the cost of the slip, and its name ("" for no slip)."""

    words: tuple[str, ...]
    cost: float = 0.0
    reason: str = ""


def keyed(word: str, language: Language) -> bool:
    """Whether `word` is no syllable as it stands and a usual one by its Telex or VNI keys: its writer meant marks."""
    spelled = decode(word)
    if spelled is None or is_syllable(word):
        return False
    usual = language.marked.counts.get(spelled, 0)
    return usual >= LEAST and usual >= 50 * language.marked.counts.get(word, 0)


@lru_cache(maxsize=4096)
def candidates(word: str, language: Language, *, marked: bool) -> tuple[Candidate, ...]:
    """Readings of an unknown `word` (lower case). In unmarked text they are unmarked, but for Telex and VNI keys."""
    found: dict[tuple[str, ...], Candidate] = {}
    _keep_cheapest(found, _slips(word, language, marked))
    known = language.marked if marked else language.folded
    unmarked = word == fold(word) and word in language.usual
    whole = any(c.cost <= COSTS["telex"] for c in found.values())
    told = any(c.reason == "space" and all(known.pair(a, b) for a, b in pairwise(c.words)) for c in found.values())
    if not unmarked and not whole and not told:
        # nothing is simpler than marks left out, a key of the input method, a letter held too long, a space left out
        _keep_cheapest(found, _misspelled(word, language, marked))
    return tuple(sorted(found.values(), key=lambda c: c.cost)[:MOST])


@lru_cache(maxsize=4096)
def mistaken(word: str, language: Language, *, marked: bool) -> tuple[Candidate, ...]:
    """Readings of a known `word` that stands where it is not usual: "chủ chì", "tiến đô", "thời hạ"."""
    found: dict[tuple[str, ...], Candidate] = {}
    if marked:
        _keep_cheapest(found, iter(other_marks(word, language)))
        _keep_cheapest(found, _keys(word, language, 0.0))
    _keep_cheapest(found, _misspelled(word, language, marked))
    return tuple(sorted(found.values(), key=lambda c: c.cost)[:MOST])


def _keep_cheapest(found: dict[tuple[str, ...], Candidate], more: Iterator[Candidate]) -> None:
    for c in more:
        held = found.get(c.words)
        if held is None or c.cost < held.cost:
            found[c.words] = c


@lru_cache(maxsize=8192)
def other_marks(word: str, language: Language) -> tuple[Candidate, ...]:
    """Known words that differ from `word` in their marks alone."""
    return tuple(
        Candidate((other,), _marks_cost(word, other), "marks")
        for other in language.written(fold(word))[:8]
        if other != word and language.marked.counts[other] >= LEAST and is_syllable(other)
    )


def _slips(word: str, language: Language, marked: bool) -> Iterator[Candidate]:
    squeezed = _squeeze(word)
    for typed, cost in ((word, 0.0), (squeezed, COSTS["doubled"])):
        yield from _keys(typed, language, cost)
    known = language.marked if marked else language.folded
    if squeezed != word:
        if known.counts.get(squeezed, 0) >= LEAST:
            yield Candidate((squeezed,), COSTS["doubled"], "doubled")
        elif marked:
            yield from _with(other_marks(squeezed, language), COSTS["doubled"])
    if marked:
        yield from other_marks(word, language)
    yield from _contracted(word, language, known, marked)
    for parts in _cut(word, language, known, _PARTS):
        if len(parts) > 1:
            yield Candidate(parts, COSTS["space"] * (len(parts) - 1), "space")


def _keys(word: str, language: Language, cost: float) -> Iterator[Candidate]:
    spelled = decode(word)
    if spelled and settle(spelled) in language.marked:
        yield Candidate((settle(spelled),), cost + COSTS["telex"], "telex")


def _contracted(word: str, language: Language, known: Words, marked: bool) -> Iterator[Candidate]:
    """Compounds of whose first word the initial is left: "nvụ", "hthanh"."""
    for at in range(1, 3):
        head, tail = word[:at], settle(word[at:])
        if len(tail) < 2 or not _CONSONANTS.fullmatch(head):
            return
        tails = [tail] if tail != fold(tail) or not marked else language.written(tail)[:8]
        for second in tails:
            for first in known.before(second, head)[:2]:
                yield Candidate((first, second), COSTS["contracted"], "chat")


def _cut(word: str, language: Language, known: Words, most: int) -> Iterator[tuple[str, ...]]:
    """The ways to cut a word into at most `most` usual syllables."""
    placed = settle(word)
    if known.counts.get(placed, 0) >= LEAST and fold(placed) in language.usual:
        yield (placed,)
    if most > 1:
        for at in range(2, min(len(word) - 1, _LONGEST + 1)):
            head = settle(word[:at])
            if known.counts.get(head, 0) >= LEAST and fold(head) in language.usual:
                for rest in _cut(word[at:], language, known, most - 1):
                    yield (head, *rest)


def _misspelled(word: str, language: Language, marked: bool) -> Iterator[Candidate]:
    plain = fold(word)
    known = language.marked if marked else language.folded
    for reason, forms in (("sound", alike(word)), ("chat", unchatted(word))):
        for form in sorted(forms):
            if known.counts.get(form, 0) >= LEAST and is_syllable(form):
                yield Candidate((form,), COSTS[reason], REASONS.get(reason, reason))
    if len(plain) < (2 if marked else 4) or (len(plain) < 3 and _CONSONANTS.fullmatch(plain)):
        return  # as likely an acronym
    for form, kind in one_letter_off(plain, language.usual):
        yield from _forms(form, word, kind, language, marked)


def _forms(plain: str, typed: str, kind: str, language: Language, marked: bool) -> Iterator[Candidate]:
    reason = REASONS.get(kind, kind)
    if not marked:
        yield Candidate((plain,), COSTS[kind], reason)
        return
    typed_marks = _mark_bag(typed)
    for written in language.written(plain)[:8]:
        if language.marked.counts[written] >= LEAST:
            marks = _mark_bag(written)
            lost = len(marks - typed_marks)
            if kind == "dropped":  # the letter that was not typed took its marks with it
                lost = max(0, lost - 2)
            apart = lost + len(typed_marks - marks)
            yield Candidate((written,), COSTS[kind] + COSTS["marks"] / 2 * apart, reason)


def _with(found: tuple[Candidate, ...], cost: float) -> Iterator[Candidate]:
    return (Candidate(c.words, c.cost + cost, c.reason) for c in found)


def _squeeze(word: str) -> str:
    """Drop letters typed twice ("bìnhh", "nàoo", "trìii"): no Vietnamese syllable but those with "oo" doubles one."""
    out = word[:1]
    for c in word[1:]:
        if c not in (out[-1], split(out[-1])[0]):
            out += c
    return out


def _marks_cost(typed: str, meant: str) -> float:
    """The cost of the marks by which two words of the same folded form differ: of the tone, and of each letter."""
    (letters_a, tone_a), (letters_b, tone_b) = split(typed), split(meant)
    stroke = letters_a[:1] == "d" and letters_b[:1] == "đ"
    apart = (tone_a != tone_b) + sum(x != y for x, y in zip(letters_a, letters_b, strict=False)) - stroke
    return COSTS["stroke"] * stroke + COSTS["marks"] * apart


@lru_cache(maxsize=16384)
def _mark_bag(word: str) -> frozenset[str]:
    letters, tone = split(word)
    return frozenset(c for c in letters if c != fold(c)) | ({tone} if tone else frozenset())
