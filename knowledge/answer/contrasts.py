"""Comparisons beyond one record: what one plan alone has, where a plan contradicts itself, every difference that matters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answer.context import Context, cite, reply
from knowledge.answer.filters import asks
from knowledge.answer.measure import target_value
from knowledge.answer.wording import say, shorten
from knowledge.compare.differences import MINOR, Difference
from knowledge.records import plain
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.types import Answer, Citation, Key, Record, Target, Task

_LACKS = re.compile(r"\W*(?:\w+ ){0,2}(?:khong|ko|k|chua|chang|hong|lacks?|does not|doesn't)\b(?! (?:giong|khac))")
SHOWN = 10
TITLE = 90
CONCERNED = 0.5
"""Least share of the subject words that both sides of a contradiction must hold to be the one asked about."""
LESS = 0.4
"""Lead in that share by which another record is what is asked about."""


def only_in_one(ctx: Context) -> Answer | None:
    """What only one plan has, when that is asked ("việc nào chỉ có ở kế hoạch UBND?")."""
    without = lacking(ctx)
    if not asks(ctx, "only") and not without:
        return None
    if not without and ctx.reading.subject and ctx.ranked[0].coverage >= CONCERNED and ctx.ranked[0].key.part != "body":
        return None  # what one plan has more on one subject is a comparison
    found = [d for d in ctx.corpus.differences if d.level == "only-one" and d.field == "record"]
    kind = ctx.reading.parts[0] if ctx.reading.parts else None
    lines: list[str] = []
    citations: list[Citation] = []
    plans = ctx.reading.plans or tuple(p.id for p in ctx.corpus.plans)
    for plan in (p for p in plans if p not in without or len(plans) == 1):
        keys = [k for d in found if (k := d.left or d.right) and k.plan == plan and kind in (None, k.part)]
        if not keys:
            continue
        lines.append(say(ctx.lang, "list.only_here", plan=ctx.corpus.plan(plan).short))
        lines += [f"- {_named(ctx, k)}" for k in keys]
        citations += [cite(ctx.corpus, k, plain(ctx.corpus.record(k)), ctx.lang) for k in keys]
    if not citations:
        return None
    return reply(ctx, "answered", "\n".join(lines), citations, [Key(c.plan, c.part, c.item) for c in citations])


def lacking(ctx: Context) -> frozenset[str]:
    """Of two plans named, those said not to have something ("UBND có mà Tỉnh ủy không có")."""
    text = fold(ctx.reading.question.text)
    if len(ctx.reading.plans) < 2 or ctx.reading.subject:
        return frozenset()
    return frozenset(s.value for s in ctx.reading.spans if s.kind == "plan" and _LACKS.match(text, s.end))


def within_one(ctx: Context) -> Answer | None:
    """Where one plan contradicts itself on the subject asked about."""
    plans = set(ctx.reading.plans)
    best = max(
        (d for d in ctx.corpus.contradictions if d.left and (not plans or d.left.plan in plans)),
        key=lambda d: _concern(ctx, d),
        default=None,
    )
    least = max(CONCERNED, max(c.coverage for c in ctx.ranked) - LESS)
    if best is None or _concern(ctx, best) < least or not best.left or not best.right:
        return None
    sides = tuple(
        (k, _stated(ctx, k, text)) for k, text in ((best.left, best.left_text), (best.right, best.right_text))
    )
    head = say(ctx.lang, "compare.internal", plan=ctx.corpus.plan(best.left.plan).short)
    lines = [say(ctx.lang, "differ.line", plan=_place(ctx, k), value=text) for k, text in sides]
    citations = [cite(ctx.corpus, k, _quote(ctx.corpus.record(k), text), ctx.lang) for k, text in sides]
    return reply(ctx, "answered", "\n".join([head, *lines]), citations, [k for k, _ in sides])


def overall(ctx: Context) -> Answer:
    """The differences that matter between the plans, one line each, heaviest first."""
    found = [(d, d.left, d.right) for d in ctx.corpus.differences if d.level not in MINOR and d.left and d.right]
    lines = [say(ctx.lang, "compare.overall", count=len(found))]
    citations: list[Citation] = []
    keys: list[Key] = []
    for d, left, right in found[:SHOWN]:
        sides = "; ".join(_side(ctx, k, text) for k, text in ((left, d.left_text), (right, d.right_text)))
        lines.append(f"- {shorten(plain(ctx.corpus.record(right)), 60)}: {sides}")
        keys += [left, right]
        citations += [cite(ctx.corpus, k, plain(ctx.corpus.record(k)), ctx.lang) for k in (left, right)]
    if len(found) > SHOWN:
        lines.append(say(ctx.lang, "compare.others", count=len(found) - SHOWN))
    return reply(ctx, "answered", "\n".join(lines), citations, keys)


def _side(ctx: Context, key: Key, text: str) -> str:
    said = shorten(text, 60) or say(ctx.lang, "compare.silent")
    return f"{ctx.corpus.plan(key.plan).short}: {said}"


def _concern(ctx: Context, d: Difference) -> float:
    wanted = set(ctx.reading.subject) or set(ctx.reading.content)
    if not wanted:
        return 0.0
    sides: Sequence[str] = (d.left_text, d.right_text)
    return min(len(wanted & {s.folded for s in syllables(text)}) for text in sides) / len(wanted)


def _stated(ctx: Context, key: Key, text: str) -> str:
    """One side of a contradiction in words; a target's with its unit."""
    record = ctx.corpus.record(key)
    value = target_value(record, ctx.reading.content) if isinstance(record, Target) else None
    return value.value if value else text


def _quote(record: Record, text: str) -> str:
    """The verbatim cell that holds one side of a contradiction."""
    if isinstance(record, Task):
        return record.product.text if text in record.product.text else record.title.text
    return record.text.text


def _place(ctx: Context, key: Key) -> str:
    return say(ctx.lang, f"source.{key.part}", plan="", item=key.item, word=say(ctx.lang, f"part.{key.part}")).strip(
        ", "
    )


def _named(ctx: Context, key: Key) -> str:
    return f"{say(ctx.lang, f'part.{key.part}')} {key.item}: {shorten(plain(ctx.corpus.record(key)), TITLE)}"
