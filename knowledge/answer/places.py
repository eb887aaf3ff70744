"""Other provinces: a question about one is not answered from the plans of this one."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from knowledge.answer.context import Context
from knowledge.answer.glossary import listed
from knowledge.corpus import search_text
from knowledge.text.fold import fold
from knowledge.types import Key

DATA = Path(__file__).parent / "data" / "provinces.txt"


def elsewhere(ctx: Context, key: Key) -> bool:
    """Whether the question names a province that the record does not."""
    text = ctx.reading.question.text
    named = [name for name in _names().findall(fold(text)) if _typed(name, text)]
    held = fold(search_text(ctx.corpus.record(key)))
    return bool(named) and not any(name in held for name in named)


def _typed(name: str, text: str) -> bool:
    """Whether a name stands in the text with its own diacritics, or in a text without any: "diễn biến" is no province."""
    return fold(text) == text.lower() or _marked()[name] in text.lower()


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in _marked())})(?!\w)")


@lru_cache(maxsize=1)
def _marked() -> dict[str, str]:
    return {fold(name): name.lower() for name in listed(DATA)}
