"""Reports as a list: the asker's own, or those that came in over some days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from knowledge.answer.context import cite, reply
from knowledge.answer.facts import day
from knowledge.answer.rows import SHOWN, TITLE
from knowledge.answer.wording import say, shorten
from knowledge.progress.answers.asked import Asked
from knowledge.progress.answers.states import agency_named, state_words
from knowledge.progress.clock import day_of
from knowledge.progress.state import Series, standing
from knowledge.types import Answer, Task, Window

LATELY = timedelta(days=7)
"""How far back "mới cập nhật" looks when no time is named."""


def reports(asked: Asked, *, own: bool) -> Answer:
    """Reports on tasks, newest first; nothing for citizens."""
    ctx, lang, today = asked.ctx, asked.ctx.lang, asked.desk.today
    if asked.sight in ("nothing", "public"):
        return reply(ctx, "unanswerable", say(lang, "progress.internal_list"))
    tasks = {t.id: t for p in ctx.corpus.plans for t in p.tasks}
    window = asked.windows[0] if asked.windows else None if own else Window(today - LATELY, today)
    found = [
        e for e in standing(asked.desk.entries(list(tasks)))
        if (not own or e.author == asked.desk.account.id) and (window is None or _within(window, e.at))
    ]  # fmt: skip
    found.reverse()
    said = say(lang, "progress.filter.by_you") if own else ""
    if window is not None:
        said += say(lang, "progress.filter.between", start=_day(window.start), end=_day(window.end))
    if not found:
        return reply(ctx, "answered", say(lang, "progress.reports_none", filter=said))
    lines = [say(lang, "progress.reports_head", count=len(found), filter=said)]
    shown: list[Task] = []
    for entry in found[:SHOWN]:
        task = tasks[entry.record]
        shown.append(task)
        lines.append(
            say(lang, "progress.report", day=day(day_of(entry.at)), receipt=entry.receipt, item=task.key.item,
                title=shorten(task.title.text, TITLE), agency=agency_named(asked, entry.agency),
                state=state_words(asked, Series(entry.agency, (entry,))))
        )  # fmt: skip
    citations = [cite(ctx.corpus, t.key, t.title.text, lang) for t in shown]
    return reply(ctx, "answered", "\n".join(lines), citations, [t.key for t in shown])


def _within(window: Window, moment: datetime) -> bool:
    fell = day_of(moment)
    return (window.start is None or window.start <= fell) and (window.end is None or fell <= window.end)


def _day(value: date | None) -> str:
    return day(value) if value else "…"
