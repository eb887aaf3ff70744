"""Answers about a record: each asked facet from the record and its twins, said once where they agree, side by side where they differ."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from knowledge.answer.context import Context, cite, reply
from knowledge.answer.facts import ROLES, TIMES, Fact, target_fact, task_fact
from knowledge.answer.measure import Level, level, level_of_twin, of_one_level, subject, target_value
from knowledge.answer.reading import content_words
from knowledge.answer.wording import say, sentence, shorten
from knowledge.records import plain
from knowledge.text.agencies import load_agencies
from knowledge.types import AgencyCell, Answer, Citation, Facet, Key, Passage, Record, Target, Task

SUMMARY: tuple[Facet, ...] = ("lead", "deadline", "product")
TITLE = 110
"""Longest title, in characters, inside a sentence; the citation quotes the whole."""


def about(ctx: Context, keys: Sequence[Key], facets: Sequence[Facet]) -> Answer:
    """The answer about one piece of work: `keys` are its records, the first the one asked about, the others its twins."""
    records = [ctx.corpus.record(k) for k in keys]
    first = records[0]
    if (
        isinstance(first, Target)
        and len(first.values) > 1
        and not ctx.reading.subject
        and not ctx.reading.question.focus
    ):
        records = records[:1]  # a target of several values asked for whole: each twin has but one of them
    if isinstance(first, Passage):
        return reply(
            ctx, "answered", _passage_text(ctx, first), [cite(ctx.corpus, first.key, first.text.text, ctx.lang)], keys
        )
    roles = _roles(ctx, first)
    if set(facets) & ROLES and not set(facets) & set(roles):
        facets = [*facets, *roles]  # who is asked for in one role and stands in the other is told of there
    facets = fit(facets or roles, first)
    levels = _levels(ctx, records)
    setting = of_one_level(records, ctx.reading.subject)
    lines: list[str] = []
    citations: list[Citation] = []
    for facet in facets:
        facts = [f for r in (setting if facet == "value" else records) if (f := fact(ctx, r, facet, first, levels))]
        if not facts:
            lines.append(say(ctx.lang, f"absent.facet_{facet}", plan=ctx.corpus.plan(first.key.plan).short))
            continue
        lines.append(_line(ctx, first, facet, facts, alone=len(facets) == 1))
        citations += [cite(ctx.corpus, f.key, f.quote, ctx.lang) for f in facts]
    if len(facets) > 1 and citations and "content" not in facets:
        lines.insert(0, f"{_name(ctx, first)}:")
    return reply(ctx, "answered" if citations else "unanswerable", "\n".join(lines), citations, keys)


def _levels(ctx: Context, records: Sequence[Record]) -> list[Level]:
    """The level that is asked about: that of the first record when it sets one, or of the twin the question fits, or, of a question
    without a subject, of the twin just talked about.
    """
    first = records[0]
    if ctx.reading.subject and (asked := level_of_twin(records, ctx.reading.subject)):
        return [asked]
    focus = () if ctx.reading.subject else ctx.reading.question.focus
    twins = [ctx.corpus.record(k) for k in focus if k in ctx.corpus.twins(first.key)]
    single = [r for r in (first, *twins) if isinstance(r, Target) and len(r.values) == 1]
    return [level(r.values[0]) for r in single[:1]]


def _roles(ctx: Context, record: Record) -> Sequence[Facet]:
    """The columns in which an agency stands that the question names, and the title does not ("Sở Ngoại vụ có dính không?")."""
    if not isinstance(record, Task) or not ctx.reading.agencies:
        return ()
    same = load_agencies().same
    if any(same(a, m.name) for m in load_agencies().find(plain(record)) for a in ctx.reading.agencies):
        return ()
    cells: tuple[tuple[Facet, AgencyCell], ...] = (("lead", record.lead), ("partners", record.partners))
    return [f for f, cell in cells if any(same(a, n) for n in cell.agencies for a in ctx.reading.agencies)]


def fit(facets: Sequence[Facet], record: Task | Target) -> list[Facet]:
    """The asked facets as this kind of record has them, each column once; a summary when nothing particular was asked."""
    if isinstance(record, Target):
        asked = {"lead": "monitor", "product": "value", "content": "value", "section": "value"}
        fitted = [asked.get(f, f) for f in facets] or ["value"]
    else:
        asked = {"monitor": "lead", "start": "deadline", "duration": "deadline", "value": "product"}
        fitted = [asked.get(f, f) for f in facets] or ["content"]
        if fitted == ["content"]:
            fitted = ["content", *SUMMARY]
    return list(dict.fromkeys(fitted))  # type: ignore[arg-type]  # the mapping holds facets only


def fact(ctx: Context, record: object, facet: Facet, first: Record, levels: Collection[Level] = ()) -> Fact | None:
    """The fact a record states for a facet, or None where it has no such column. Of a target with several values, that which is one of
    `levels`, else that which fits the question or, when it names no subject, the record asked about first.
    """
    if isinstance(record, Task):
        return task_fact(record, facet, ctx.corpus.plan(record.key.plan), ctx.lang)
    if isinstance(record, Target):
        if facet == "value":
            return target_value(record, _clause_words(ctx, first), levels)
        return target_fact(record, facet, ctx.corpus.plan(record.key.plan), ctx.lang)
    return None


def _clause_words(ctx: Context, first: Record) -> tuple[str, ...]:
    """The words by which the value asked for is told from others of one target: the question's, or those of what was talked of."""
    focus = ctx.reading.question.focus
    talked = ctx.corpus.get(focus[0]) if focus else None
    if not ctx.reading.subject and talked and first.key in ctx.corpus.twins(talked.key):
        return content_words(plain(talked))
    return ctx.reading.subject or content_words(plain(first))


