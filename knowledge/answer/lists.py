"""Lists and counts: the rows of the plans that fit every condition of the question, per plan, with how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer.compose import about
from knowledge.answer.context import Context, cite, reply, source_line, with_twins
from knowledge.answer.facts import TIMES
from knowledge.answer.filters import Filter, asks, filters
from knowledge.answer.passages import opened_by, passage_answer
from knowledge.answer.refer import points_on
from knowledge.answer.rows import SHOWN, closing, more, row
from knowledge.answer.subject_filter import word_filter
from knowledge.answer.wording import say
from knowledge.records import plain
from knowledge.text.agencies import load_agencies
from knowledge.types import Answer, Citation, Facet, Key, Part, Passage, Record

PARTS: dict[str, Part] = {"list_tasks": "tasks", "list_targets": "targets"}
TOLD: frozenset[Facet] = TIMES | {"product"}
"""Columns that no condition of a list is about by itself."""


def by_filter(ctx: Context) -> Answer | None:
    """A list or count of tasks or targets, when the question asks for one."""
    part = _asked_part(ctx)
    if part is None:
        return None
    conditions = filters(ctx, part)
    if not conditions and ctx.reading.question.intent == "follow_up":
        return None
    within = _within(ctx, conditions)
    words = word_filter(ctx, part, alone=not conditions)
    if words and not any(c.whole for c in conditions):
        kept = [r for p in ctx.corpus.plans for r in ctx.corpus.part(p.id, part) if all(c.test(r) for c in conditions)]
        if not conditions or any(map(words.test, kept)):
            conditions.append(words)
    if not conditions and not ctx.reading.plans and (ctx.reading.content or ctx.reading.question.intent not in PARTS):
        return None
    said = ",".join(c.said for c in conditions)
    named = ctx.reading.plans or tuple(p.id for p in reversed(ctx.corpus.plans))
    found = {
        p: [
            r
            for r in ctx.corpus.part(p, part)
            if all(c.test(r) for c in conditions) and (not within or r.key in within)
        ]
        for p in named
    }
    if any(found.values()):
        return _listed(ctx, part, found, said)
    if ctx.reading.subject:
        return None
    plans = ", ".join(ctx.corpus.plan(p).short for p in named)
    none = say(ctx.lang, "list.none", plan=plans, part=say(ctx.lang, f"part.{part}"), filter=said)
    if (paragraph := opened_by(ctx)) is not None:
        told = passage_answer(ctx, paragraph)
        return replace(told, text=f"{none}\n{told.text}")
    return None if _in_body(ctx) else reply(ctx, "unanswerable", none)


def _in_body(ctx: Context) -> bool:
    """Whether what an agency is to do stands in the body alone."""
    best = ctx.corpus.record(ctx.ranked[0].key)
    agencies = load_agencies()
    named = [m.name for m in agencies.find(best.text.text)] if isinstance(best, Passage) else []
    return any(agencies.same(a, name) for a in ctx.reading.agencies for name in named)


def _asked_part(ctx: Context) -> Part | None:
    """The kind of record a list is asked of; a question that reads like one is taken for one."""
    intent = ctx.reading.question.intent or ""
    if asks(ctx, "places") and not asks(ctx, "tasks") and not asks(ctx, "targets"):
        return None  # a list of wards or communes, not of rows
    if "section" in ctx.facets and asks(ctx, "which_section"):
        return None  # "thuộc nhóm nhiệm vụ nào" asks for the group of one task
    if points_on(ctx) or (intent == "list_targets" and ctx.reading.years):
        return None  # targets are all for the years of the plans
    if intent in PARTS:
        return PARTS[intent]
    if _same_of_another(ctx):
        return PARTS[ctx.reading.question.asked]
    focus = ctx.reading.question.focus
    if intent == "follow_up" and focus:
        return focus[0].part if len(focus) > 2 and not ctx.reading.subject else None  # more than a record and its twin
    listed = intent == "ask_plan" and asks(ctx, "list")
    listed = listed or (intent in ("ask_plan", "compare_plans") and _only_dated(ctx))
    listed = listed or (intent == "compare_plans" and len(ctx.reading.plans) == 1 and bool(ctx.reading.agencies))
    if (listed or intent in ("ask_task", "ask_target", "follow_up")) and not ctx.reading.items:
        return next((p for p in ("tasks", "targets") if asks(ctx, p)), None)
    return None


def _only_dated(ctx: Context) -> bool:
    """Whether a question names nothing but a time, which rows of tasks have and paragraphs do not ("việc nào bắt đầu từ năm 2027?")."""
    bare = not ctx.reading.subject and not ctx.reading.agencies and len(ctx.reading.plans) < 2
    return bare and bool(ctx.reading.values("window"))


def _same_of_another(ctx: Context) -> bool:
    """Whether a follow-up asks for the same list of another agency ("thế Sở Y tế?")."""
    question = ctx.reading.question
    follows = question.intent == "follow_up" and question.asked in PARTS
    return follows and bool(ctx.reading.agencies) and not ctx.reading.subject and not asks(ctx, "within")


def _within(ctx: Context, conditions: Sequence[Filter]) -> frozenset[Key]:
    """The records listed before, when the question narrows that list ("trong đó cái nào xong trong năm 2026?")."""
    if ctx.reading.question.intent != "follow_up" or not conditions or _same_of_another(ctx):
        return frozenset()
    return frozenset(k for f in ctx.reading.question.focus for k in (f, *ctx.corpus.twins(f)))


def _listed(ctx: Context, part: Part, found: dict[str, list[Record]], said: str) -> Answer:
    """The rows of the plan named first in full; of another plan only what the first lacks. Of a single row, what was asked of it."""
    lines: list[str] = []
    citations: list[Citation] = []
    shown: set[Key] = set()
    word = say(ctx.lang, f"part.{part}")
    focus: list[Key] = []
    for plan, records in found.items():
        short = ctx.corpus.plan(plan).short
        if not records:
            continue
        fresh = [r for r in records if not shown & set(ctx.corpus.twins(r.key))]
        if shown and len(fresh) < len(records):
            lines.append(
                say(
                    ctx.lang,
                    "list.also",
                    plan=short,
                    count=len(records),
                    part=word,
                    filter=said,
                    shared=len(records) - len(fresh),
                )
            )
            if fresh:
                lines.append(say(ctx.lang, "list.only_here", plan=short))
        else:
            lines.append(say(ctx.lang, "list.head", plan=short, count=len(records), part=word, filter=said))
        lines += [row(ctx, r) for r in fresh[: max(0, SHOWN - len(focus))]]
        citations += [cite(ctx.corpus, r.key, plain(r), ctx.lang) for r in records]
        shown |= {r.key for r in records}
        focus += [r.key for r in fresh]
    if len(focus) == 1 and (asked := [f for f in ctx.facets if f in TOLD]):
        told = about(ctx, with_twins(ctx, focus[0]), asked)
        lines.append(told.text.removesuffix(f"\n{source_line(told.citations, ctx.corpus, ctx.lang)}"))
        citations += told.citations
    rest = focus[SHOWN:]
    text = "\n".join([*lines, *closing(ctx, rest)])
    return reply(ctx, "answered", text, citations, focus, more(ctx, rest), rest)
