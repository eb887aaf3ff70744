"""A work then and now: what each agency had reported by the end of an earlier day against what it reports today."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.answer.facts import day
from knowledge.answer.wording import say
from knowledge.progress.answers.asked import Asked
from knowledge.progress.answers.states import agency_named, receipt, state_words
from knowledge.progress.clock import day_of
from knowledge.progress.due import quarter_end_before
from knowledge.progress.membership import same
from knowledge.progress.overview import Work
from knowledge.progress.state import Series, as_of, series


def compared(asked: Asked, work: Work) -> list[str]:
    """A line per agency that reports on the work: then, now, and by how many points the percentage changed."""
    previous = asked.asks("previous")
    until = None if previous else baseline(asked)
    earlier = [] if until is None else series(as_of(asked.desk.entries([r.id for r in work.records]), until))
    lines = []
    for own in work.series:
        if previous:
            then = Series(own.agency, own.entries[:-1]) if len(own.entries) > 1 else None
        else:
            then = next((s for s in earlier if _alike(s.agency, own.agency)), None)
        lines.append(_line(asked, own, then, until))
    return lines


def baseline(asked: Asked) -> date:
    """The day to compare with: the end of the latest period named that is over, else of the quarter before this one.

    A period that is not over ("từ đầu năm") is compared with the day before it began.
    """
    over = [w.end for w in asked.windows if w.end and w.end < asked.desk.today]
    if over:
        return max(over)
    begun = [w.start for w in asked.windows if w.start and w.start <= asked.desk.today]
    return max(begun) - timedelta(days=1) if begun else quarter_end_before(asked.desk.today)


def _line(asked: Asked, own: Series, then: Series | None, until: date | None) -> str:
    lang = asked.ctx.lang
    if then is not None:
        earlier = say(lang, "progress.then", day=day(until or day_of(then.latest.at)), state=state_words(asked, then))
    elif until is not None:
        earlier = say(lang, "progress.nothing_until", day=day(until))
    else:
        earlier = say(lang, "progress.first")
    now = say(
        lang,
        "progress.now",
        state=state_words(asked, own),
        day=day(day_of(own.latest.at)),
        receipt=receipt(asked, own.latest),
    )
    change = _change(asked, own, then) if then is not None else ""
    return say(lang, "progress.compared", agency=agency_named(asked, own.agency), then=earlier, now=now, change=change)


def _change(asked: Asked, own: Series, then: Series) -> str:
    """By how many points the percentage changed, where both days have one."""
    if own.percent is None or then.percent is None:
        return ""
    points = (own.percent.content.percent or 0) - (then.percent.content.percent or 0)
    key = "up" if points > 0 else "down" if points < 0 else "level"
    return say(asked.ctx.lang, f"progress.{key}", points=abs(points))


def _alike(a: str | None, b: str | None) -> bool:
    return a == b or (a is not None and b is not None and same(a, b))
