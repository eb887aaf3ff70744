"""Kinds of noise: slips of the hand, of the input method and of the ear, short forms and chat spelling, put into clean text by dice."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from knowledge.text.fold import fold
from knowledge.text.syllables import Syllable, syllables
from knowledge.text.tone import TONES, is_syllable, place, split

DATA = Path(__file__).parent / "data" / "noise.json"

_KEYS = {tone: key for key, tone in TONES.items()}
_VNI = dict(zip("sfrxj", "12345", strict=True))
_SHAPES = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI_SHAPES = {"â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9"}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return read


def _plain_words(text: str, least: int) -> list[Syllable]:
    """The syllables that noise may fall on: no names, no acronyms, no numbers."""
    return [s for s in syllables(text) if s.text.islower() and len(s.text) >= least and is_syllable(s.text)]


def _on_words(change: Callable[[str, Random], str], most: int = 2, least: int = 2) -> Callable[[str, Random], str]:
    """Noise that changes one word, or up to `most` of them."""

    def noise(text: str, dice: Random) -> str:
        words = _plain_words(text, least)
        changes = [(w, changed) for w in words if (changed := change(w.text, dice)) != w.text]
        chosen = dice.sample(changes, min(len(changes), dice.randint(1, most)))
        for w, changed in sorted(chosen, key=lambda c: -c[0].start):
            text = text[: w.start] + changed + text[w.end :]
        return text

    return noise


def _keyed(shapes: dict[str, str], tones: dict[str, str]) -> Callable[[str, Random], str]:
    """A run of words, now and then all of them, as the keys of an input method that was off."""

    def noise(text: str, dice: Random) -> str:
        words = [w for w in syllables(text) if fold(w.text) != w.text.lower() and w.text[1:].islower()]
        if not words:
            return text
        size = len(words) if dice.random() < 0.2 else dice.randint(1, 3)
        first = dice.randrange(max(1, len(words) - size + 1))
        for w in reversed(words[first : first + size]):
            text = text[: w.start] + _keys(w.text, shapes, tones, dice) + text[w.end :]
        return text

    return noise


def _keys(word: str, shapes: dict[str, str], tones: dict[str, str], dice: Random) -> str:
    letters, tone = split(word)
    out, vowel_at = "", 0
    for c in letters:
        out += shapes.get(c, c)
        if fold(c) in "aeiouy":
            vowel_at = len(out)
    key = tones[_KEYS[tone]] if tone else ""
    out = out + key if dice.random() < 0.7 else out[:vowel_at] + key + out[vowel_at:]
    return out[0].upper() + out[1:] if word[0].isupper() else out


def _tone(word: str, dice: Random) -> str:
    letters, tone = split(word)
    bare = "".join(c if c == "đ" else fold(c) for c in letters)
    options = [place(letters, ""), place(bare, tone), place(letters, dice.choice(list(_KEYS)))]
    if tone in (TONES["r"], TONES["x"]):
        options.append(place(letters, TONES["x" if tone == TONES["r"] else "r"]))
    return dice.choice([unicodedata.normalize("NFC", o) for o in options if o != word] or [word])


def _stroke(text: str, dice: Random) -> str:
    if dice.random() < 0.5:
        return text.replace("đ", "d").replace("Đ", "D")
    places = [m.start() for m in re.finditer("đ", text)]
    at = dice.choice(places) if places else -1
    return text[:at] + "d" + text[at + 1 :] if places else text


def _doubled(word: str, dice: Random) -> str:
    at = len(word) - 1 if dice.random() < 0.6 else dice.randrange(len(word))
    return word[:at] + word[at] * dice.choice((2, 2, 2, 3, 5)) + word[at + 1 :]


def _unspaced(text: str, dice: Random) -> str:
    words = {w.end for w in _plain_words(text, 2)} & {w.start - 1 for w in _plain_words(text, 2)}
    for at in sorted(dice.sample(sorted(words), min(len(words), dice.randint(1, 2))), reverse=True):
        text = text[:at] + text[at + 1 :] if text[at] == " " else text
    return text


def _swapped(word: str, dice: Random) -> str:
    at = dice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, dice: Random) -> str:
    at = dice.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _neighbour(word: str, dice: Random) -> str:
    places = [i for i, c in enumerate(word) if c in _data()["keys"]]
    if not places:
        return word
    at = dice.choice(places)
    beside: str = dice.choice(_data()["keys"][word[at]])
    return word[:at] + beside + word[at + 1 :]


def _sound(word: str, dice: Random) -> str:
    letters, tone = split(word)
    found = []
    for end, pairs in _data()["sounds"].items():
        for pair in pairs:
            for a, b in (pair, pair[::-1]):
                changed = b + letters[len(a) :] if end == "start" else letters[: -len(a)] + b
                there = letters.startswith(a) if end == "start" else letters.endswith(a)
                spelled = place(changed, tone)
                if there and is_syllable(spelled):
                    found.append(spelled)
    return dice.choice(found) if found else word


def _shortened(table: str) -> Callable[[str, Random], str]:
    def noise(text: str, dice: Random) -> str:
        said = [p for p in _data()[table] if re.search(rf"(?<!\w){p}(?!\w)", text)]
        for phrase in dice.sample(said, min(len(said), dice.randint(1, 2))):
            text = re.sub(rf"(?<!\w){phrase}(?!\w)", dice.choice(_data()[table][phrase]), text, count=1)
        return text

    return noise


def _respelled(word: str, dice: Random) -> str:
    rules = [
        (e, a, b) for e, a, b in _data()["respelled"] if (word.startswith(a) if e == "start" else word.endswith(a))
    ]
    rules = [r for r in rules if r[1] != "c" or not word.startswith("ch") or r[0] == "end"]
    if not rules:
        return word
    end, a, b = dice.choice(rules)
    return f"{b}{word[len(a) :]}" if end == "start" else f"{word[: -len(a)]}{b}"


def _chat(text: str, dice: Random) -> str:
    return _shortened("teencode")(text, dice) if dice.random() < 0.75 else _on_words(_respelled, 3)(text, dice)


def _bare_slip(text: str, dice: Random) -> str:
    slip = dice.choice((_on_words(_doubled), _unspaced, _on_words(_swapped, 1, 3), _on_words(_dropped, 1, 4)))
    return fold(slip(text, dice))


Noise = Callable[[str, Random], str]

KINDS: dict[str, Noise] = {
    "abbreviation": _shortened("abbreviations"),
    "teencode": _chat,
    "telex": _keyed(_SHAPES, dict(zip("sfrxj", "sfrxj", strict=True))),
    "vni": _keyed(_VNI_SHAPES, _VNI),
    "tone": _on_words(_tone),
    "stroke": _stroke,
    "doubled": _on_words(_doubled),
    "space": _unspaced,
    "swapped": _on_words(_swapped, 1, 3),
    "dropped": _on_words(_dropped, 1, 3),
    "neighbour": _on_words(_neighbour, 1, 3),
    "sound": _on_words(_sound),
    "unmarked": lambda text, _: fold(text),
    "unmarked_slip": _bare_slip,
}
"""Kinds of noise: from a clean question and dice to a noisy one; the question itself where the kind finds nothing to do."""
