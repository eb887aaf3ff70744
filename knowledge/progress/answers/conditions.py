"""Which works a list question means: conditions on deadline, state and agency, each with how it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.answer.facts import day
from knowledge.answer.wording import say
from knowledge.progress.answers.asked import Asked
from knowledge.progress.clock import day_of
from knowledge.progress.due import deadline, due_within
from knowledge.progress.membership import named_in, same
from knowledge.progress.overview import Work
from knowledge.progress.rights import may_log
from knowledge.progress.state import Series
from knowledge.progress.types import Account
from knowledge.text.fold import fold
from knowledge.types import Task, Window

SOON = timedelta(days=30)
"""How far ahead "sắp đến hạn" looks when no time is named."""
_SHARE = re.compile(
    r"\b(tren|hon|qua|over|above|duoi|it hon|chua den|below|under)\s+(\d{1,3})\s?(?:%|phan tram|percent)"
)
_LESS = ("duoi", "it hon", "chua den", "below", "under")


@dataclass(frozen=True)
class Condition:
    """`said` follows "12 nhiệm vụ". Where `planned`, the plans alone decide and everybody may ask; else what is reported does."""

    said: str
    test: Callable[[Work], bool]
    planned: bool = False


def conditions(asked: Asked) -> list[Condition]:
    """Every condition on deadline and state that the question sets."""
    return [*_on_deadline(asked), *_on_state(asked), *_on_percent(asked)]


def led_by(agency: str, task: Task) -> bool:
    """Whether a task names an agency as its lead."""
    return any(same(agency, name) for name in named_in(task.lead))


def leads(agency: str, task: Task) -> bool:
    """Whether a task is for an agency to lead, also as one of a class ("UBND các xã, phường")."""
    return may_log(Account("", "staff", agency), task)


def work_of(agency: str, tasks: Iterable[Task]) -> list[Task]:
    """The tasks that name an agency as their lead; where none does, those it leads as one of a class."""
    among = list(tasks)
    return [t for t in among if led_by(agency, t)] or [t for t in among if leads(agency, t)]


def mine(account: Account, task: Task) -> bool:
    """Whether a task is for the account's agency to lead."""
    return account.agency is not None and leads(account.agency, task)


def _on_deadline(asked: Asked) -> Iterator[Condition]:
    lang, today = asked.ctx.lang, asked.desk.today
    window = asked.windows[0] if asked.windows else None
    if asked.asks("overdue") and not (asked.asks("due") and window):
        if asked.sight in ("nothing", "public"):
            yield Condition(say(lang, "progress.filter.passed"), lambda w: _before(w, today), planned=True)
        else:
            yield Condition(say(lang, "progress.filter.overdue"), lambda w: w.overdue(today))
    elif asked.asks("due") or (window is not None and not asked.asks("unreported") and not asked.asks("done")):
        first, last = _ahead(window, today)
        said = say(lang, "progress.filter.due", start=_day(first), end=_day(last))
        done = asked.sight not in ("nothing", "public")
        yield Condition(said, lambda w: due_within(w.task.timeframe, first, last, done=done and w.done), planned=True)


def _on_state(asked: Asked) -> Iterator[Condition]:
    lang, today = asked.ctx.lang, asked.desk.today
    if asked.asks("unreported"):
        window = asked.windows[0] if asked.windows else None
        if window is None:
            yield Condition(say(lang, "progress.filter.unreported"), lambda w: not w.reported)
        else:
            said = say(lang, "progress.filter.unreported_in", start=_day(window.start), end=_day(window.end))
            yield Condition(said, lambda w: not _reported_in(w, window))
    elif asked.asks("unfinished"):
        yield Condition(say(lang, "progress.filter.unfinished"), lambda w: not w.done)
    elif asked.asks("done"):
        yield Condition(say(lang, "progress.filter.done"), lambda w: w.done)
    elif asked.asks("not_started"):
        yield Condition(
            say(lang, "progress.filter.not_started"), lambda w: any(s.status == "not_started" for s in w.series)
        )
    elif asked.asks("in_progress"):
        yield Condition(
            say(lang, "progress.filter.in_progress"), lambda w: any(s.status == "in_progress" for s in w.series)
        )
    if asked.asks("blocked"):
        yield Condition(say(lang, "progress.filter.blocked"), lambda w: any(_obstructed(s) for s in w.series))
    if asked.asks("delayed") and not asked.asks("overdue"):
        said = say(lang, "progress.filter.delayed")
        yield Condition(said, lambda w: w.overdue(today) or any(s.status == "delayed" for s in w.series))


def _on_percent(asked: Asked) -> Iterator[Condition]:
    found = _SHARE.search(fold(asked.ctx.reading.query))
    if found is None:
        return
    less, share = found[1] in _LESS, int(found[2])
    key = "progress.filter.below" if less else "progress.filter.above"

    def test(work: Work) -> bool:
        told = [s.percent.content.percent or 0 for s in work.series if s.percent is not None]
        return any(p < share if less else p > share for p in told)

    yield Condition(say(asked.ctx.lang, key, share=share), test)


def _before(work: Work, today: date) -> bool:
    due = deadline(work.task.timeframe)
    return due is not None and due < today


def _ahead(window: Window | None, today: date) -> tuple[date | None, date | None]:
    """The days a deadline may fall on: those of the window, the past left out where it holds today."""
    if window is None:
        return today, today + SOON
    start = window.start
    if (start is None or start < today) and (window.end is None or window.end >= today):
        start = today
    return start, window.end


def _obstructed(series: Series) -> bool:
    return series.status == "blocked" or bool(series.latest.content.obstacle.strip())


def _reported_in(work: Work, window: Window) -> bool:
    days = [day_of(e.at) for s in work.series for e in s.entries]
    return any((window.start is None or window.start <= d) and (window.end is None or d <= window.end) for d in days)


def _day(value: date | None) -> str:
    return day(value) if value else "…"
