"""The "6 rõ" card of a task: person, work, time, responsibility, product, authority, each from the plan or said to be unstated."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer.compose import about
from knowledge.answer.context import Context, cite, reply
from knowledge.answer.facts import timeframe_text
from knowledge.answer.filters import asks
from knowledge.answer.link import SOME_COVERAGE
from knowledge.answer.wording import say
from knowledge.types import Answer, Key, Task


def wants_card(ctx: Context) -> bool:
    """Whether the question asks for the card of a task, not what "6 rõ" means."""
    named = "tasks" in ctx.reading.parts or bool(ctx.reading.items)
    return asks(ctx, "card") and (named or ctx.reading.question.intent != "ask_plan")


def by_card(ctx: Context) -> Answer | None:
    """The card of the task a question names by its subject."""
    if not wants_card(ctx) or not ctx.reading.subject:
        return None
    best = next(c for c in ctx.linker.rank(ctx.reading, {"tasks": 1.0}) if c.key.part == "tasks")
    return card(ctx, [best.key, *ctx.corpus.twins(best.key)]) if best.coverage >= SOME_COVERAGE else None


def card(ctx: Context, keys: Sequence[Key]) -> Answer | None:
    """The card of the first of the records; None when it is no task."""
    task = ctx.corpus.record(keys[0])
    if not isinstance(task, Task):
        return None
    values = {
        "person": say(ctx.lang, "card.no_person", lead=task.lead.text),
        "work": task.title.text,
        "time": timeframe_text(task.timeframe, ctx.lang),
        "responsibility": say(ctx.lang, "card.roles", lead=task.lead.text, partners=task.partners.text),
        "product": task.product.text,
        "authority": say(ctx.lang, "card.unstated"),
    }
    plan = ctx.corpus.plan(task.key.plan).short
    lines = [say(ctx.lang, "card.head", ordinal=say(ctx.lang, "ordinal.tasks", item=task.key.item, plan=plan))]
    lines += [
        say(ctx.lang, "card.line", clear=say(ctx.lang, f"card.{name}"), value=value) for name, value in values.items()
    ]
    cells = (task.title, task.lead, task.partners, task.timeframe, task.product)
    return reply(ctx, "answered", "\n".join(lines), [cite(ctx.corpus, task.key, c.text, ctx.lang) for c in cells], keys)


def about_or_card(ctx: Context, keys: Sequence[Key]) -> Answer:
    """The answer about a piece of work, as a "6 rõ" card when that is asked for."""
    return (card(ctx, keys) if wants_card(ctx) else None) or about(ctx, keys, ctx.facets)
