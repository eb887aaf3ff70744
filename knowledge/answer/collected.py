"""Answers from collections: when a record of one fits a question plainly better than anything in the plans."""

from __future__ import annotations

from knowledge.answer.context import Context
from knowledge.answer.wording import keys, say, shorten
from knowledge.collections.finder import Match
from knowledge.collections.shelf import SHELF
from knowledge.types import Answer, Citation

PLAIN = 0.8
"""Least share of the subject words that the title must hold, or of the title that the question must say..."""
MOST = 0.6
"""...while the other share is at least this, as is that of words in the same order."""
LEAD = 0.15
"""Least lead in coverage over the best record of the plans."""
NAMED_LEAD = -0.01
"""The same where the question asks for a field and says what kind of record it means ("thủ tục"): to be as near is enough."""
QUOTED = 600
"""Characters of a field that are quoted; longer ones are cut where a sentence ends."""


def by_collection(ctx: Context) -> Answer | None:
    """What a record of a collection says of the fields asked for; passes on where the plans may be meant."""
    if ctx.reading.plans or ctx.reading.items:
        return None
    match = SHELF.find(ctx.reading.question.text, ctx.reading.content)
    if match is None or max(match.coverage, match.title) < PLAIN or min(match.coverage, match.runs) < MOST:
        return None
    lead = match.coverage - max(c.coverage for c in ctx.ranked)
    if lead < (NAMED_LEAD if match.named and match.kinds and match.title >= MOST else LEAD):
        return None
    return _told(ctx, match)


def _told(ctx: Context, match: Match) -> Answer:
    entry, about = match.entry, match.about
    title = shorten(entry.title)
    told = [kind for kind in match.kinds or tuple(entry.fields) if kind in entry.fields]
    if not told:
        asked = ", ".join(_label(ctx, kind).lower() for kind in match.kinds)
        return Answer("unanswerable", say(ctx.lang, "collection.silent", name=about.name, title=title, field=asked))
    head = say(ctx.lang, "collection.head", name=about.name, title=title)
    lines, citations = [head], []
    for kind in told if match.kinds else told[:3]:
        quote = _quoted(entry.fields[kind])
        lines.append(say(ctx.lang, "collection.field", label=_label(ctx, kind), value=quote))
        source = say(ctx.lang, "collection.source", name=about.name, item=entry.key, field=_label(ctx, kind))
        citations.append(Citation(about.id, kind, entry.key, source, quote))  # type: ignore[arg-type]  # a field is the part of a record
    labels = "; ".join(citation.label for citation in citations)
    lines.append(say(ctx.lang, "source.line", labels=labels))
    return Answer("answered", "\n".join(lines), tuple(citations))


def _label(ctx: Context, kind: str) -> str:
    key = f"collection.label.{kind}"
    return say(ctx.lang, key) if key in keys(ctx.lang) else kind


def _quoted(text: str) -> str:
    if len(text) <= QUOTED:
        return text
    cut = text[:QUOTED]
    end = max(cut.rfind(mark) for mark in (". ", "; ", ": "))
    return cut[: end + 1] if end > QUOTED // 2 else cut.rsplit(" ", 1)[0]
