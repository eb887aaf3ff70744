"""Anatomy of a written Vietnamese syllable: is it one, which tone does it carry, and where does the tone mark belong.

"hoà" and "hòa" are one word; "đựơc" and "tòan" carry the mark on the wrong letter. `settle` gives the spelling the plans use.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
"""Combining tone marks by their Telex key: acute, grave, hook, tilde, dot below."""

_MARKS = frozenset(TONES.values())
_INITIAL = "ngh|ng|nh|ch|th|tr|ph|kh|gh|qu|gi|[bcdđghklmnprstvx]"
_VOWELS = (
    "uyê|uya|uyu|ươi|ươu|iêu|yêu|uôi|uây|oai|oay|oeo|oao|uao|"
    "iê|yê|uô|ươ|uâ|uê|uơ|uy|oa|oă|oe|oo|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ưa|ui|ưi|ưu|"
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_SHAPE = re.compile(f"({_INITIAL})?({_VOWELS})(ng|nh|ch|[cmnpt])?")
_MARKED = frozenset("êôơâăư")
_OPEN_ONLY = re.compile("(?:[aăâeêioôơuưy]*[aeoâăôơêư][iyu]|[aâeê][ou]|iu|ui|ưi|ưu|ia|ua|ưa|uya|uyu|oeo)$")
_NEEDS_FINAL = frozenset(("ă", "â", "iê", "yê", "uô", "ươ", "uâ", "oă", "oo", "uyê"))


@lru_cache(maxsize=65536)
def split(syllable: str) -> tuple[str, str]:
    """Return the lower-case letters without tone, and the tone as a combining mark ("" for level)."""
    decomposed = unicodedata.normalize("NFD", syllable.lower())
    tones = [c for c in decomposed if c in _MARKS]
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _MARKS))
    return letters, tones[-1] if tones else ""


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether `word` is spelled like a Vietnamese syllable, tone mark in any place."""
    letters, tone = split(word)
    m = _SHAPE.fullmatch(letters)
    if not m:
        return False
    initial, vowels, final = m[1] or "", m[2], m[3] or ""
    if final and _OPEN_ONLY.search(vowels):
        return False
    if not final and vowels in _NEEDS_FINAL:
        return False
    if final in ("c", "ch", "p", "t") and tone not in ("", TONES["s"], TONES["j"]):
        return False
    if final in ("nh", "ch") and vowels[-1] not in "aêiy":
        return False
    if initial in ("k", "gh", "ngh") and vowels[0] not in "eêiy":
        return False
    return not (initial in ("c", "g", "ng") and vowels[0] in "eêiy" and not (initial == "g" and vowels[0] == "i"))


def place(letters: str, tone: str) -> str:
    """Put `tone` (a combining mark or "") on the letter it belongs to; `letters` that are no syllable come back as they are."""
    m = _SHAPE.fullmatch(letters)
    if not m or not tone:
        return letters
    vowels, closed = m[2], bool(m[3])
    marked = [i for i, c in enumerate(vowels) if c in _MARKED]
    if marked:
        at = marked[-1]
    elif len(vowels) == 3 or (len(vowels) == 2 and closed):
        at = 1
    else:
        at = 0
    at += m.start(2) + 1
    return unicodedata.normalize("NFC", letters[:at] + tone + letters[at:])


@lru_cache(maxsize=65536)
def settle(word: str) -> str:
    """Move the tone mark of a Vietnamese syllable to its place ("hoà" -> "hòa", "đựơc" -> "được"), keeping its capitals."""
    letters, tone = split(word)
    if not tone or not is_syllable(word):
        return word
    placed = place(letters, tone)
    if word.isupper() and len(word) > 1:
        return placed.upper()
    return placed[0].upper() + placed[1:] if word[0].isupper() else placed
