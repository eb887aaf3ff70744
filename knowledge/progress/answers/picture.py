"""The overall picture of one agency or of the province: how many works are in which state, as text, as a chart and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer.context import cite, reply
from knowledge.answer.facts import day
from knowledge.answer.wording import say
from knowledge.progress.answers.asked import Asked
from knowledge.progress.answers.conditions import SOON, work_of
from knowledge.progress.chart import Bar, Hatch, draw
from knowledge.progress.clock import day_of
from knowledge.progress.due import deadline, due_within
from knowledge.progress.membership import same
from knowledge.progress.overview import Work, tasks_as_works
from knowledge.progress.rights import PUBLIC_STATUS
from knowledge.progress.table import table
from knowledge.types import Answer, Task

LOOKS: dict[str, tuple[str, Hatch]] = {
    "done": ("#009e73", "plain"), "in_progress": ("#56b4e9", "up"), "delayed": ("#e69f00", "down"),
    "blocked": ("#d55e00", "dots"), "not_started": ("#f0e442", "dots"), "mixed": ("#cc79a7", "dots"),
    "unstated": ("#999999", "plain"), "unreported": ("#d9d9d9", "plain"),
}  # fmt: skip
"""Colour and hatching of each state, in the order of the bars."""
ALWAYS = ("done", "in_progress", "delayed", "blocked", "not_started", "unreported")
INTENT = "ask_overview"


def by_picture(asked: Asked) -> Answer | None:
    """The overall picture with its chart, when the question asks for one."""
    if asked.question.intent != INTENT:
        return None
    agency = _agency(asked)
    plans = [asked.ctx.corpus.plan(p) for p in asked.ctx.reading.plans] or list(reversed(asked.ctx.corpus.plans))
    tasks = [t for p in plans for t in p.tasks]
    tasks = tasks if agency is None else work_of(agency, tasks)
    if not tasks:
        return None
    works = [_own(w, agency) for w in asked.known(tasks_as_works(asked.ctx.corpus, tasks))]
    if asked.sight == "nothing":
        return _planned(asked, works, agency)
    return _picture(asked, works, agency)


def _agency(asked: Asked) -> str | None:
    """The agency meant: the one named, or the asker's own where he speaks of it."""
    named = asked.agencies
    return named[0] if named else asked.desk.account.agency if asked.asks("mine") else None


def _own(work: Work, agency: str | None) -> Work:
    """The work with the series of this agency alone."""
    if agency is None:
        return work
    return replace(work, series=tuple(s for s in work.series if s.agency is None or same(s.agency, agency)))


def _planned(asked: Asked, works: Sequence[Work], agency: str | None) -> Answer:
    """What the plans alone say, for citizens: how many tasks, and how many deadlines have passed."""
    lang = asked.ctx.lang
    text = [
        say(lang, "progress.internal_list"),
        say(lang, "progress.plan_says"),
        _head(asked, works, agency, "planned"),
    ]
    text += _dates(asked, works)
    return replace(_reply(asked, text, works), status="unanswerable")


def _picture(asked: Asked, works: Sequence[Work], agency: str | None) -> Answer:
    lang = asked.ctx.lang
    counts = Counter(_state(asked, w) for w in works)
    states = [s for s in LOOKS if counts[s] or (s in ALWAYS and not (asked.sight == "public" and s in ("delayed",)))]
    named = {s: say(lang, f"progress.state_name.{s}") for s in states}
    dates = _dates(asked, works)
    lines = [_head(asked, works, agency, "head")]
    last = max((s.latest.at for w in works for s in w.series), default=None)
    dates += [say(lang, "progress.picture_last", day=day(day_of(last)))] if last else []
    lines += [say(lang, "progress.count", state=named[s], count=counts[s]) for s in states]
    bars = [Bar(named[s], counts[s], *LOOKS[s]) for s in states]
    title = say(lang, "progress.picture_title", whose=_whose(asked, agency), count=len(works))
    chart = draw(title, say(lang, "progress.picture_day", day=day(asked.desk.today)), bars, " ".join(dates))
    answer = _reply(asked, [*lines, *dates], works)
    rows = table(works, asked.desk.account, asked.desk.today, asked.desk.public)
    return replace(answer, records=tuple(rows), picture=chart)


def _reply(asked: Asked, lines: Sequence[str], works: Sequence[Work]) -> Answer:
    tasks = [w.task for w in works]
    citations = [cite(asked.ctx.corpus, t.key, t.lead.text, asked.ctx.lang) for t in tasks]
    return reply(asked.ctx, "answered", "\n".join(lines), citations, [t.key for t in tasks])


def _head(asked: Asked, works: Sequence[Work], agency: str | None, key: str) -> str:
    return say(
        asked.ctx.lang,
        f"progress.picture_{key}",
        day=day(asked.desk.today),
        whose=_whose(asked, agency),
        count=len(works),
    )


def _whose(asked: Asked, agency: str | None) -> str:
    return say(asked.ctx.lang, "filter.lead", agency=agency) if agency else say(asked.ctx.lang, "progress.whole")


def _state(asked: Asked, work: Work) -> str:
    """The state of a work: that of its series where they agree; nothing is made up where they do not."""
    if not work.series:
        return "unreported"
    states = {
        s.status and (PUBLIC_STATUS.get(s.status, s.status) if asked.sight == "public" else s.status)
        for s in work.series
    }
    only = states.pop() if len(states) == 1 else "mixed"
    return only or "unstated"


def _dates(asked: Asked, works: Sequence[Work]) -> list[str]:
    """How many deadlines have passed, and how many fall within the next days."""
    today, lang = asked.desk.today, asked.ctx.lang
    inside = asked.sight not in ("nothing", "public")
    late = sum(w.overdue(today) if inside else _passed(w.task, asked) for w in works)
    soon = sum(due_within(w.task.timeframe, today, today + SOON, done=inside and w.done) for w in works)
    key = "progress.picture_late" if inside else "progress.picture_passed"
    return [say(lang, key, count=late), say(lang, "progress.picture_soon", count=soon, days=SOON.days)]


def _passed(task: Task, asked: Asked) -> bool:
    due = deadline(task.timeframe)
    return due is not None and due < asked.desk.today
