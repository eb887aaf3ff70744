"""Reading what an input method left undone: "nhieemj vuj" (Telex) and "nhie65m vu5" (VNI) for "nhiệm vụ".

The rules are those of the two input methods as UniKey documents them: tone keys s f r x j (VNI 1-5), aa ee oo and dd (VNI 6, 9),
w for the horn and the breve (VNI 7, 8). A key may come anywhere after its vowel.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.text.tone import TONES, is_syllable, place, split

_VNI = str.maketrans("12345", "sfrxj")
_HAT = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"a": "ă", "o": "ơ", "u": "ư"}
_VOWEL = frozenset("aeiouyăâêôơư")
_VNI_WORD = re.compile(r"[^\W\d_]+[1-9](?:[^\W\d_]*[1-9])*[^\W\d_]*")


@lru_cache(maxsize=65536)
def decode(word: str) -> str | None:
    """Return the syllable that `word` spells in Telex or VNI keys, or None when it spells none.

    A word that uses no key at all gives None, and so does one whose reading is not spelled like a Vietnamese syllable.
    """
    lower = word.lower()
    letters, tone = split(lower)
    keys = _from_vni(letters) if _VNI_WORD.fullmatch(letters) else letters
    if keys is None or not keys.isalpha():
        return None
    out: list[str] = []
    used = False
    for key in keys:
        step = _press(out, key)
        if step == "letter":
            out.append(key)
            continue
        used = True
        if step == "tone":
            if tone:
                return None
            tone = TONES[key]
    if not used:
        return None
    bare = "".join(out).replace("ưo", "ươ").replace("uơ", "ươ") if len(out) > 1 else "".join(out)
    if not is_syllable(bare) and bare != "".join(out):
        bare = "".join(out)
    result = place(bare, tone)
    if not is_syllable(result):
        return None
    return result[0].upper() + result[1:] if word[0].isupper() else result


def _from_vni(letters: str) -> str | None:
    """Rewrite VNI keys as the Telex keys of the same effect."""
    out: list[str] = []
    for c in letters:
        if c == "6":
            at = next((x for x in reversed(out) if x in "aeo"), None)
            if at is None:
                return None
            out.append(at)
        elif c in "78":
            out.append("w")
        elif c == "9":
            out.append("d")
        else:
            out.append(c.translate(_VNI))
    return "".join(out)


def _press(out: list[str], key: str) -> str:
    """Apply one key to the letters typed so far: "letter" (append it), "tone" or "shape" (a letter was changed)."""
    if not any(c in _VOWEL for c in out):
        if key == "d" and out == ["d"]:
            out[0] = "đ"
            return "shape"
        return "letter"
    if key in TONES and not (key in "rx" and out[-1] not in _VOWEL and out[-1] not in "gnhmcpt"):
        return "tone"
    if key in _HAT and key in out and (out[-1] == key or out[-1] not in _VOWEL or key != "o"):
        at = len(out) - 1 - out[::-1].index(key)
        out[at] = _HAT[key]
        return "shape"
    if key == "w":
        for at in range(len(out) - 1, -1, -1):
            if out[at] in _HORN:
                out[at] = _HORN[out[at]]
                if out[at] == "ơ" and at and out[at - 1] == "u" and (at < 2 or out[at - 2] != "q"):
                    out[at - 1] = "ư"
                return "shape"
    if key == "d" and out[0] == "d":
        out[0] = "đ"
        return "shape"
    return "letter"
