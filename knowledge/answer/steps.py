"""The way from question to answer as one flat list of steps. Each answers or passes the question on by returning None."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.answer.absent import (
    WHOLE,
    asks_whether,
    by_kind,
    counts_unstated,
    not_stated,
    places_unstated,
    year_between,
    year_outside,
)
from knowledge.answer.card import about_or_card, by_card
from knowledge.answer.choice import CLEAR_MARGIN, choice, rivals
from knowledge.answer.collected import by_collection
from knowledge.answer.comparison import only_one, side_by_side
from knowledge.answer.context import Context, reply, with_twins
from knowledge.answer.contrasts import only_in_one, overall, within_one
from knowledge.answer.facts import ROLES
from knowledge.answer.link import FAMILIAR, SOME_COVERAGE, STRANGE, Candidate
from knowledge.answer.lists import PARTS, by_filter
from knowledge.answer.meant import COLUMNS, PLAINLY, least_held, plain_paragraph, scattered, told_there
from knowledge.answer.passages import asked_section, no_such_section, passage_answer, section_answer
from knowledge.answer.planwide import by_plan
from knowledge.answer.ranking import by_extreme, by_most, by_size
from knowledge.answer.refer import picks_listed, referred
from knowledge.answer.rows import by_more
from knowledge.answer.several import by_several
from knowledge.answer.wording import say
from knowledge.compare.differences import MINOR
from knowledge.types import Answer, Key, Part

Step = Callable[[Context], Answer | None]

ENOUGH_COVERAGE = 0.45
"""Least share of the subject words a record must hold to be answered from without asking."""
NEAR = 0.5
"""Gap in score within which a record that holds what is asked is taken over the best one, which does not."""
DIFFERING = 0.75
"""The same for a record about which the plans differ, when it is asked where they do."""
HELD_LESS = 0.1
"""Gap in coverage within which a record holds as much of the subject as the best one."""
SURE = 0.75
"""Least confidence at which the engine's word is taken that the plans are compared."""


def by_number(ctx: Context) -> Answer | None:
    """Items the question gives by number ("nhiệm vụ 12 bên Tỉnh ủy")."""
    items = ctx.reading.items
    if not items or picks_listed(ctx):
        return None
    part, item = items[0]
    parts: Sequence[Part] = (part,) if part else (ctx.reading.parts or _likely_parts(ctx))
    plans = (
        ctx.reading.plans
        or tuple(k.plan for k in ctx.reading.question.focus[:1])
        or tuple(p.id for p in ctx.corpus.plans)
    )
    keys = [k for plan in plans for p in parts if ctx.corpus.get(k := Key(plan, p, item))]
    if not keys:
        return _no_such_item(ctx, plans[0], parts[0], item)
    if len(keys) > 1:
        keys = _fitting(ctx, keys)
    if not set(keys[1:]) <= set(ctx.corpus.twins(keys[0])):
        return choice(ctx, keys)
    return about_or_card(ctx, with_twins(ctx, keys[0]))


def by_focus(ctx: Context) -> Answer | None:
    """A question with no subject of its own, asked of what the talk is about ("thế còn hạn?", "nhiệm vụ tiếp theo?")."""
    found = referred(ctx)
    if found is None:
        return None
    if isinstance(found, Answer):
        return found
    keys = with_twins(ctx, found)
    if ctx.reading.question.intent == "compare_plans" and found.part != "body":
        return _compared(ctx, keys)
    return about_or_card(ctx, keys)


def by_comparison(ctx: Context) -> Answer | None:
    """The plans side by side: on one subject, within one plan, or as a whole."""
    if ctx.reading.question.intent != "compare_plans" and len(ctx.reading.plans) < 2:
        return only_in_one(ctx) if ctx.reading.question.intent in PARTS else None
    if (alone := only_in_one(ctx)) is not None:
        return alone
    if len(ctx.reading.plans) == 1 and (inside := within_one(ctx)) is not None:
        return inside
    everything = ctx.ranked
    ranked = [c for c in everything if c.key.part != "body"]
    if len(ctx.reading.plans) < 2 and ctx.reading.subject and _elsewhere(ctx, everything):
        return None
    if not ctx.reading.content or ranked[0].coverage < SOME_COVERAGE:
        focus = [k for k in ctx.reading.question.focus if k.part != "body"]
        if not focus:
            return overall(ctx)
        return _compared(ctx, with_twins(ctx, focus[0]))
    return _compared(ctx, with_twins(ctx, _differing(ctx, ranked), ranked))


def _differing(ctx: Context, ranked: Sequence[Candidate]) -> Key:
    """Of the records that fit nearly as well as the best, the first that the plans really differ about.

    When the question names a kind of record, or a column that one kind alone has, it is of that kind; a level comes before who takes part.
    """
    found = [d for d in ctx.corpus.differences if d.level not in MINOR]
    told = {k for d in found for k in (d.left, d.right)}
    rows = set(ctx.facets) & (COLUMNS | ROLES)
    levels = {k for d in found if d.field == "value" and not rows for k in (d.left, d.right)}
    meant = [c for c in ranked if c.key.part in (ctx.reading.parts or _with_column(ctx, ranked))] or ranked
    best = meant[0]
    near = [
        c.key
        for c in meant
        if best.score - c.score < DIFFERING
        and c.coverage >= best.coverage - HELD_LESS
        and c.known >= min(best.known, FAMILIAR)
    ]
    return next((k for kind in (levels, told) for k in near if k in kind), best.key)


