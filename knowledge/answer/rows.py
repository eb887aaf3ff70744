"""Rows of a long list: the first ones, and the others when more is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer.context import Context, cite, reply
from knowledge.answer.filters import cue_words, says
from knowledge.answer.reading import Reading
from knowledge.answer.wording import say, shorten
from knowledge.records import plain
from knowledge.types import Answer, Choice, Key, Record

SHOWN = 12
"""Rows of a list in one reply; the rest follow on request."""
TITLE = 90


def row(ctx: Context, record: Record) -> str:
    """One row of a list: its number in the plan and its title, shortened."""
    return say(ctx.lang, "list.line", item=record.key.item, title=shorten(plain(record), TITLE))


def closing(ctx: Context, rest: Sequence[Key]) -> list[str]:
    """The line that says how many rows are left; none when there are none."""
    return [say(ctx.lang, "list.more", count=len(rest))] if rest else []


def more(ctx: Context, rest: Sequence[Key]) -> list[Choice]:
    """The button that asks for the rows that are left."""
    word = say(ctx.lang, "list.go_on")
    return [Choice(word, word)] if rest else []


def wants_more(reading: Reading) -> bool:
    """Whether more of a list is asked for, and nothing else."""
    return says(reading, "more") and not set(reading.subject) - cue_words("more")


def by_more(ctx: Context) -> Answer | None:
    """The next rows of the list shown last, when more of it is asked for ("xem tiếp")."""
    if not wants_more(ctx.reading):
        return None
    left = ctx.reading.question.rest
    if not left:
        return reply(ctx, "unanswerable", say(ctx.lang, "absent.no_more")) if ctx.reading.question.focus else None
    records = [r for k in left[:SHOWN] if (r := ctx.corpus.get(k))]
    rest = left[SHOWN:]
    plans = list(dict.fromkeys(r.key.plan for r in records))
    lines: list[str] = []
    for plan in plans:
        lines.append(say(ctx.lang, "list.next", plan=ctx.corpus.plan(plan).short))
        lines += [row(ctx, r) for r in records if r.key.plan == plan]
    citations = [cite(ctx.corpus, r.key, plain(r), ctx.lang) for r in records]
    text = "\n".join([*lines, *closing(ctx, rest)])
    return reply(ctx, "answered", text, citations, [r.key for r in records], more(ctx, rest), rest)
