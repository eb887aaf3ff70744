"""Two or three subjects in one message ("ai chủ trì SOC và IOC?", "X với Y, cái nào xong trước?"): each is answered for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answer.card import about_or_card
from knowledge.answer.context import Context, reply, source_line, with_twins
from knowledge.answer.filters import asks, cue_phrases, cue_words
from knowledge.answer.link import Candidate
from knowledge.answer.lists import PARTS
from knowledge.answer.passages import passage_answer
from knowledge.answer.reading import piece, read
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.types import Answer, Key

HELD = 0.7
"""Least share of the words of one side that a record must hold to be that side's subject."""
MORE = 0.12
"""Least gain in that share over the record that fits the whole question best: below it the question has one subject."""
PLAIN = 0.0
"""Least `known` of a side."""
MOST = 3
"""Most subjects of one message."""


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
        left, right = _side(ctx, 0, joint.start()), _side(ctx, joint.end(), len(text))
        if not left or not right or _same_work(ctx, left, right):
            continue
        parts = {left.best.key.part, right.best.key.part}
        whole = max(c.coverage for c in ctx.ranked if c.key.part in parts)
        least = min(left.best.coverage, right.best.coverage)
        if least - whole >= gain:
            best, gain = [left, right], least - whole
    if best and most > 2:
        return [*(sides(best[0].ctx, most - 1) or best[:1]), *(sides(best[1].ctx, most - 1) or best[1:])][:most]
    return best


def _side(ctx: Context, start: int, end: int) -> _Side | None:
    """A stretch of the question as a question of its own; None where it names no subject that the plans know."""
    part = Context(read(piece(ctx.reading.question, start, end)), ctx.corpus, ctx.linker)
    if not set(part.reading.subject) - cue_words("documents"):
        return None
    best = part.ranked[0]
    return _Side(part, best) if best.coverage >= HELD and best.known >= PLAIN else None


def _same_work(ctx: Context, left: _Side, right: _Side) -> bool:
    return right.best.key in (left.best.key, *ctx.corpus.twins(left.best.key))


@lru_cache(maxsize=1)
def _joints() -> re.Pattern[str]:
    """Where two subjects may meet: a mark that parts clauses, or a word that joins."""
    words = "|".join(sorted(map(re.escape, cue_phrases("joins")), key=len, reverse=True))
    return re.compile(rf"\s*[,;?!.:]\s+(?:(?:{words})\s+)?|\s+(?:{words})\s+")
