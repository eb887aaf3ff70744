"""What a report says, in words: shown before it is saved and again with the receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.answer.facts import day as written_day
from knowledge.answer.wording import Lang, say, shorten
from knowledge.corpus import load_corpus
from knowledge.progress.clock import day_of
from knowledge.progress.dialog.state import State
from knowledge.progress.due import overdue
from knowledge.progress.types import Content, Entry
from knowledge.records import plain
from knowledge.types import Choice, Key, Target, Task

TITLE = 110
BUTTON = 70


@dataclass(frozen=True)
class Before:
    """What was saved earlier: `last` is what the same agency last reported on the work, `corrected` what a correction is about."""

    last: Entry | None = None
    corrected: Entry | None = None


def summary(state: State, before: Before, today: date, lang: Lang, remarks: bool = True) -> str:
    """The report as lines; `remarks` on it (lower than last time, deadline passed) belong to what is still to be confirmed."""
    lines = [*_head(state, before, lang), *_said(state, before, lang)]
    if remarks:
        lines += [say(lang, "report.remark", remark=r) for r in _remarks(state, before, today, lang)]
    return "\n".join(lines)


def title(key: Key) -> str:
    """A record's title or sentence, cut to what fits into a line."""
    return shorten(plain(load_corpus().record(key)), TITLE)


def name(key: Key, lang: Lang) -> str:
    """Which record it is: "nhiệm vụ số 34 của Kế hoạch của UBND tỉnh"."""
    return say(lang, f"ordinal.{key.part}", item=key.item, plan=load_corpus().plan(key.plan).short)


def choices(keys: Sequence[Key], lang: Lang) -> tuple[Choice, ...]:
    """Records as buttons; a button sends what a person would type."""
    return tuple(Choice(f"{_button(key)} ({load_corpus().plan(key.plan).short})", name(key, lang)) for key in keys)


def measures(target: Target) -> tuple[Choice, ...]:
    """The values of a target as buttons."""
    return tuple(Choice(shorten(_measure(target, i), BUTTON), _measure(target, i)) for i in range(len(target.values)))


def figure(state: State) -> str:
    """The figure of a report: "45%", "72 %"."""
    if state.said.percent is not None:
        return f"{state.said.percent}%"
    return _with_unit(state.said.value, state.said.unit) if state.said.value is not None else ""


def unit_of(target: Target, measure: int) -> str:
    """The unit of one of a target's values; "" where the plan names none."""
    if measure < len(target.values):
        return target.values[measure].unit
    return target.unit.text if target.unit else ""


def number(value: float) -> str:
    """A value as it is written in Vietnamese, to its last digit: what is confirmed is what is saved. 72; 72,5; 1234567,25."""
    return f"{value:.15g}".replace(".", ",")


def _with_unit(value: float, unit: str) -> str:
    return f"{number(value)}{unit}" if unit.startswith("%") else f"{number(value)} {unit}".strip()


def _button(key: Key) -> str:
    return shorten(plain(load_corpus().record(key)), BUTTON)


def _measure(target: Target, place: int) -> str:
    value = target.values[place]
    return f"{value.subject} {value.text}".strip() if value.subject else value.text


def _head(state: State, before: Before, lang: Lang) -> Iterator[str]:
    if state.total > 1:
        yield say(lang, "report.place", place=state.place, total=state.total)
    if before.corrected is not None:
        said = "undoes" if state.kind == "undo" else "corrects"
        at = written_day(day_of(before.corrected.at))
        yield say(lang, f"report.{said}", receipt=before.corrected.receipt, day=at)
    if state.key is not None:
        kind = "target" if state.key.part == "targets" else "task"
        yield say(lang, f"report.{kind}", title=title(state.key), name=name(state.key, lang))


def _said(state: State, before: Before, lang: Lang) -> Iterator[str]:
    old = before.corrected.content if before.corrected else None
    content = old if state.kind == "undo" and old else state.content
    if content.percent is not None:
        yield _changed(lang, "percent", old.percent if old else None, percent=content.percent)
    if content.value is not None:
        yield _value(state, content, content.value, old, lang)
    if content.status is not None:
        yield say(lang, "report.status", status=say(lang, f"report.status_name.{content.status}"))
    for field in ("note", "obstacle", "next_step"):
        if text := getattr(content, field):
            yield say(lang, f"report.{field}", **{field: text})
    if content.evidence:
        yield say(lang, "report.evidence", names="; ".join(e.url or e.name for e in content.evidence))


def _changed(lang: Lang, field: str, old: object, **values: object) -> str:
    same = old is None or old == values[field]
    return say(
        lang, f"report.{field}" if same else f"report.{field}_changed", **values, **({} if same else {"old": old})
    )


def _value(state: State, content: Content, value: float, old: Content | None, lang: Lang) -> str:
    record = load_corpus().record(state.key) if state.key else None
    about = ""
    if isinstance(record, Target) and len(record.values) > 1 and content.measure < len(record.values):
        about = say(lang, "report.subject", subject=_measure(record, content.measure))
    before = _with_unit(old.value, old.unit) if old and old.value is not None else None
    return _changed(
        lang, "value", before, value=_with_unit(value, content.unit), subject=about,
        day=written_day(content.measured_on) if content.measured_on else "",
    )  # fmt: skip


def _remarks(state: State, before: Before, today: date, lang: Lang) -> Iterator[str]:
    record = load_corpus().record(state.key) if state.key else None
    if state.kind == "undo" or not isinstance(record, Task):
        return
    percent, last = state.said.percent, before.last
    if state.rounded:
        yield say(lang, "report.remarks.rounded", words=state.rounded)
    if percent is not None and last and last.content.percent is not None and percent < last.content.percent:
        at = written_day(day_of(last.at))
        yield say(lang, "report.remarks.lower", day=at, percent=last.content.percent)
    if percent == 100 and not _names_product(state.said):
        yield say(lang, "report.remarks.no_product", product=shorten(record.product.text, TITLE))
    if overdue(record.timeframe, today, done=percent == 100 or state.said.status == "done"):
        assert record.timeframe.due is not None  # noqa: S101  (what is overdue has a last day)
        yield say(lang, "report.remarks.overdue", day=written_day(record.timeframe.due))


def _names_product(said: Content) -> bool:
    """Whether there is anything beside the bare claim: words or evidence on what was made."""
    return bool(said.evidence or said.note.strip())