def _with_column(ctx: Context, ranked: Sequence[Candidate]) -> tuple[Part, ...]:
    """Tasks, when a column that they alone have is asked for, and one of them holds as much of the subject as any target."""
    if not set(ctx.facets) & (COLUMNS | ROLES) or "monitor" in ctx.facets:
        return ()
    held = max(c.coverage for c in ranked if c.key.part == "tasks")
    return ("tasks",) if held >= max(c.coverage for c in ranked) - HELD_LESS else ()


def _elsewhere(ctx: Context, ranked: Sequence[Candidate]) -> bool:
    """Whether what reads like a comparison asks about the body of a plan, or about what the plans do not know."""
    best = next(c for c in ranked if c.key.part != "body")
    body = max((c.coverage for c in ranked if c.key.part == "body"), default=0.0)
    unsure = ctx.reading.question.confidence < SURE
    return best.known < FAMILIAR or (unsure and body - best.coverage >= PLAINLY)


def _compared(ctx: Context, keys: list[Key]) -> Answer:
    return side_by_side(ctx, keys) if len(keys) > 1 else only_one(ctx, keys[0])


def by_section(ctx: Context) -> Answer | None:
    """A section of the body asked for as a whole."""
    if ctx.reading.question.intent != "ask_plan":
        return None
    found = asked_section(ctx)
    return section_answer(ctx, *found) if found else no_such_section(ctx)


def by_subject(ctx: Context) -> Answer | None:
    """The record whose text fits the subject words."""
    if not ctx.reading.content:
        return None
    ranked = ctx.ranked
    best = plain_paragraph(ctx, ranked) or ranked[0]
    if best.coverage < SOME_COVERAGE or (best.key.part != "body" and best.known < STRANGE):
        return None
    if best.coverage < ENOUGH_COVERAGE and best.key.part != "body" and ctx.linker.nowhere(ctx.reading.content):
        return None  # what it is about is named by the word that no plan has
    if best.key.part != "body" and scattered(ctx, best):
        return None
    if asks_whether(ctx) and (ctx.reading.foreign or (not ctx.facets and best.coverage < least_held(best))):
        return not_stated(ctx, best)
    if (on_the_way := year_between(ctx, with_twins(ctx, best.key, ranked))) is not None:
        return on_the_way
    if year_outside(ctx, with_twins(ctx, best.key, ranked)):
        return not_stated(ctx, best)
    if best.key.part != "body" and best.known < FAMILIAR and best.coverage < WHOLE:
        return choice(ctx, [best.key, *(c.key for c in rivals(ctx, ranked))])
    keys = with_twins(ctx, best.key, ranked)
    if counts_unstated(ctx, keys):
        counted = _counted(ctx, ranked)
        if counted is None:
            return not_stated(ctx, best)
        best, keys = counted, with_twins(ctx, counted.key, ranked)
    if places_unstated(ctx, keys):
        return not_stated(ctx, best)
    if best.key.part == "body":
        if told_there(ctx, best):
            return passage_answer(ctx, best.key)
        return unknown(ctx) if asks_whether(ctx) else not_stated(ctx, best)
    near = rivals(ctx, ranked)
    if near and (best.coverage < ENOUGH_COVERAGE or ranked[0].score - near[0].score < CLEAR_MARGIN):
        return choice(ctx, [best.key, *(c.key for c in near)])
    return about_or_card(ctx, keys)


def _counted(ctx: Context, ranked: Sequence[Candidate]) -> Candidate | None:
    """The best record near the top that states the number asked for, and holds as much of the subject."""
    best = ranked[0]
    near = [
        c
        for c in ranked
        if best.score - c.score < NEAR and c.coverage >= best.coverage - HELD_LESS and c.key.part != "body"
    ]
    return next((c for c in near if not counts_unstated(ctx, with_twins(ctx, c.key))), None)


def unknown(ctx: Context) -> Answer:
    """What is said when nothing fits."""
    if ctx.reading.content or ctx.reading.foreign:
        text = say(ctx.lang, "absent.unknown")
        return reply(ctx, "unanswerable", f"{text} {say(ctx.lang, 'absent.offer')}")
    return reply(ctx, "clarify", say(ctx.lang, "absent.no_focus"))


STEPS: tuple[Step, ...] = (
    by_more,
    by_collection,
    by_most,
    by_extreme,
    by_size,
    by_kind,
    by_plan,
    by_several,
    by_filter,
    by_number,
    by_section,
    by_focus,
    by_card,
    by_comparison,
    by_subject,
    unknown,
)


def _fitting(ctx: Context, keys: list[Key]) -> list[Key]:
    """Of several records with one number, the one whose text the other words of the question fit."""
    if not ctx.reading.content:
        return keys
    held = {k: ctx.linker.coverage(ctx.reading.content, k) for k in keys}
    best = max(held.values())
    return [k for k in keys if held[k] == best] if best > 0 else keys


def _likely_parts(ctx: Context) -> tuple[Part, ...]:
    focus = ctx.reading.question.focus
    return (focus[0].part,) if focus else ("tasks",)


def _no_such_item(ctx: Context, plan: str, part: Part, item: str) -> Answer:
    records = ctx.corpus.part(plan, part)
    if not records:
        return unknown(ctx)
    text = say(ctx.lang, "absent.item", plan=ctx.corpus.plan(plan).short, part=say(ctx.lang, f"part.{part}"), item=item,
               first=records[0].key.item, last=records[-1].key.item)  # fmt: skip
    return reply(ctx, "unanswerable", text)
