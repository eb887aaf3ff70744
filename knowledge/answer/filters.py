"""Filters of a list question: which of the plan's rows fit what the question names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.answer.context import Context
from knowledge.answer.facts import day
from knowledge.answer.reading import DATA, Reading
from knowledge.answer.units import asked_rate, measured_at, measured_in, written
from knowledge.answer.wording import say
from knowledge.text.agencies import load_agencies
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.text.syllables import syllables
from knowledge.types import AgencyCell, Part, Record, Target, Task, Window

_PUNCTUATION = re.compile(r"[^\w%/&-]+")
Test = Callable[[Record], bool]
WORDS_HELD = 0.8
"""Least share of the subject words a row, or a section title, must hold to fit them."""
TITLE_WORDS = 3
"""Least number of subject words that can name a section by its title."""


@dataclass(frozen=True)
class Filter:
    """A condition on a record and how it is said after "Có 6 nhiệm vụ"; words beside one that is `whole` narrow it no more."""

    said: str
    test: Test
    whole: bool = False


def filters(ctx: Context, part: Part) -> list[Filter]:
    """Every condition the question sets on the rows of a part, in the order they are said. Targets have no timeframe of their own."""
    if part == "targets":
        return [*_agencies(ctx, part), *_measures(ctx)]
    return [*_agencies(ctx, part), *_sections(ctx), *_windows(ctx), *_recurrence(ctx)]


def asks(ctx: Context, cue: str) -> bool:
    """Whether the question holds one of the words that ask for a role or column in a list ("phối hợp", "bắt đầu")."""
    return says(ctx.reading, cue)


def says(reading: Reading, cue: str) -> bool:
    """The same of a question that is only read so far."""
    question = reading.question
    said = (
        f"{reading.query} | {question.text}" if question.lang == "en" else reading.query
    )  # the query keeps no English
    text = f" {_PUNCTUATION.sub(' ', fold(said))} "
    return any(f" {c} " in text for c in _cues()[cue])


def cue_phrases(cue: str) -> tuple[str, ...]:
    """The phrases of a cue, folded."""
    return tuple(_cues()[cue])


def cue_words(cue: str) -> frozenset[str]:
    """The words of the phrases of a cue."""
    return frozenset(w for phrase in _cues()[cue] for w in phrase.split())


@lru_cache(maxsize=1)
def _cues() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((DATA / "list_cues.json").read_text(encoding="utf-8"))
    return found


def _agencies(ctx: Context, part: Part) -> list[Filter]:
    out = []
    lead = "lead" in ctx.facets or "monitor" in ctx.facets or asks(ctx, "lead")
    partner = ("partners" in ctx.facets and not asks(ctx, "involved")) or asks(ctx, "partner")
    for name in ctx.reading.agencies:
        if not lead and not partner and asks(ctx, "product"):
            out.append(Filter(say(ctx.lang, "filter.product", product=name), _produces(name)))
            continue
        before, after = _around(ctx, name)
        slot = "partner" if partner and not lead else "lead" if lead and not partner else "role"
        if lead and partner:
            slot = _nearest_role(before, after)
        if slot == "partner" and name != ctx.reading.agencies[0] and _ends(before, "with"):
            slot = "role"  # "Sở A phối hợp với Sở B": B leads, or is a partner too
        said = "monitor" if part == "targets" else slot
        without = _ends(before, "except", r"(?: \w+)? ?") or _denied(after)
        test = _does(name, slot)
        out.append(
            Filter(
                say(ctx.lang, f"filter.{'not_' if without else ''}{said}", agency=name), _not(test) if without else test
            )
        )
    return out


def _not(test: Test) -> Test:
    return lambda record: not test(record) and not (isinstance(record, Target) and record.monitor is None)


def _around(ctx: Context, name: str) -> tuple[str, str]:
    """The folded words before and behind an agency, up to the next one."""
    text = fold(clean(ctx.reading.question.text))
    spans = [s for s in ctx.reading.spans if s.kind == "agency"]
    place = next((i for i, s in enumerate(spans) if s.value == name), None)
    if place is None:
        return "", ""
    start = spans[place - 1].end if place else 0
    end = spans[place + 1].start if place + 1 < len(spans) else len(text)
    return _spaced(text[start : spans[place].start]), _spaced(text[spans[place].end : end])


def _ends(text: str, cue: str, behind: str = "") -> bool:
    """Whether a text ends with a phrase of a cue, and what may stand `behind` it."""
    return re.search(rf"(?:^| )(?:{'|'.join(cue_phrases(cue))}){behind}$", text) is not None


def _denied(text: str) -> bool:
    """Whether what follows an agency denies its role ("Sở A không theo dõi"), and does not ask ("Sở A có theo dõi không")."""
    return (
        re.match(rf"(?:{'|'.join(cue_phrases('denial'))}) (?:phai )?(?:{'|'.join(cue_phrases('role_verb'))})\b", text)
        is not None
    )


def _spaced(text: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", text).split())


def _nearest_role(before: str, after: str) -> str:
    """The role said next to an agency where both roles are spoken of: behind it first ("Sở A chủ trì, Sở B phối hợp"), else before it."""
    for text, nearest in ((after, min), (before, max)):
        places = {
            slot: nearest(found)
            for slot in ("lead", "partner")
            if (found := [m.start() for p in cue_phrases(slot) for m in re.finditer(rf"\b{p}\b", text)])
        }
        if places:
            return nearest(places, key=lambda slot: places[slot])
    return "role"


def _produces(words: str) -> Test:
    return lambda record: isinstance(record, Task) and fold(words) in fold(record.product.text)


def _does(name: str, slot: str) -> Test:
    def test(record: Record) -> bool:
        if isinstance(record, Target):
            return record.monitor is not None and _named(record.monitor, name)
        if not isinstance(record, Task):
            return False
        lead, partner = _named(record.lead, name), _named(record.partners, name)
        return {"lead": lead, "partner": partner, "role": lead or partner}[slot]

    return test


def _named(cell: AgencyCell, name: str) -> bool:
    same = load_agencies().same
    kind = fold(name).removeprefix("cac ")  # "các trường đại học": any of the kind
    return any(same(name, n) for n in cell.agencies) or (kind != fold(name) and kind in fold(cell.text))


def _sections(ctx: Context) -> list[Filter]:
    named = [s for s in ctx.reading.values("section") if s.isalpha()] or _titled(ctx)
    return [Filter(say(ctx.lang, "filter.section", section=s), _in_section(s), whole=True) for s in named]


def _in_section(item: str) -> Test:
    return lambda record: isinstance(record, Task) and record.section == item


def _titled(ctx: Context) -> list[str]:
    """Sections whose title the question gives instead of the number."""
    words = set(ctx.reading.subject)
    found: dict[str, None] = {}
    for plan in ctx.corpus.plans:
        for section in plan.sections:
            title = {s.folded for s in syllables(section.title.text)}
            if len(words) >= TITLE_WORDS and len(words & title) / len(words) >= WORDS_HELD:
                found[section.item] = None
    return list(found)


def _windows(ctx: Context) -> list[Filter]:
    out = []
    for value in ctx.reading.values("window"):
        window = _ending(ctx, parse_window(value))
        by_start = "start" in ctx.facets or asks(ctx, "start")
        said = "start_in" if by_start else {"before": "due_before", "until": "due_before", "after": "due_after", "from": "due_after"}.get(
            window.relation, "due_in"
        )  # fmt: skip
        text = say(ctx.lang, f"filter.{said}", start=_day(window.start), end=_day(window.end))
        out.append(Filter(text, _within(window, by_start)))
    return out


def _ending(ctx: Context, window: Window) -> Window:
    """ "Có hạn đến năm 2029": that year, not every year before it."""
    if window.relation != "until" or window.start or not window.end or not asks(ctx, "ending"):
        return window
    return Window(date(window.end.year, 1, 1), window.end, "in")


def _day(value: date | None) -> str:
    return day(value) if value else "…"


def parse_window(value: str) -> Window:
    """The window a span's value writes: `2026-04-01/2026-06-30`, `before:/2026-12-31`."""
    relation, _, rest = value.rpartition(":")
    start, _, end = rest.partition("/")
    return Window(
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
        relation or "in",  # type: ignore[arg-type]  # the span's own relation
    )


