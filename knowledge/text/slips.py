"""Syllables one slip of the hand or the ear away from a typed one. The rules are data (`data/slips.json`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from knowledge.text.tone import place, split

DATA = Path(__file__).parent / "data" / "slips.json"


class Slips:
    """The rules of `data/slips.json`."""

    def __init__(self, path: Path) -> None:
        raw = json.loads(path.read_text(encoding="utf-8"))
        alike = raw["sounds"]
        self.sounds = {end: [(a, b) for p in alike[end] for a, b in (p, p[::-1])] for end in ("start", "end")}
        self.chat = {end: [(a, b) for a, b in raw["chat"][end]] for end in ("start", "end")}
        self.keys: dict[str, str] = raw["keys"]


@lru_cache(maxsize=4)
def load_slips(path: Path = DATA) -> Slips:
    """Read the rules."""
    return Slips(path)


def alike(word: str) -> set[str]:
    """What sounds like `word` somewhere: "chì" for "trì"; its tone kept, one rule at its start, its end or both."""
    return _respelled(word, load_slips().sounds)


def unchatted(word: str) -> set[str]:
    """What `word` may be chat spelling of: "fối" of "phối"."""
    return _respelled(word, load_slips().chat)


def _respelled(word: str, rules: dict[str, list[tuple[str, str]]]) -> set[str]:
    letters, tone = split(word)
    starts = {letters} | {b + letters[len(a) :] for a, b in rules["start"] if letters.startswith(a)}
    both = {s[: -len(a)] + b for s in starts for a, b in rules["end"] if s.endswith(a)} | starts
    return {place(s, tone) for s in both} - {word}


def one_letter_off(plain: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The `known` unmarked syllables one slip from `plain`, each with its kind: swapped, dropped, added, beside, letter.

    dropped: a letter of it was not typed; added: one too many was; beside: a neighbouring key was hit; letter: any other was.
    """
    index = _without_one(known)
    shorter = _deletions(plain)
    near = {plain, *shorter}.union(*(index.get(s, ()) for s in (plain, *shorter)))
    for form in sorted(near & known - {plain}):
        if len(form) > len(plain):
            yield form, "dropped"
        elif len(form) < len(plain):
            yield form, "added"
        else:
            at = [i for i, (a, b) in enumerate(zip(plain, form, strict=True)) if a != b]
            if len(at) == 1:
                yield form, "beside" if form[at[0]] in load_slips().keys.get(plain[at[0]], "") else "letter"
            elif at[1] == at[0] + 1 and len(at) == 2 and plain[at[0]] == form[at[1]] and plain[at[1]] == form[at[0]]:
                yield form, "swapped"


def _deletions(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


@lru_cache(maxsize=4)
def _without_one(known: frozenset[str]) -> dict[str, list[str]]:
    """Every form of the known syllables with one letter missing, and whose it is (the index of SymSpell, Garbe 2012)."""
    index: dict[str, list[str]] = {}
    for word in sorted(known):
        for form in _deletions(word):
            index.setdefault(form, []).append(word)
    return index