def _line(ctx: Context, first: Task | Target, facet: Facet, facts: Sequence[Fact], alone: bool) -> str:
    """One facet in words. Twins that say the same are said once, in the shortest wording; others side by side."""
    kind = first.key.part.removesuffix("s")
    stated = next((f.key for f in facts if f.key == first.key), facts[0].key)
    title = shorten(plain(ctx.corpus.record(stated)), TITLE)
    if facet == "content":
        ordinal = sentence(
            say(ctx.lang, f"ordinal.{first.key.part}", item=first.key.item, plan=ctx.corpus.plan(first.key.plan).short)
        )
        return say(ctx.lang, f"{kind}.content", value=ordinal, title=facts[0].value)
    forms = list(dict.fromkeys(f.same for f in facts))
    if facet == "number":
        value = "; ".join(f.value for f in facts)
        return sentence(say(ctx.lang, f"{kind}.number", value=value, title=shorten(plain(first), TITLE)))
    if len(forms) == 1:
        # a plan that is named is given in its own words
        value = facts[0].value if ctx.reading.plans else min((f.value for f in facts), key=len)
        if not alone:
            return f"- {say(ctx.lang, f'{kind}.label.{slot(facet)}')}: {_after_name(first, value)}."
        return sentence(say(ctx.lang, f"{kind}.{slot(facet)}", value=value, title=title))
    head = say(ctx.lang, "differ.field", label=say(ctx.lang, f"{kind}.label.{slot(facet)}"))
    if alone and facet != "value":  # a level says itself what it is of
        head = f"{_name(ctx, first)} - {head[:1].lower()}{head[1:]}"
    values = [f.value if alone else _after_name(first, f.value) for f in facts]
    sides = [
        say(ctx.lang, "differ.line", plan=ctx.corpus.plan(f.key.plan).short, value=value)
        for f, value in zip(facts, values, strict=True)
    ]
    return "\n".join([head, *sides])


def _after_name(record: Task | Target, value: str) -> str:
    """A value below the name of its record: the level of a target without the target's words again."""
    return value.removeprefix(f"{subject(plain(record))}: ")


def slot(facet: Facet) -> str:
    """The column a facet is read from, as the templates name it."""
    return "timeframe" if facet in TIMES else facet


def _name(ctx: Context, record: Task | Target) -> str:
    return say(ctx.lang, f"{record.key.part.removesuffix('s')}.name", title=shorten(plain(record), TITLE))


def _passage_text(ctx: Context, passage: Passage) -> str:
    return say(
        ctx.lang,
        "body.intro",
        plan=ctx.corpus.plan(passage.key.plan).short,
        item=passage.key.item,
        quote=passage.text.text,
    )
