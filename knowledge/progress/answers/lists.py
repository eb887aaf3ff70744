"""Lists of works: the asker's own, those overdue or due, those nobody has reported on. Long ones in pieces, as other lists are."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer.context import cite, reply
from knowledge.answer.facts import day
from knowledge.answer.rows import SHOWN, TITLE, closing, more, wants_more
from knowledge.answer.wording import say, shorten
from knowledge.progress.answers.asked import Asked
from knowledge.progress.answers.conditions import Condition, conditions, mine, work_of
from knowledge.progress.answers.recent import reports
from knowledge.progress.answers.states import agency_named, state_words, time_left
from knowledge.progress.clock import day_of
from knowledge.progress.membership import same
from knowledge.progress.overview import Work, task_as_work, tasks_as_works
from knowledge.progress.rights import shown
from knowledge.types import Answer, Key, Task

INTENT = "list_progress"


def by_list(asked: Asked) -> Answer | None:
    """A list of works, or of reports, when the question asks for one."""
    own, wanted = asked.asks("mine"), conditions(asked)
    if asked.question.intent != INTENT and not (own and not asked.names_work):
        return None
    if asked.asks("reports"):
        return reports(asked, own=own)
    if not wanted and not own and not asked.agencies and not asked.ctx.reading.plans:
        if asked.names_work:
            return None
        own = True
    if own and asked.desk.account.agency is None:
        return nobodys(asked)
    if asked.sight in ("nothing", "public") and any(not c.planned for c in wanted):
        return reply(asked.ctx, "unanswerable", say(asked.ctx.lang, "progress.internal_list"))
    return _listed(asked, wanted, own=own)


def by_rest(asked: Asked) -> Answer | None:
    """The next rows of the list shown last, each with its state as the first ones had it."""
    ctx, left = asked.ctx, asked.question.rest
    if not left or not wants_more(ctx.reading):
        return None
    tasks = [t for key in left if isinstance(t := ctx.corpus.get(key), Task)]
    works = asked.known([task_as_work(ctx.corpus, t) for t in tasks[:SHOWN]])
    return _shown(asked, works, [t.key for t in tasks[SHOWN:]], [], [t.key for t in tasks[:SHOWN]])


def nobodys(asked: Asked) -> Answer:
    """What "my tasks" are for somebody who has not signed in, or works at no agency."""
    if asked.desk.account.id:
        return reply(asked.ctx, "answered", say(asked.ctx.lang, "progress.no_agency"))
    return reply(asked.ctx, "forbidden", say(asked.ctx.lang, "progress.sign_in"))


def _listed(asked: Asked, wanted: Sequence[Condition], *, own: bool) -> Answer:
    lang, ctx = asked.ctx.lang, asked.ctx
    plans = [ctx.corpus.plan(p) for p in ctx.reading.plans] or list(reversed(ctx.corpus.plans))
    tasks, said = _whose(asked, [t for p in plans for t in p.tasks], own=own)
    works = [w for w in asked.known(tasks_as_works(ctx.corpus, tasks)) if all(c.test(w) for c in wanted)]
    said += "".join(c.said for c in wanted)
    today = day(asked.desk.today)
    if not works:
        return reply(ctx, "answered", say(lang, "progress.list_none", day=today, filter=said))
    if any(c.planned for c in wanted) or asked.asks("overdue", "delayed"):
        works.sort(key=lambda w: (w.due is None, w.due))
    rest = [w.task.key for w in works[SHOWN:]]
    head = say(lang, "progress.list_head", day=today, count=len(works), filter=said)
    return _shown(asked, works[:SHOWN], rest, [head], [w.task.key for w in works], own=own)


def _shown(
    asked: Asked, shown: Sequence[Work], rest: Sequence[Key], lines: list[str], focus: Sequence[Key], *, own: bool = False
) -> Answer:  # fmt: skip
    """These works as rows, plan by plan, and how to get the rest."""
    lang, ctx, plan = asked.ctx.lang, asked.ctx, ""
    for work in shown:
        if work.task.key.plan != plan:
            plan = work.task.key.plan
            lines.append(say(lang, "progress.list_plan", plan=ctx.corpus.plan(plan).short))
        lines.append(row(asked, work, own=own))
    citations = [
        cite(ctx.corpus, w.task.key, cell.text, lang) for w in shown for cell in (w.task.title, w.task.timeframe)
    ]
    text = "\n".join([*lines, *closing(ctx, rest)])
    return reply(ctx, "answered", text, citations, focus, more(ctx, rest), rest)


def row(asked: Asked, work: Work, *, own: bool = False) -> str:
    """A work in one line: number, title, what is reported with its day, deadline. Obstacles follow where they are asked about."""
    line = say(asked.ctx.lang, "progress.row", item=work.task.key.item, title=shorten(work.task.title.text, TITLE),
               state=_state(asked, work, own=own), due=_due(asked, work))  # fmt: skip
    return "\n".join([line, *_obstacles(asked, work)]) if asked.asks("blocked") else line


def _due(asked: Asked, work: Work) -> str:
    due, lang = work.due, asked.ctx.lang
    if due is None:
        return ""
    if due < asked.desk.today and asked.sight in ("nothing", "public"):
        return say(lang, "progress.row_passed", day=day(due))
    return say(lang, "progress.row_due", day=day(due), left=time_left(asked, due, done=work.done))


def _obstacles(asked: Asked, work: Work) -> list[str]:
    seen = [shown(s.latest, asked.desk.account, work.records, asked.desk.public) or {} for s in work.series]
    return [say(asked.ctx.lang, "progress.row_obstacle", obstacle=o) for e in seen if (o := e.get("obstacle"))]


def _state(asked: Asked, work: Work, *, own: bool) -> str:
    lang = asked.ctx.lang
    if asked.sight == "nothing":
        return ""
    if not work.series:
        return say(lang, "progress.row_none")
    series = work.series
    if own:
        agency = asked.desk.account.agency or ""
        series = tuple(s for s in work.series if s.agency and same(agency, s.agency)) or work.series
    last = series[0]
    key = "progress.row_state" if len(series) == 1 else "progress.row_states"
    return say(lang, key, agency=agency_named(asked, last.agency), state=state_words(asked, last),
               day=day(day_of(last.latest.at)), others=len(series) - 1)  # fmt: skip


def _whose(asked: Asked, tasks: list[Task], *, own: bool) -> tuple[list[Task], str]:
    """The tasks of the agencies that are meant, and how these are said."""
    lang, account = asked.ctx.lang, asked.desk.account
    if own:
        return [t for t in tasks if mine(account, t)], say(lang, "progress.filter.mine", agency=account.agency)
    for name in asked.agencies:
        tasks = work_of(name, tasks)
    return tasks, "".join(say(lang, "filter.lead", agency=name) for name in asked.agencies)
