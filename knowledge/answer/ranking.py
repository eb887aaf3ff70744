"""Superlatives: which agencies have most to do, rows counted per agency, plan by plan; which tasks end first or last, or take longest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from knowledge.answer.context import Context, cite, reply
from knowledge.answer.facts import agency_form, timeframe_text
from knowledge.answer.filters import asks, cue_words, filters
from knowledge.answer.rows import SHOWN as ROWS
from knowledge.answer.wording import say, shorten
from knowledge.records import plain
from knowledge.text.plan_names import plan_names
from knowledge.types import AgencyCell, Answer, Citation, Key, Part, Record, Target, Task, Timeframe

SHOWN = 5
TITLE = 90


def by_most(ctx: Context) -> Answer | None:
    """The agencies that lead, support or monitor most rows ("cơ quan nào chủ trì nhiều nhất?")."""
    named = _compared(ctx)
    if not asks(ctx, "most") and not named:
        return None
    partner = asks(ctx, "partner") and not asks(ctx, "lead")
    part: Part = "targets" if asks(ctx, "target_word") or "monitor" in ctx.facets else "tasks"
    role = "monitor" if part == "targets" else "partner" if partner else "lead"
    lines: list[str] = []
    citations: list[Citation] = []
    for plan in ctx.reading.plans or tuple(p.id for p in reversed(ctx.corpus.plans)):
        rows = {r.key: (r, agency_form(cell)) for r in ctx.corpus.part(plan, part) if (cell := _cell(r, partner))}
        counts = Counter(name for _, names in rows.values() for name in names)
        if not counts:
            continue
        word, short = say(ctx.lang, f"part.{part}"), ctx.corpus.plan(plan).short
        if named:
            counts = Counter({name: counts[name] for name in named})
        (top, most), *others = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:SHOWN]
        listed = ", ".join(f"{name} ({n})" for name, n in others)
        if named:
            listed = f"{top} ({most}), {listed}"
            lines.append(say(ctx.lang, f"most.compared_{role}", plan=short, part=word, agencies=listed))
        else:
            lines.append(say(ctx.lang, f"most.{role}", agency=top, count=most, part=word, plan=short))
            lines.append(say(ctx.lang, "most.others", others=listed))
        citations += [
            cite(ctx.corpus, k, plain(r), ctx.lang) for k, (r, names) in rows.items() if names & {top, *named}
        ]
    return reply(ctx, "answered", "\n".join(lines), citations) if citations else None


def by_size(ctx: Context) -> Answer | None:
    """Which plan has more tasks or targets ("kế hoạch nào có nhiều nhiệm vụ hơn?")."""
    others = set(ctx.reading.agencies) - plan_names().issuers()
    if not asks(ctx, "more_of") or others or set(ctx.reading.subject) - cue_words("more_of"):
        return None
    part: Part = "targets" if asks(ctx, "target_word") else "tasks"
    rows = {plan.id: ctx.corpus.part(plan.id, part) for plan in ctx.corpus.plans}
    word = say(ctx.lang, f"part.{part}")
    lines = [
        say(ctx.lang, "most.size", plan=ctx.corpus.plan(p).short, count=len(r), part=word) for p, r in rows.items()
    ]
    citations = [cite(ctx.corpus, r.key, plain(r), ctx.lang) for found in rows.values() for r in found]
    return reply(ctx, "answered", "\n".join(lines), citations)


def _cell(record: Record, partner: bool) -> AgencyCell | None:
    if isinstance(record, Task):
        return record.partners if partner else record.lead
    return record.monitor if isinstance(record, Target) else None


def _compared(ctx: Context) -> tuple[str, ...]:
    """Agencies of which it is asked who has more to do ("Công an tỉnh với Sở Tài chính, bên nào chủ trì nhiều việc hơn?")."""
    return ctx.reading.agencies if len(ctx.reading.agencies) > 1 and asks(ctx, "more_of") else ()


def by_extreme(ctx: Context) -> Answer | None:
    """The tasks that end first or last, or take longest, among those that fit what else the question names."""
    wanted = next((name for name in _EXTREMES if asks(ctx, name)), None)
    if wanted is None or set(ctx.reading.subject) - cue_words(wanted) or ctx.reading.items:
        return None
    measure = _EXTREMES[wanted]
    conditions = filters(ctx, "tasks")
    said = ",".join(c.said for c in conditions)
    lines: list[str] = []
    citations: list[Citation] = []
    focus: list[Key] = []
    for plan in ctx.reading.plans or tuple(p.id for p in reversed(ctx.corpus.plans)):
        tasks = [t for t in ctx.corpus.plan(plan).tasks if all(c.test(t) for c in conditions)]
        measured = [(m, t) for t in tasks if (m := measure(t.timeframe)) is not None]
        if not measured:
            continue
        least = min(m for m, _ in measured)
        found = [t for m, t in measured if m == least]
        short = ctx.corpus.plan(plan).short
        lines.append(say(ctx.lang, f"most.{wanted}", plan=short, count=len(found), filter=said))
        for t in found[:ROWS]:
            title = shorten(plain(t), TITLE)
            when = timeframe_text(t.timeframe, ctx.lang)
            lines.append(say(ctx.lang, "most.line", item=t.key.item, title=title, when=when))
        citations += [cite(ctx.corpus, t.key, c.text, ctx.lang) for t in found for c in (t.title, t.timeframe)]
        focus += [t.key for t in found]
    return reply(ctx, "answered", "\n".join(lines), citations, focus) if citations else None


def _days(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _from_end(frame: Timeframe) -> int | None:
    return -frame.due.toordinal() if frame.due else None


def _length(frame: Timeframe) -> int | None:
    """Days that a timeframe takes, fewer the longer it is; None where it has no beginning or no end."""
    return (frame.start - frame.due).days if frame.start and frame.due else None


_EXTREMES: dict[str, Callable[[Timeframe], int | None]] = {
    "longest": _length,
    "earliest": lambda frame: _days(frame.due),
    "latest": _from_end,
}
"""What is least of a timeframe for each superlative."""
