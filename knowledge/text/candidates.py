"""What the writer of one odd word may have meant, with what each slip costs.

Costs are in natural logarithms, like the probabilities they are weighed against: the bigger, the less likely the slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.text.fold import fold
from knowledge.text.language import LEAST, Language
from knowledge.text.telex import decode
from knowledge.text.tone import is_syllable, settle, split

_LETTERS = "abcdeghiklmnopqrstuvxy"
COSTS = {"telex": 1.0, "doubled": 1.0, "swapped": 2.5, "space": 2.0, "marks": 2.5, "letter": 4.5}
"""Cost of a slip by its reason; "marks" is for each letter whose marks differ."""


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


def candidates(word: str, language: Language, *, marked: bool) -> list[Candidate]:
    """Readings of an unknown `word` (lower case). In unmarked text they are unmarked, but for Telex and VNI keys."""
    found: dict[tuple[str, ...], Candidate] = {}
    _keep_cheapest(found, _slips(word, language, marked))
    unmarked = word == fold(word) and word in language.usual
    if not unmarked and not any(c.cost <= COSTS["telex"] for c in found.values()):
        # nothing is simpler than marks left out, a key of the input method or a letter held too long
        _keep_cheapest(found, _letters(word, language, marked))
    return sorted(found.values(), key=lambda c: c.cost)[:12]


def _keep_cheapest(found: dict[tuple[str, ...], Candidate], more: Iterator[Candidate]) -> None:
    for c in more:
        held = found.get(c.words)
        if held is None or c.cost < held.cost:
            found[c.words] = c


def other_marks(word: str, language: Language) -> list[Candidate]:
    """Known words that differ from `word` in their marks alone."""
    return [
        Candidate((other,), COSTS["marks"] * max(1, _marks_apart(word, other)), "marks")
        for other in language.written(fold(word))[:8]
        if other != word and language.marked.counts[other] >= LEAST and is_syllable(other)
    ]


def _slips(word: str, language: Language, marked: bool) -> Iterator[Candidate]:
    squeezed = _squeeze(word)
    for typed, cost in ((word, 0.0), (squeezed, COSTS["doubled"])):
        spelled = decode(typed)
        if spelled and settle(spelled) in language.marked:
            yield Candidate((settle(spelled),), cost + COSTS["telex"], "telex")
    known = language.marked if marked else language.folded
    if squeezed != word:
        if known.counts.get(squeezed, 0) >= LEAST:
            yield Candidate((squeezed,), COSTS["doubled"], "doubled")
        elif marked:
            yield from _with(other_marks(squeezed, language), COSTS["doubled"])
    if marked:
        yield from other_marks(word, language)
    yield from _split(word, language, marked)


def _split(word: str, language: Language, marked: bool) -> Iterator[Candidate]:
    known = language.marked if marked else language.folded
    for at in range(2, len(word) - 1):
        parts = (settle(word[:at]), settle(word[at:]))
        if all(known.counts.get(part, 0) >= LEAST and fold(part) in language.usual for part in parts):
            yield Candidate(parts, COSTS["space"], "space")


def _letters(word: str, language: Language, marked: bool) -> Iterator[Candidate]:
    plain = fold(word)
    if len(plain) < (3 if marked else 4):  # a short unmarked word is as likely an acronym
        return
    parts = [(plain[:at], plain[at:]) for at in range(len(plain) + 1)]
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    dropped = {a + b[1:] for a, b in parts if b}
    changed = {a + letter + b[1:] for a, b in parts for letter in _LETTERS}
    added = {a + letter + b for a, b in parts for letter in _LETTERS}
    for reason, forms in (("swapped", swapped), ("letter", dropped | changed | added)):
        for form in sorted(forms & language.usual - {plain}):
            yield from _forms(form, word, reason, language, marked)


def _forms(plain: str, typed: str, reason: str, language: Language, marked: bool) -> Iterator[Candidate]:
    if not marked:
        yield Candidate((plain,), COSTS[reason], reason)
        return
    typed_marks = _mark_bag(typed)
    for written in language.written(plain)[:8]:
        if language.marked.counts[written] >= LEAST:
            apart = len(typed_marks ^ _mark_bag(written))
            yield Candidate((written,), COSTS[reason] + COSTS["marks"] / 2 * apart, reason)


def _with(found: list[Candidate], cost: float) -> Iterator[Candidate]:
    return (Candidate(c.words, c.cost + cost, c.reason) for c in found)


def _squeeze(word: str) -> str:
    """Drop letters typed twice ("bìnhh", "nàoo"): no Vietnamese syllable but those with "oo" doubles one."""
    out = word[:1]
    for c in word[1:]:
        if c != out[-1]:
            out += c
    return out


def _marks_apart(a: str, b: str) -> int:
    """How many of tone and letters differ between two words of the same folded form."""
    (letters_a, tone_a), (letters_b, tone_b) = split(a), split(b)
    return (tone_a != tone_b) + sum(x != y for x, y in zip(letters_a, letters_b, strict=False))


def _mark_bag(word: str) -> frozenset[str]:
    letters, tone = split(word)
    return frozenset(c for c in letters if c != fold(c)) | ({tone} if tone else frozenset())
