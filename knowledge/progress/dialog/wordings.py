"""Small wordings that decide what a message is for (`data/cues.json`), and how they are looked for: folded, word by word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.text.syllables import Syllable, syllables

CLAUSE = re.compile(r"[,.;!\n]")
DATA = Path(__file__).parent / "data" / "cues.json"


def says(text: str, kind: str) -> bool:
    """Whether a text has a wording of a kind, word by word and whatever its marks."""
    said = spoken(text)
    return any(f" {p} " in said for p in wordings()[kind])


def spoken(text: str) -> str:
    """The folded words of a text as they are looked through."""
    return joined([s.folded for s in syllables(text)])


def spoken_words(text: str) -> list[Syllable]:
    """The words of a text without its punctuation, each with its place."""
    return [s for s in syllables(text) if s.folded.isalnum()]


def leading(said: Sequence[str], phrases: Iterable[str]) -> int:
    """How many of these folded words the longest of the phrases that they begin with takes up; 0 for none."""
    text = f"{' '.join(said)} "
    return max((len(p.split()) for p in phrases if text.startswith(f"{p} ")), default=0)


def bare(text: str) -> str:
    """A message as folded words, without marks and the particles of politeness around them."""
    polite = wordings()["polite"]
    return " ".join(s.folded for s in spoken_words(text) if s.folded not in polite)


def joined(words: list[str]) -> str:
    """Words between single blanks, one at each end: what is looked for is looked for so too."""
    return f" {' '.join(words)} "


@lru_cache(maxsize=1)
def wordings() -> dict[str, Any]:
    """The wordings by kind."""
    raw: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return raw
