"""A question back where several records fit about as well: which of them is meant, with a button for each."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer.compose import fit, slot
from knowledge.answer.context import Context, reply
from knowledge.answer.link import SOME_COVERAGE, Candidate
from knowledge.answer.wording import keys, say, shorten
from knowledge.records import plain
from knowledge.types import Answer, Choice, Key, Passage

CLEAR_MARGIN = 0.06
"""Least lead in score over the best record that is not a twin; closer ones are offered as a choice."""
CHOICES = 5
SEVERAL = 4
"""Least number of subject words that stand side by side somewhere for more than one reason."""


def choice(ctx: Context, found: Sequence[Key]) -> Answer:
    """A question back, with the records that fit about equally as buttons. A button repeats what was asked, as a person would type it."""
    offered = list(dict.fromkeys(found))[:CHOICES]
    choices = [_choice(ctx, k) for k in offered]
    return reply(ctx, "clarify", say(ctx.lang, "clarify.which"), focus=offered, choices=choices)


def _choice(ctx: Context, key: Key) -> Choice:
    record = ctx.corpus.record(key)
    plan = ctx.corpus.plan(key.plan).short
    name = say(ctx.lang, f"ordinal.{key.part}", item=key.item, plan=plan)
    kind = "target" if key.part == "targets" else "task"
    fitting = fit(ctx.facets, record) if ctx.facets and not isinstance(record, Passage) else []
    labels = [f"{kind}.label.{slot(f)}" for f in fitting]
    asked = [label for label in labels if label in keys(ctx.lang)]  # a target has no column for who takes part
    payload = say(ctx.lang, "clarify.payload", record=name, asked=", ".join(say(ctx.lang, a).lower() for a in asked))
    return Choice(f"{shorten(plain(record), 70)} ({plan})", payload if asked else name)


def rivals(ctx: Context, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Records that score nearly as well as the best and are other work, of other work than each other too.

    A record that has the subject word for word has no rival that has not.
    """
    best = ranked[0]
    verbatim = len(ctx.reading.content) >= SEVERAL and best.coverage == best.order == 1
    taken = {best.key, *ctx.corpus.twins(best.key)}
    out: list[Candidate] = []
    for c in ranked[1:]:
        if best.score - c.score >= CLEAR_MARGIN or len(out) == CHOICES - 1:
            break
        if verbatim and c.order < 1:
            continue
        if c.key not in taken and c.key.part == best.key.part and c.coverage >= SOME_COVERAGE:
            out.append(c)
            taken |= {c.key, *ctx.corpus.twins(c.key)}
    return out
