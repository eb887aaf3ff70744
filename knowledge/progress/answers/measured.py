"""How far a target is met: the values its monitors measured, each with its day, against the level the plan sets."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.answer.compose import about
from knowledge.answer.context import cite, reply
from knowledge.answer.facts import day
from knowledge.answer.wording import Lang, say, shorten
from knowledge.progress.answers.asked import Asked
from knowledge.progress.answers.states import agency_named, receipt
from knowledge.progress.overview import same_work
from knowledge.progress.rights import who_may_log
from knowledge.progress.state import series, standing
from knowledge.progress.types import Entry
from knowledge.types import Answer, Key, Target, TargetValue

SUBJECT = 70
"""Longest name of a measured value, in characters, where several stand in one answer."""


def target_answer(asked: Asked, key: Key) -> Answer:
    """What was measured of a target, as far as the asker may know, and the level that is set."""
    lang, corpus = asked.ctx.lang, asked.ctx.corpus
    key = _meant(asked, key)
    work = [r for r in same_work(corpus, corpus.record(key)) if isinstance(r, Target)]
    plan = _level(asked, work[0])
    body, _, source = plan.text.rpartition("\n")
    if asked.sight == "nothing":
        who = ", ".join(who_may_log(work[0])) or say(lang, "progress.administrator")
        told = [say(lang, "progress.internal", who=who), say(lang, "progress.plan_says"), body]
        return replace(plan, status="unanswerable", text="\n".join([*told, source]))
    by_id = {r.id: r for r in work}
    measured = [
        max(s.entries, key=lambda e: (e.content.measured_on or asked.desk.today, e.seq))
        for place in _by_place(standing(asked.desk.entries(list(by_id)))) for s in series(place)
    ]  # fmt: skip
    several = len({(e.record, e.content.measure) for e in measured}) > 1
    lines = [_line(asked, e, by_id[e.record], named=several) for e in measured if e.content.value is not None]
    head = say(lang, "progress.measured") if lines else say(lang, "progress.never_measured")
    text = "\n".join([head, *lines, say(lang, "progress.level_set"), body, source])
    return replace(plan, status="answered", text=text)


def _level(asked: Asked, target: Target) -> Answer:
    """What the plans set; of a target of several values none of which is named, its whole sentence."""
    keys = [target.key, *asked.ctx.corpus.twins(target.key)]
    if len(target.values) > 1 and not asked.subject.content:
        quote = cite(asked.ctx.corpus, target.key, target.text.text, asked.ctx.lang)
        return reply(asked.ctx, "answered", target.text.text, [quote], keys)
    return about(replace(asked.ctx, reading=asked.subject), keys, ("value",))


def _meant(asked: Asked, key: Key) -> Key:
    """Of a target with several values, each of them a target of the other plan, the one of these that the question names."""
    twins = asked.ctx.corpus.twins(key)
    if len(twins) < 2 or not asked.subject.content:
        return key
    return max(twins, key=lambda k: asked.ctx.linker.coverage(asked.subject.content, k))


def number(value: float, lang: Lang) -> str:
    """A number as people write it: "72,5" in Vietnamese."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "vi" else text


def meets(value: float, level: TargetValue) -> bool:
    """Whether a measured value is at the level: a level without an operator, and the lower end of a range, are the least."""
    if level.operator == "<":
        return value < level.value
    if level.operator == "<=":
        return value <= level.value
    return value > level.value if level.operator == ">" else value >= level.value


def _by_place(entries: list[Entry]) -> list[list[Entry]]:
    """Entries of one value of one record together."""
    places: dict[tuple[str, int], list[Entry]] = {}
    for entry in entries:
        places.setdefault((entry.record, entry.content.measure), []).append(entry)
    return list(places.values())


def _line(asked: Asked, entry: Entry, target: Target, *, named: bool) -> str:
    lang, content = asked.ctx.lang, entry.content
    assert content.value is not None  # noqa: S101  (a measurement has one)
    what = f"{shorten(_subject(target, content.measure), SUBJECT)}: " if named else ""
    return say(lang, "progress.value", value=what + _with_unit(number(content.value, lang), content.unit),
               agency=agency_named(asked, entry.agency), day=day(content.measured_on or asked.desk.today),
               receipt=receipt(asked, entry), against=_against(asked, entry, target))  # fmt: skip


def _subject(target: Target, measure: int) -> str:
    """What a value measures, in the plan's words."""
    place = target.values[measure] if len(target.values) > 1 and measure < len(target.values) else None
    return (place.subject or place.text) if place else target.text.text


def _against(asked: Asked, entry: Entry, target: Target) -> str:
    """How a measured value compares with the level that is set; citizens are shown both and no verdict."""
    lang, content = asked.ctx.lang, entry.content
    if asked.sight == "public" or content.value is None or content.measure >= len(target.values):
        return ""
    level = target.values[content.measure]
    named = level.text if re.search(r"[^\W\d]|%", level.text) else _with_unit(level.text, level.unit)
    if meets(content.value, level):
        return say(lang, "progress.met", level=named)
    unit = say(lang, "progress.points") if level.unit.startswith("%") else level.unit
    return say(lang, "progress.unmet", level=named, gap=number(abs(level.value - content.value), lang), unit=unit)


def _with_unit(value: str, unit: str) -> str:
    return f"{value}{unit}" if unit.startswith("%") else f"{value} {unit}".strip()
