"""Whether a record that holds the subject words is what a question is about: they may stand in it by chance, a long paragraph above all."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer.absent import WHOLE, asks_whether
from knowledge.answer.context import Context
from knowledge.answer.facts import ROLES, TIMES
from knowledge.answer.link import FAMILIAR, STRANGE, Candidate
from knowledge.types import Facet

PLAINLY = 0.3
"""Lead in coverage by which a paragraph is plainly what a question is about, whatever kind of record it seems to ask for."""
IN_ORDER = 0.3
"""Least share of neighbouring subject words that are neighbours there too: a long paragraph holds many a word by chance."""
COLUMNS: frozenset[Facet] = TIMES | {"product", "section"}
"""What rows of tasks state, besides the roles of agencies, and paragraphs do not, or seldom."""
UNLIKELY = -1.4
"""Least `known` of a paragraph that shows that the plans have what it is asked whether they have."""
PLAINLY_KNOWN = 0.0
"""Least `known` of a record that holds the subject words, none of them side by side."""
FEWEST = 3
"""Least subject words by which a paragraph answers what is asked of a task or target; so few of them stand side by side where they are
meant.
"""
HALF, MOSTLY, SURELY = 0.5, 0.7, 0.9
"""Least coverage at which a row, and a paragraph, shows that the plans have what was asked after. `HALF` also is the confidence from which
the engine's word is taken that the body of a plan is asked about.
"""


def least_held(best: Candidate) -> float:
    """Least coverage by which a record shows that the plans have what it is asked whether they have: a row says what it is about."""
    return HALF if best.key.part == "body" else MOSTLY


def told_there(ctx: Context, best: Candidate) -> bool:
    """Whether a paragraph holds enough of the subject words; more of them when it is asked whether there is such a task at all."""
    question = ctx.reading.question
    if asks_whether(ctx) and best.coverage < SURELY and best.known < UNLIKELY:
        return False
    if scattered(ctx, best) or (ctx.reading.foreign and set(ctx.facets) & (COLUMNS | ROLES)):
        return False
    of_row = ctx.reading.parts and question.intent != "ask_plan" and not ctx.reading.years
    if of_row and len(ctx.reading.content) < FEWEST:
        return False  # a task or target is asked for by a word or two, and none has them
    if question.intent == "ask_plan" and question.confidence >= HALF and not ctx.reading.parts:
        return True
    if best.coverage >= SURELY:
        return True
    least = FAMILIAR if "targets" in ctx.reading.parts else STRANGE
    return not asks_whether(ctx) and best.coverage >= HALF and best.known >= least


def scattered(ctx: Context, best: Candidate) -> bool:
    """Whether a record holds the subject words apart alone: "nông dân" stands in what says "nông nghiệp" and "nhân dân"."""
    size = len(ctx.reading.content)
    least = PLAINLY_KNOWN if best.order == 0 and size < FEWEST else STRANGE
    return size > 1 and best.coverage >= HALF > best.order and best.known < least


def plain_paragraph(ctx: Context, ranked: Sequence[Candidate]) -> Candidate | None:
    """A paragraph that holds the subject words, as one on them would, so much better than the best task or target that it must be meant.

    Not where a column of tasks is asked for, nor where who does a task is, and the task is surely known.
    """
    asked = set(ctx.facets)
    if ranked[0].key.part == "body" or asked & COLUMNS or (ranked[0].known >= FAMILIAR and asked & ROLES):
        return None
    body = max((c for c in ranked if c.key.part == "body"), key=lambda c: c.coverage, default=None)
    if body is None or body.coverage - ranked[0].coverage < PLAINLY or body.coverage < WHOLE or body.known < FAMILIAR:
        return None
    return body if body.order >= IN_ORDER or len(ctx.reading.content) < 2 else None