def _within(window: Window, by_start: bool) -> Test:
    def test(record: Record) -> bool:
        if not isinstance(record, Task):
            return False
        when = record.timeframe.start if by_start else record.timeframe.due
        if when is None:
            return False
        return (window.start is None or when >= window.start) and (window.end is None or when <= window.end)

    return test


def _recurrence(ctx: Context) -> list[Filter]:
    text = fold(ctx.reading.query)
    out = []
    if asks(ctx, "unending"):
        return [Filter(say(ctx.lang, "filter.unending"), lambda r: isinstance(r, Task) and r.timeframe.due is None)]
    if re.search(r"\bthuong xuyen\b|\blien tuc\b|\bcontinuous", text):
        out.append(
            Filter(
                say(ctx.lang, "filter.continuous"),
                lambda r: isinstance(r, Task) and r.timeframe.recurring == "continuous",
            )
        )
    if re.search(r"\bhang nam\b|\bmoi nam\b|\bevery year\b|\byearly\b", text):
        out.append(
            Filter(say(ctx.lang, "filter.yearly"), lambda r: isinstance(r, Task) and r.timeframe.recurring == "yearly")
        )
    if re.search(r"\b(cac|nhung) nam (tiep theo|sau)\b|\bopen.ended\b", text):
        out.append(Filter(say(ctx.lang, "filter.open_ended"), lambda r: isinstance(r, Task) and r.timeframe.open_ended))
    return out


def _measures(ctx: Context) -> list[Filter]:
    if asks(ctx, "numberless"):
        return [
            Filter(say(ctx.lang, "filter.numberless"), lambda r: isinstance(r, Target) and not r.values, whole=True)
        ]
    if rate := asked_rate(ctx.reading.query):
        unit = written(rate, ctx.corpus.records)
        return [Filter(say(ctx.lang, "filter.unit", unit=unit), measured_in(rate), whole=True)]
    return [Filter(say(ctx.lang, "filter.value", value=n), measured_at(n)) for n in ctx.reading.values("number")]
