"""Where one task stands: by what each agency reports, who reported last, and how that compares with an earlier day."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer.compose import TITLE, about
from knowledge.answer.context import reply
from knowledge.answer.facts import day
from knowledge.answer.wording import say, shorten
from knowledge.progress.answers.asked import Asked
from knowledge.progress.answers.changes import compared
from knowledge.progress.answers.states import agency_named, deadline_lines, receipt, series_lines, state_words
from knowledge.progress.clock import day_of
from knowledge.progress.due import deadline
from knowledge.progress.overview import Work, task_as_work
from knowledge.progress.rights import shown, who_may_log
from knowledge.progress.state import Series
from knowledge.types import Answer, Key, Task

HISTORY = 10
"""Reports that are listed when the history of a work is asked for."""


def task_answer(asked: Asked, key: Key) -> Answer:
    """Where a task stands, as far as the asker may know; else what the plans say of it."""
    record = asked.ctx.corpus.record(key)
    assert isinstance(record, Task)  # noqa: S101  (callers hand over tasks)
    work = task_as_work(asked.ctx.corpus, record)
    if asked.sight == "nothing":
        return internal(asked, work)
    (work,) = asked.known([work])
    if not work.reported:
        lines = [say(asked.ctx.lang, "progress.none", title=_title(work))]
    elif asked.asks("history"):
        lines = [_head(asked, work), *_history(asked, work)]
    elif asked.asks("last"):
        lines = [_head(asked, work), *_last(asked, work)]
    elif asked.asks("before", "previous"):
        lines = [_head(asked, work), *compared(asked, work)]
    else:
        lines = [_head(asked, work), *(line for s in work.series for line in series_lines(asked, s, work.records))]
    said, citations = deadline_lines(asked, work.records, done=work.done)
    return reply(asked.ctx, "answered", "\n".join([*lines, *said]), citations, [r.key for r in work.records])


def internal(asked: Asked, work: Work) -> Answer:
    """Why a citizen is not told, who may know, and what the plans say: who leads and until when."""
    lang = asked.ctx.lang
    who = ", ".join(who_may_log(work.task))
    plan = about(asked.ctx, [r.key for r in work.records], ("lead", "deadline"))
    due = deadline(work.task.timeframe)
    passed = due is not None and due < asked.desk.today
    lines = [say(lang, "progress.internal", who=who), say(lang, "progress.plan_says")]
    body, _, source = plan.text.rpartition("\n")
    lines.append(body)
    if passed and due:
        lines.append(say(lang, "progress.date_passed", day=day(due)))
    return replace(plan, status="unanswerable", text="\n".join([*lines, source]))


def _title(work: Work) -> str:
    return shorten(work.task.title.text, TITLE)


def _head(asked: Asked, work: Work) -> str:
    return f"{say(asked.ctx.lang, 'task.name', title=_title(work))}:"


def _last(asked: Asked, work: Work) -> list[str]:
    """Who reported last, agency by agency: persons are named to those who may read the report."""
    out = []
    for own in work.series:
        entry = own.latest
        seen = shown(entry, asked.desk.account, work.records, asked.desk.public) or {}
        name = asked.desk.name_of(entry.author) if seen.get("author") else ""
        agency = agency_named(asked, own.agency)
        who = say(asked.ctx.lang, "progress.person", name=name, agency=agency) if name else agency
        out.append(
            say(asked.ctx.lang, "progress.last", who=who, day=day(day_of(entry.at)), state=state_words(asked, own),
                receipt=receipt(asked, entry))
        )  # fmt: skip
    return out


def _history(asked: Asked, work: Work) -> list[str]:
    out = []
    entries = sorted((e for s in work.series for e in s.entries), key=lambda e: -e.seq)[:HISTORY]
    for entry in entries:
        one = Series(entry.agency, (entry,))
        out += series_lines(asked, one, work.records)
    return out
