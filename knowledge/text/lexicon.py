"""What short forms stand for: abbreviations of administrative writing and teencode, with the readings that neighbours decide."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from knowledge.text.fold import fold

DATA = Path(__file__).parent / "data" / "lexicon.json"

# Parts of a document number ("KH/TU", "KH-UBND") are no short forms.
_NUMBERED = re.compile(r"[/-]")

Style = Literal["office", "chat"]


@dataclass(frozen=True)
class Expansion:
    """What a short form stands for, and whether it belongs to administrative writing or to chat."""

    reading: str
    style: Style


@dataclass(frozen=True)
class _Rule:
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    reading: str


class Lexicon:
    """Short forms and their readings, and the words that are never touched."""

    def __init__(self, path: Path) -> None:
        raw = json.loads(path.read_text(encoding="utf-8"))
        self._usual: dict[str, tuple[tuple[str, ...], Style]] = {}
        styles: tuple[Style, ...] = ("office", "chat")
        for style in styles:
            for short, readings in raw[style].items():
                self._usual.setdefault(short, (tuple(readings), style))
        self._capitals: dict[str, str] = {short: readings[0] for short, readings in raw["capitals"].items()}
        self._rules: dict[str, list[_Rule]] = {}
        for short, side, pattern, reading in raw["phrases"]:
            compiled = re.compile(pattern)
            rule = _Rule(compiled, None, reading) if side == "before" else _Rule(None, compiled, reading)
            self._rules.setdefault(short, []).append(rule)
        self.keep = frozenset(raw["keep"])
        self.english = frozenset(raw["english"])

    def __contains__(self, word: str) -> bool:
        lower = word.lower()
        return lower in self._usual or lower in self._rules or (word.isupper() and lower in self._capitals)

    def expand(self, word: str, before: str = "", after: str = "", *, shouted: bool = False) -> Expansion | None:
        """Return what `word` stands for between the texts `before` and `after`, None when it stands for itself.

        `shouted` says that the whole message is in capitals, so that capitals tell nothing.
        """
        lower = word.lower()
        if _NUMBERED.search(before[-1:] + after[:1]) and word.isupper() and len(word) < 3:
            return None
        if len(word) == 1 and word.isupper() and not shouted:
            return None
        readings, style = self._usual.get(lower, ((), "office"))
        left, right = fold(before).rstrip(" ,:"), fold(after).lstrip()
        for rule in self._rules.get(lower, ()):
            if (rule.before and rule.before.search(left)) or (rule.after and rule.after.search(right)):
                return Expansion(rule.reading, style)
        if word.isupper() and not shouted and lower in self._capitals:
            return Expansion(self._capitals[lower], "office")
        return Expansion(readings[0], style) if readings else None


@lru_cache(maxsize=4)
def load_lexicon(path: Path = DATA) -> Lexicon:
    """Read the short forms."""
    return Lexicon(path)
