"""Facets asked for as items of a list, "ai ban hành, ra văn bản gì, năm nào": what tags whole questions may miss the short last one."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from knowledge.answer.facts import column
from knowledge.text.fold import fold
from knowledge.types import Facet

DATA = Path(__file__).parent / "data" / "facet_items.json"
_BREAK = re.compile(r"[,;:+?.!]|\bva\b")


def with_listed(facets: tuple[Facet, ...], text: str) -> tuple[Facet, ...]:
    """The facets of a repaired text with those that it asks for as items of a list, which come last. None are added to none."""
    if not facets:
        return facets
    listed = [facet for item in _BREAK.split(fold(text)) if (facet := _items().get(item.strip()))]
    taken = {column(f) for f in facets}
    return (*facets, *dict.fromkeys(f for f in listed if column(f) not in taken))


@lru_cache(maxsize=1)
def _items() -> dict[str, Facet]:
    return {item: facet for facet, items in json.loads(DATA.read_text(encoding="utf-8")).items() for item in items}
