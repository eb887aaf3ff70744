"""Facts about a plan as a whole: who signed it, its number and date."""

from __future__ import annotations

from knowledge.answer.context import Context, cite, reply
from knowledge.answer.filters import asks, cue_words
from knowledge.answer.wording import say
from knowledge.types import Answer, Citation, Key, Plan


def by_plan(ctx: Context) -> Answer | None:
    """Who signs a plan, or its number and date, blanks included."""
    asks_number = _asks_number(ctx)
    if "signer" not in ctx.facets and not asks_number:
        return None
    named = ctx.reading.plans or tuple(p.id for p in ctx.corpus.plans)
    lines: list[str] = []
    citations: list[Citation] = []
    told = [*([_number] if asks_number else []), *([_signature] if "signer" in ctx.facets else [])]
    for plan in (ctx.corpus.plan(p) for p in named):
        for tell in told:
            line, cited = tell(ctx, plan)
            lines.append(line)
            citations += cited
    focus = [Key(c.plan, c.part, c.item) for c in citations]
    return reply(ctx, "answered" if citations else "unanswerable", "\n".join(lines), citations, focus)


def _asks_number(ctx: Context) -> bool:
    """Whether the number or the date of a plan is asked for, and nothing in a plan: when a plan was signed is its date."""
    if ctx.reading.question.intent != "ask_plan" or ctx.reading.items:
        return False
    if set(ctx.reading.subject) - cue_words("plan_number") - cue_words("plan_signed"):
        return False
    when = "signer" in ctx.facets and bool({"deadline", "start"} & set(ctx.facets))
    return when or "number" in ctx.facets or (asks(ctx, "plan_number") and bool(ctx.reading.plans))


def _signature(ctx: Context, plan: Plan) -> tuple[str, list[Citation]]:
    if plan.signer is None:
        return say(ctx.lang, "absent.facet_signer", plan=plan.short), []
    text = say(ctx.lang, "plan.signer", plan=plan.short, value=plan.signer.text)
    return text, [cite(ctx.corpus, Key(plan.id, "body", "sign"), plan.signer.text, ctx.lang)]


def _number(ctx: Context, plan: Plan) -> tuple[str, list[Citation]]:
    blank = say(ctx.lang, "plan.blank") if plan.blanks else ""
    text = say(ctx.lang, "plan.number", plan=plan.short, number=plan.number.text, date=plan.date.text, blank=blank)
    item = next((p.key.item for p in plan.body if plan.number.text in p.text.text), "annex")
    return text, [cite(ctx.corpus, Key(plan.id, "body", item), c.text, ctx.lang) for c in (plan.number, plan.date)]
