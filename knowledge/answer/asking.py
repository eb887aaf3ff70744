"""The question in a long message: people tell a story first, and its words are not what they ask about."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.answer.context import Context
from knowledge.answer.filters import says
from knowledge.answer.link import FAMILIAR, INTENT_PART
from knowledge.answer.reading import piece, read
from knowledge.answer.several import sides
from knowledge.text.normalise import clean

LONG = 16
"""Words from which a message may hold more than its question."""
HAZY = 0.7
"""Coverage below which no record is plainly what the whole message is about."""
HALF = 0.5
"""Coverage below which most of the message is about something else."""
FEWER = 0.1
"""Least gain in coverage from leaving the other clauses out."""
PLAIN = 0.8
"""Least share of the words of the asking clauses that a record must hold for them to be the question."""
FEWEST = 3
"""Least subject words of the asking clauses."""
TERM = 3
"""Least words of the terms that a message shares with one record, to be about it."""
ASKING = frozenset(("ask_task", "ask_target", "ask_plan"))
_CLAUSE = re.compile(r"[^.,;:!?…\n]+[.,;:!?…]*")


def asking_part(ctx: Context) -> Context:
    """The question narrowed to the clauses that ask, where a record fits these far better than the whole message; else as it is."""
    text = clean(ctx.reading.question.text)
    if len(text.split()) < LONG or ctx.reading.items:
        return ctx
    whole = max(c.coverage for c in ctx.ranked)
    if whole >= HAZY:
        return ctx
    clauses = [m.span() for m in _CLAUSE.finditer(text)]
    if len(clauses) < 2 or sides(ctx):
        return ctx
    for at in reversed(range(len(clauses))):
        for start, end in ((clauses[at][0], clauses[at][1]), (clauses[max(0, at - 1)][0], clauses[at][1])):
            part = Context(read(piece(ctx.reading.question, start, end)), ctx.corpus, ctx.linker)
            if not says(part.reading, "asking") or len(part.reading.subject) < FEWEST:
                continue
            best = part.ranked[0]
            if best.coverage >= max(PLAIN, whole + FEWER) and best.known >= FAMILIAR:
                return part
    return (_in_terms(ctx) if whole < HALF else None) or ctx


def _in_terms(ctx: Context) -> Context | None:
    """The question cut down to the terms it shares with one record, where nothing else in the message names a subject."""
    question = ctx.reading.question
    if question.intent not in ASKING:
        return None
    kept = ctx.linker.terms(ctx.reading.content, INTENT_PART[question.intent])
    if len(kept) < TERM:
        return None
    words = ctx.reading.marked or ctx.reading.content
    part = Context(read(replace(question, text=" ".join(words[i] for i in kept), spans=())), ctx.corpus, ctx.linker)
    return part if part.ranked[0].known >= FAMILIAR else None
