"""The plans side by side: on one subject, each column as each plan writes it; without a subject, every difference that matters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answer.compose import fact, slot
from knowledge.answer.context import Context, cite, reply
from knowledge.answer.facts import column
from knowledge.answer.wording import say, shorten
from knowledge.records import plain
from knowledge.types import Answer, Citation, Facet, Key, Passage, Task

_YEAR = re.compile(r"\b20\d\d\b")
TASK_COLUMNS: tuple[Facet, ...] = ("lead", "partners", "product", "deadline", "content")
TARGET_COLUMNS: tuple[Facet, ...] = ("value", "monitor", "content")


def side_by_side(ctx: Context, keys: Sequence[Key]) -> Answer:
    """The asked columns of a record and its twins as each plan writes them, real differences first; all that differ when none was asked."""
    records = [r for k in keys if not isinstance(r := ctx.corpus.record(k), Passage)]
    first = records[0]
    asked = dict.fromkeys(map(column, ctx.facets))
    columns = [f for f in asked if f in (TASK_COLUMNS if isinstance(first, Task) else TARGET_COLUMNS)]
    if "deadline" in columns and len({frozenset(_YEAR.findall(plain(r))) for r in records}) > 1:
        columns.append("content")  # a title names years too ("Đề án ... giai đoạn 2025-2030")
    kind = "task" if isinstance(first, Task) else "target"
    head = say(ctx.lang, f"{kind}.name", title=shorten(plain(first), 110)) + ":"
    told: dict[str, list[str]] = {"different": [], "same": []}
    citations: list[Citation] = []
    agreeing = []
    for facet in columns or (TASK_COLUMNS if isinstance(first, Task) else TARGET_COLUMNS):
        facts = [f for r in records if (f := fact(ctx, r, facet, first))]
        if not facts:
            continue
        label = say(ctx.lang, f"{kind}.label.{slot(facet)}")
        citations += [cite(ctx.corpus, f.key, f.quote, ctx.lang) for f in facts]
        if not columns and len({f.value for f in facts}) == 1 and len(facts) == len(records):
            agreeing.append(label)
            continue
        verdict = "same" if len({f.same for f in facts}) == 1 and len(facts) == len(records) else "different"
        lines = told[verdict]
        lines.append(say(ctx.lang, f"compare.{verdict}", label=label))
        lines += [say(ctx.lang, "differ.line", plan=ctx.corpus.plan(f.key.plan).short, value=f.quote) for f in facts]
        missing = {r.key.plan for r in records} - {f.key.plan for f in facts}
        lines += [
            say(ctx.lang, "differ.line", plan=ctx.corpus.plan(p).short, value=say(ctx.lang, "compare.silent"))
            for p in sorted(missing)
        ]
    lines = [head, *told["different"], *told["same"]]
    if agreeing:
        lines.append(say(ctx.lang, "compare.agree", labels=", ".join(agreeing)))
    return reply(ctx, "answered", "\n".join(lines), citations, keys)


def only_one(ctx: Context, key: Key) -> Answer:
    """What is said of a record that the other plan does not have."""
    record = ctx.corpus.record(key)
    others = [p.short for p in ctx.corpus.plans if p.id != key.plan]
    text = say(
        ctx.lang,
        "compare.only_one",
        title=shorten(plain(record), 160),
        plan=ctx.corpus.plan(key.plan).short,
        others=", ".join(others),
    )
    return reply(ctx, "answered", text, [cite(ctx.corpus, key, plain(record), ctx.lang)], [key])
