"""Which agencies have most to do: rows counted per agency, plan by plan."""

from __future__ import annotations

from collections import Counter

from knowledge.answer.context import Context, cite, reply
from knowledge.answer.facts import agency_form
from knowledge.answer.filters import asks
from knowledge.answer.wording import say
from knowledge.records import plain
from knowledge.types import AgencyCell, Answer, Citation, Part, Record, Target, Task

SHOWN = 5


def by_most(ctx: Context) -> Answer | None:
    """The agencies that lead, support or monitor most rows ("cơ quan nào chủ trì nhiều nhất?")."""
    if not asks(ctx, "most"):
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
        (top, most), *others = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:SHOWN]
        word = say(ctx.lang, f"part.{part}")
        lines.append(say(ctx.lang, f"most.{role}", agency=top, count=most, part=word, plan=ctx.corpus.plan(plan).short))
        lines.append(say(ctx.lang, "most.others", others=", ".join(f"{name} ({n})" for name, n in others)))
        citations += [cite(ctx.corpus, k, plain(r), ctx.lang) for k, (r, names) in rows.items() if top in names]
    return reply(ctx, "answered", "\n".join(lines), citations) if citations else None


def _cell(record: Record, partner: bool) -> AgencyCell | None:
    if isinstance(record, Task):
        return record.partners if partner else record.lead
    return record.monitor if isinstance(record, Target) else None
