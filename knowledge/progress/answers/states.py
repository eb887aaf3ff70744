"""What is reported, in words: each fact with its day and, for those who may see it, the receipt of the record it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.answer.context import cite
from knowledge.answer.facts import day, task_fact
from knowledge.answer.wording import say
from knowledge.progress.answers.asked import Asked
from knowledge.progress.clock import day_of
from knowledge.progress.due import deadline
from knowledge.progress.rights import PUBLIC_STATUS, shown
from knowledge.progress.state import Series
from knowledge.progress.types import Entry, ProgressStatus
from knowledge.types import Citation, Task

WORDS = ("note", "obstacle", "next_step")


def agency_named(asked: Asked, agency: str | None) -> str:
    """The agency that reports, or who does where an administrator reports for none."""
    return agency or say(asked.ctx.lang, "progress.administrator")


def state_words(asked: Asked, series: Series) -> str:
    """Percentage and status: "đạt 35%, đang triển khai". A percentage older than the last report is given its own day."""
    lang, parts = asked.ctx.lang, []
    told = series.percent
    if told is not None:
        parts.append(say(lang, "progress.percent", percent=told.content.percent))
        if day_of(told.at) != day_of(series.latest.at):
            parts[-1] += say(lang, "progress.on", day=day(day_of(told.at)))
    status = series.status
    if status is not None:
        parts.append(status_words(asked, status))
    return ", ".join(parts) or say(lang, "progress.no_figure")


def status_words(asked: Asked, status: ProgressStatus) -> str:
    """A status as the asker may know it."""
    known = PUBLIC_STATUS.get(status, status) if asked.sight == "public" else status
    return say(asked.ctx.lang, f"report.status_name.{known}")


def series_lines(asked: Asked, series: Series, work: Sequence[Task]) -> list[str]:
    """One agency's report: its state, and the words of its last entry where the asker may read them."""
    lang, last = asked.ctx.lang, series.latest
    head = say(lang, "progress.state", agency=agency_named(asked, series.agency), state=state_words(asked, series),
               day=day(day_of(last.at)), receipt=receipt(asked, last))  # fmt: skip
    seen = shown(last, asked.desk.account, work, asked.desk.public) or {}
    words = [(w, str(seen[w]).strip()) for w in WORDS if seen.get(w)]
    return [head, *(f"  {say(lang, f'report.{w}', **{w: text})}" for w, text in words if text)]


def receipt(asked: Asked, entry: Entry) -> str:
    """The receipt in brackets; nothing for citizens."""
    return "" if asked.sight == "public" else say(asked.ctx.lang, "progress.receipt", receipt=entry.receipt)


def deadline_lines(asked: Asked, records: Sequence[Task], *, done: bool) -> tuple[list[str], list[Citation]]:
    """When the plans want it done, said once where they agree, and how long that is from today."""
    ctx = asked.ctx
    facts = [(r, f) for r in records if (f := task_fact(r, "deadline", ctx.corpus.plan(r.key.plan), ctx.lang))]
    forms = {f.same for _, f in facts}
    lines = []
    for record, fact in facts if len(forms) > 1 else facts[:1]:
        key = "progress.deadline_of" if len(forms) > 1 else "progress.deadline"
        left = time_left(asked, deadline(record.timeframe), done=done)
        lines.append(say(ctx.lang, key, plan=ctx.corpus.plan(record.key.plan).short, value=fact.value, left=left))
    return lines, [cite(ctx.corpus, r.key, f.quote, ctx.lang) for r, f in facts]


def time_left(asked: Asked, due: date | None, *, done: bool) -> str:
    """How long until a deadline or since it: "; còn 30 ngày". Citizens are told that it has passed, and no more."""
    if due is None or done:
        return ""
    days = (due - asked.desk.today).days
    if asked.sight in ("nothing", "public") and days < 0:
        return say(asked.ctx.lang, "progress.passed")
    return (
        say(asked.ctx.lang, "progress.late", days=-days)
        if days < 0
        else say(asked.ctx.lang, "progress.left", days=days)
    )
