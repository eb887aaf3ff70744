"""The tokens of a text just as it was typed, and the signs that a sequence model sees of each: for entities of any data in any language.

Nothing here is repaired or looked through: an entity may be a code or a name, which repair would spoil.
"""

from __future__ import annotations

import re
import unicodedata
from typing import List, NamedTuple, Sequence, Tuple
from typing import Pattern as Compiled

from knowledge.text.fold import fold

# A name and a regular expression, as written.
Pattern = Tuple[str, str]

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|[^\w\s]|_")
_WINDOW = 3
_AFFIXES = (1, 2, 3)
# How far a word is seen from, whatever stands between.
_FAR = 9


class Token(NamedTuple):
    """A run of letters and digits, or one other character, at characters [start, end)."""

    text: str
    start: int
    end: int


def tokens(text: str) -> List[Token]:
    """Cut a text into its tokens, in order."""
    return [Token(unicodedata.normalize("NFC", m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def token_signs(text: str, found: Sequence[Token], patterns: Sequence[Tuple[str, "Compiled[str]"]]) -> List[List[str]]:
    """Return the signs of each token: itself, its form, its neighbours, what else is said before and after it, patterns it is part of."""
    hits = [(f"r:{name}", m.start(), m.end()) for name, pattern in patterns for m in pattern.finditer(text)]
    words = [t.text.lower() for t in found]
    padded = ["^"] * _WINDOW + words + ["$"] * _WINDOW
    shapes = ["^", *(_shape(t.text) for t in found), "$"]
    return [_signs_at(padded, shapes, at) + _parts(token, hits) for at, token in enumerate(found)]


def _signs_at(padded: Sequence[str], shapes: Sequence[str], at: int) -> List[str]:
    here = at + _WINDOW
    word = padded[here]
    signs = [f"w{step}:{padded[here + step]}" for step in range(-_WINDOW, _WINDOW + 1)]
    signs += [f"f{step}:{fold(padded[here + step])}" for step in (-1, 0, 1)]
    signs += [f"s{step}:{shapes[at + 1 + step]}" for step in (-1, 0, 1)]
    signs += [f"<{word[:size]}" for size in _AFFIXES] + [f"{word[-size:]}>" for size in _AFFIXES]
    signs += [f"b{step}:{padded[here + step]} {padded[here + step + 1]}" for step in (-1, 0)]
    signs.append(f"t:{padded[here - 1]} {word} {padded[here + 1]}")
    first, last = max(_WINDOW, here - _FAR), min(len(padded) - _WINDOW, here + _FAR + 1)
    signs += sorted({f"before:{w}" for w in padded[first:here]} | {f"after:{w}" for w in padded[here + 1 : last]})
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
