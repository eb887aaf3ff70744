"""What is said for politeness around a message: "chào bạn, cho mình hỏi SOC ai làm, cảm ơn nhé" wants "SOC ai làm".

Read together, the greeting drowns the question; a message that is nothing but courtesy stays whole. The words are data
(`data/courtesies.json`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache, reduce
from pathlib import Path

from knowledge.text.fold import fold
from knowledge.text.syllables import syllables, words
from knowledge.text.tone import settle

DATA = Path(__file__).parent / "data" / "courtesies.json"
LEAST = 3
"""Words that must be left: fewer ("ok, cảm ơn") are themselves part of the courtesy."""


@dataclass(frozen=True)
class _Patterns:
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    introduction: re.Pattern[str]
    marked: frozenset[str]


def without_courtesies(text: str) -> str:
    """A text (NFC, see `normalise.clean`), the courtesies before and after its matter blanked out: all else keeps its place."""
    found, folded = _patterns(), fold(text)
    begin = _begin(text, folded, found)
    closing = found.closing.search(folded, begin)
    end = closing.start() if closing and _meant(text[closing.start() :], found.marked) else len(text)
    if (begin == 0 and end == len(text)) or len(words(text[begin:end])) < LEAST:
        return text
    return " " * begin + text[begin:end] + " " * (len(text) - end)


def _begin(text: str, folded: str, found: _Patterns) -> int:
    """Where the matter begins: after every courtesy, and after who one is where that stands beside a courtesy."""
    at = 0
    while True:
        courtesy = _courtesy(text, folded, at, found)
        introduced = found.introduction.match(folded, at)
        if courtesy:
            at = courtesy
        elif introduced and (at or _courtesy(text, folded, introduced.end(), found)):
            at = introduced.end()
        else:
            return at


def _courtesy(text: str, folded: str, at: int, found: _Patterns) -> int:
    """Where the courtesies that stand at a place end; 0 where there is none."""
    opening = found.opening.match(folded, at)
    return opening.end() if opening and _meant(text[at : opening.end()], found.marked) else 0


def _meant(piece: str, marked: frozenset[str]) -> bool:
    """Whether every word is unmarked or marked as a courtesy is: "cho Hội Nông dân" asks nobody's leave."""
    return all(s.text.lower() == s.folded or settle(s.text.lower()) in marked for s in syllables(piece))


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    """Compile the data."""
    raw = json.loads(DATA.read_text(encoding="utf-8"))
    named = ("who", "me", "after", "not_thanked_for")
    openings, closings = (
        "|".join(reduce(lambda p, name: p.replace(f"{{{name}}}", raw[name]), named, pattern) for pattern in raw[kind])
        for kind in ("openings", "closings")
    )
    after = raw["after"]
    return _Patterns(
        re.compile(rf"[^\w]*(?:(?:{openings})(?!\w){after}[^\w]*)+"),
        re.compile(rf"(?:(?<!\w)(?:{closings})(?!\w){after}[^\w]*)+$"),
        re.compile(raw["introduction"].replace("{me}", raw["me"])),
        frozenset(settle(word) for word in raw["marked"]),
    )
