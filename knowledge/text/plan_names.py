"""Which plan a question names. Names and context are data (`data/plans.json`), so that a plan can be added without code.

A people's committee is an agency and also how people call its plan. The words around decide: "bên UBND", "nhiệm vụ 12 của UBND" and
"UBND ghi ..." mean the plan; "UBND tỉnh phê duyệt" and "sản phẩm là kế hoạch của UBND tỉnh" mean the agency.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.text.tone import settle
from knowledge.types import Span

DATA = Path(__file__).parent / "data" / "plans.json"
_REACH = 60


@dataclass(frozen=True)
class _PlanWords:
    id: str
    names: re.Pattern[str] | None
    capitals: re.Pattern[str] | None
    shared: re.Pattern[str] | None
    annexes: tuple[tuple[re.Pattern[str], str], ...]
    issuers: frozenset[str]


@dataclass(frozen=True)
class PlanNames:
    """Compiled `data/plans.json`."""

    plans: tuple[_PlanWords, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    paired: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    words: frozenset[str]

    def issuers(self) -> frozenset[str]:
        """Canonical agencies whose name people also use for the plan they issued."""
        return frozenset(name for plan in self.plans for name in plan.issuers)


@lru_cache(maxsize=1)
def plan_names() -> PlanNames:
    """Read how plans are called."""
    raw = json.loads(DATA.read_text(encoding="utf-8"))
    context = raw["context"]
    plans = tuple(
        _PlanWords(
            p["id"],
            _whole(p["names"]),
            _whole(p["capitals"]),
            _whole(p["shared"]),
            tuple((re.compile(rf"(?<!\w){pattern}(?!\w)"), part) for pattern, part in p["annexes"].items()),
            frozenset(p["issuers"]),
        )
        for p in raw["plans"]
    )
    behind = {k: re.compile(rf"(?:{context[k]})\s?:?\s?$") for k in ("before", "paired", "not_before")}
    ahead = {k: re.compile(rf"\s?(?:{context[k]})") for k in ("after", "not_after")}
    return PlanNames(plans, **behind, **ahead, words=frozenset(raw["words"]))


def find_plans(text: str, taken: list[tuple[int, int]]) -> Iterator[Span]:
    """Yield the plans that `text` (NFC) names, and the part of an annex that is named.

    `taken` are characters that name something longer ("Văn phòng UBND tỉnh"): no plan is read inside them.
    """
    known = plan_names()
    folded = fold(text)
    strong: list[Span] = []
    for span in (s for plan in known.plans for s in _certain(text, folded, plan, known.words)):
        if _free(span, taken) and _free(span, [(s.start, s.end) for s in strong]):
            strong.append(span)
            yield span
    for plan in known.plans:
        for m in plan.shared.finditer(folded) if plan.shared else ():
            shared = _named(text, m, plan, known.words)
            if shared and _free(shared, taken + [(s.start, s.end) for s in strong]) and _is_plan(folded, shared, known):
                yield shared
        for pattern, part in plan.annexes:
            for m in pattern.finditer(folded):
                if not any(s.value != plan.id and 0 <= s.start - m.end() <= 10 for s in strong):
                    yield Span("plan", m.start(), m.end(), text[m.start() : m.end()], plan.id)
                    yield Span("part", m.start(), m.end(), text[m.start() : m.end()], part)


def _certain(text: str, folded: str, plan: _PlanWords, words: frozenset[str]) -> Iterator[Span]:
    shouted = text.isupper()
    for pattern, where in ((plan.names, folded), (None if shouted else plan.capitals, text)):
        for m in pattern.finditer(where) if pattern else ():
            span = _named(text, m, plan, words)
            if span and span.end == m.end():
                yield span


def _named(text: str, m: re.Match[str], plan: _PlanWords, words: frozenset[str]) -> Span | None:
    """The plan's name up to the first syllable whose typed diacritics make it another word; None when that is the first."""
    end = m.end()
    for s in syllables(text[m.start() : m.end()]):
        if s.text.lower() != s.folded and settle(s.text.lower()) not in words:
            end = m.start() + s.start
            break
    named = text[m.start() : end].rstrip()
    return Span("plan", m.start(), m.start() + len(named), named, plan.id) if named else None


def _is_plan(folded: str, span: Span, known: PlanNames) -> bool:
    before = folded[max(0, span.start - _REACH) : span.start]
    if known.not_after.match(folded, span.end) or known.not_before.search(before):
        return False
    return bool(known.before.search(before) or known.paired.search(before) or known.after.match(folded, span.end))


def _free(span: Span, taken: list[tuple[int, int]]) -> bool:
    return not any(start < span.end and span.start < end for start, end in taken)


def _whole(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)") if patterns else None
