"""Time expressions as dates: the timeframe cell of a plan, and the windows of time a question names.

"trước ngày 30/6/2026" is read strictly: its last day is 29 June. A cell that sets an outlook ("tầm nhìn đến năm 2045") after its own
dates is read without the outlook.
"""

from __future__ import annotations

from datetime import date

from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.text.periods import day_after, day_before, find_periods, time_words
from knowledge.text.syllables import syllables
from knowledge.types import Recurrence, Timeframe, Window


def parse_timeframe(text: str, source: tuple[str, ...] = ()) -> Timeframe:
    """Read a plan's timeframe cell. Never raises: text without a time expression gives a `Timeframe` with every date None."""
    words = time_words()
    verbatim = clean(text)
    kept = verbatim[: len(words.outlook.sub("", fold(verbatim)))]
    folded = fold(kept)
    recurring: Recurrence | None = None
    if words.recurring["yearly"].search(folded):
        recurring = "yearly"
    elif words.recurring["continuous"].search(folded):
        recurring = "continuous"
    start, due, open_ended = None, None, bool(words.open_ended.search(folded))
    for p in find_periods(kept):
        opens = p.relation in ("from", "after")
        open_ended = open_ended or opens
        first = None if p.relation in ("before", "until") else day_after(p.last) if p.relation == "after" else p.first
        last = None if opens else day_before(p.first) if p.relation == "before" else p.last
        start = min(filter(None, (start, first)), default=None)
        due = max(filter(None, (due, last)), default=None)
    if open_ended and start is not None and (due is None or words.open_ended.search(folded)):
        due = None
    elif due is not None:
        open_ended = False
    return Timeframe(verbatim, source, start, due, recurring, open_ended)


def looks_like_timeframe(text: str) -> bool:
    """Whether a text is nothing but a time expression, as a timeframe cell is."""
    words = time_words()
    verbatim = clean(text)
    folded = fold(verbatim)
    said = folded
    named = False
    for pattern in (*words.recurring.values(), words.open_ended, *words.atoms.values()):
        said, count = pattern.subn(" ", said)
        named = named or count > 0
    return named and not syllables(words.around.sub(" ", said))


def find_windows(text: str, today: date | None = None) -> list[tuple[int, int, Window]]:
    """Find the windows of time a question names: (start, end, window), offsets into `text` (NFC), in order.

    The dates of `before` and `until` windows are open at the start, those of `after` and `from` windows at the end. Expressions that
    count from the present ("năm nay", "30 ngày tới") or leave out the year ("quý 2") are found only when `today` is given.
    """
    return [(p.start, p.end, _window(p.first, p.last, p.relation)) for p in find_periods(text, today)]


def _window(first: date, last: date, relation: str) -> Window:
    if relation == "before":
        return Window(None, day_before(first), "before")
    if relation == "until":
        return Window(None, last, "until")
    if relation == "after":
        return Window(day_after(last), None, "after")
    if relation == "from":
        return Window(first, None, "from")
    return Window(first, last)
