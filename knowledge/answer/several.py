"""Two or three subjects in one message ("ai chủ trì SOC và IOC?", "X với Y, cái nào xong trước?"): each is answered for itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.answer.card import about_or_card
from knowledge.answer.context import Context, reply, source_line, with_twins
from knowledge.answer.filters import asks, cue_phrases, cue_words
from knowledge.answer.link import Candidate
from knowledge.answer.lists import PARTS
from knowledge.answer.passages import passage_answer
from knowledge.answer.reading import piece, read
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.types import Answer, Facet, Key, Part

HELD = 0.7
"""Least share of the words of one side that a record must hold to be that side's subject."""
MORE = 0.12
"""Least gain in that share over the record that fits the whole question best: below it the question has one subject."""
PLAIN = 0.0
"""Least `known` of a side."""
MOST = 3
"""Most subjects of one message."""
HOLDERS: dict[Facet, tuple[Part, ...]] = {"value": ("targets", "body"), "monitor": ("targets",)}
"""Kinds of records that have what is asked for, where not all do: a task has no level, and nobody monitors it."""


@dataclass(frozen=True)
class _Side:
    """One side of a question, what it is about, and how surely."""

    ctx: Context
    best: Candidate


def by_several(ctx: Context) -> Answer | None:
    """The answers to a question with more than one subject, one after the other."""
    numbered = _numbered(ctx)
    found = numbered or [(side.ctx, with_twins(side.ctx, side.best.key, side.ctx.ranked)) for side in sides(ctx)]
    if len(found) < 2:
        return None
    answers = [passage_answer(c, keys[0]) if keys[0].part == "body" else about_or_card(c, keys) for c, keys in found]
    if not any(a.citations for a in answers):
        return None
    lines = [a.text.removesuffix(f"\n{source_line(a.citations, ctx.corpus, ctx.lang)}") for a in answers]
    citations = [c for a in answers for c in a.citations]
    return reply(ctx, "answered", "\n".join(dict.fromkeys(lines)), citations, [k for a in answers for k in a.focus])


def _numbered(ctx: Context) -> list[tuple[Context, list[Key]]]:
    """Items that the question gives by number, when it gives more than one of one part and plan ("nhiệm vụ 3 và 4 của UBND")."""
    items = list(dict.fromkeys(ctx.reading.items))
    parts = {part for part, _ in items}
    if not 1 < len(items) <= MOST or len(ctx.reading.plans) > 1 or len(parts) > 1:
        return []
    part = next(iter(parts)) or "tasks"
    plans = ctx.reading.plans or tuple(k.plan for k in ctx.reading.question.focus[:1])
    if not plans:
        return []
    keys = [Key(plans[0], part, item) for _, item in items]
    return [(ctx, with_twins(ctx, k)) for k in keys] if all(map(ctx.corpus.get, keys)) else []


def sides(ctx: Context, most: int = MOST) -> list[_Side]:
    """The sides of a question cut where its words join two subjects, so that each side fits a record far better than the whole does."""
    question = ctx.reading.question
    listing = asks(ctx, "tasks") or asks(ctx, "targets")
    if question.intent in PARTS or len(ctx.reading.plans) > 1 or (listing and not asks(ctx, "comparing")):
        return []
    text = clean(question.text)
    best: list[_Side] = []
    gain = MORE
    for joint in _joints().finditer(fold(text)):
        left, right = _side(_part(ctx, 0, joint.start())), _part(ctx, joint.end(), len(text))
        if left is None:
            continue
        side = _side(right)
        found = [left, *([side] if side else sides(right, most - 1) if most > 2 else [])]
        if len(found) < 2 or _same_work(ctx, found):
            continue
        parts = {side.best.key.part for side in found}
        whole = max(c.coverage for c in ctx.ranked if c.key.part in parts)
        least = min(side.best.coverage for side in found)
        if least - whole >= gain:
            best, gain = found, least - whole
    if len(best) == 2 and most > 2:
        return [*(sides(best[0].ctx, most - 1) or best[:1]), *(sides(best[1].ctx, most - 1) or best[1:])][:most]
    return best


def _part(ctx: Context, start: int, end: int) -> Context:
    """A stretch of the question as a question of its own."""
    return Context(read(piece(ctx.reading.question, start, end)), ctx.corpus, ctx.linker)


def _side(part: Context) -> _Side | None:
    """A stretch of a question with the record it is about, which has what is asked for; None where it names no subject the plans know."""
    if not set(part.reading.subject) - cue_words("documents"):
        return None
    best = next((c for c in part.ranked if all(c.key.part in HOLDERS.get(f, (c.key.part,)) for f in part.facets)), None)
    return _Side(part, best) if best and best.coverage >= HELD and best.known >= PLAIN else None


def _same_work(ctx: Context, found: Sequence[_Side]) -> bool:
    """Whether two sides that follow each other are about the same work."""
    return any(b.best.key in (a.best.key, *ctx.corpus.twins(a.best.key)) for a, b in pairwise(found))


@lru_cache(maxsize=1)
def _joints() -> re.Pattern[str]:
    """Where two subjects may meet: a mark that parts clauses, or a word that joins."""
    words = "|".join(sorted(map(re.escape, cue_phrases("joins")), key=len, reverse=True))
    return re.compile(rf"\s*[,;?!.:]\s+(?:(?:{words})\s+)?|\s+(?:{words})\s+")
