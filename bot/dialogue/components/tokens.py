"""The tokens of a text just as it was typed, and the signs that a sequence model sees of each: for entities of any data in any language.

Nothing here is repaired or looked through: an entity may be a code or a name, which repair would spoil.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Iterable, List, NamedTuple, Sequence, Set, Tuple
from typing import Pattern as Compiled

from knowledge.text.fold import fold

# A name and a regular expression, as written.
Pattern = Tuple[str, str]

# Thai and Lao, Burmese, Khmer, kana, Chinese characters: written without spaces between words.
_ALONE = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
_LETTER = rf"(?!{_ALONE})[^\W\d_][\u0300-\u036f]*"
_WHOLE = re.compile(rf"{_ALONE}|(?:{_LETTER}|\d)+|[^\w\s]|_")
_PARTED = re.compile(rf"{_ALONE}|(?:{_LETTER})+|\d+|[^\w\s]|_")
_WINDOW = 3
_AFFIXES = (1, 2, 3)


class Token(NamedTuple):
    """A run of letters and digits, or one other character, at characters [start, end)."""

    text: str
    start: int
    end: int


def tokens(text: str, parted: bool) -> List[Token]:
    """Cut a text into its tokens, in order; `parted`: digits apart from letters, "10kg" is two."""
    cut = _PARTED if parted else _WHOLE
    return [Token(unicodedata.normalize("NFC", m[0]), m.start(), m.end()) for m in cut.finditer(text)]


def to_part(annotated: Iterable[Tuple[str, Sequence[Tuple[int, int]]]]) -> bool:
    """Do texts, each with where its entities stand, have an entity that begins or ends between a digit and a letter?"""
    return any(
        _borders(text, parted=True) & inside
        for text, places in annotated
        if (inside := {border for place in places for border in place} - _borders(text, parted=False))
    )


def token_signs(text: str, found: Sequence[Token], patterns: Sequence[Tuple[str, "Compiled[str]"]]) -> List[List[str]]:
    """Return the signs of each token: itself, its form, its neighbours, patterns it is part of."""
    hits = [(f"r:{name}", m.start(), m.end()) for name, pattern in patterns for m in pattern.finditer(text)]
    words = [t.text.lower() for t in found]
    padded = ["^"] * _WINDOW + words + ["$"] * _WINDOW
    folded = [fold(word) for word in padded]
    shapes = ["^", *(_shape(t.text) for t in found), "$"]
    return [_signs_at(padded, folded, shapes, at) + _parts(token, hits) for at, token in enumerate(found)]


def _borders(text: str, parted: bool) -> Set[int]:
    return {border for token in tokens(text, parted) for border in token[1:]}


def _signs_at(padded: Sequence[str], folded: Sequence[str], shapes: Sequence[str], at: int) -> List[str]:
    here = at + _WINDOW
    word = padded[here]
    signs = [f"w{step}:{padded[here + step]}" for step in range(-_WINDOW, _WINDOW + 1)]
    signs += [f"f{step}:{folded[here + step]}" for step in (-1, 0, 1)]
    signs += [f"s{step}:{shapes[at + 1 + step]}" for step in (-1, 0, 1)]
    signs += [f"<{word[:size]}" for size in _AFFIXES] + [f"{word[-size:]}>" for size in _AFFIXES]
    signs += [f"b{step}:{padded[here + step]} {padded[here + step + 1]}" for step in (-1, 0)]
    signs.append(f"t:{padded[here - 1]} {word} {padded[here + 1]}")
    return signs


def _parts(token: Token, hits: Sequence[Tuple[str, int, int]]) -> List[str]:
    return [
        f"{name}{'+' if start < token.start else ''}"
        for name, start, end in hits
        if start < token.end and token.start < end
    ]


def _shape(text: str) -> str:
    """The kinds of the first four characters: X capital, x small letter, 0 digit, - other."""
    return "".join("0" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else "-" for c in text[:4])
