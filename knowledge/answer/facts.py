"""One asked facet of one record as a fact: what to say, what to quote, and what makes it equal to the twin's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.answer.wording import Lang, say
from knowledge.text.agencies import load_agencies
from knowledge.text.fold import fold
from knowledge.types import AgencyCell, Cell, Facet, Key, Plan, Target, Task, Timeframe

Sameness = frozenset[str] | tuple[object, ...]

TIMES: frozenset[Facet] = frozenset(("deadline", "start", "duration"))
"""Facets that are read from the one column of times."""
ROLES: frozenset[Facet] = frozenset(("lead", "partners"))
"""Facets that rows of tasks state of agencies."""


@dataclass(frozen=True)
class Fact:
    """A facet's value in one record. Facts of twins with equal `same` say the same; `quote` is the plan's own cell."""

    facet: Facet
    key: Key
    value: str
    quote: str
    same: Sameness


def column(facet: Facet) -> Facet:
    """The facet that stands for the column one is read from: the deadline for every time."""
    return "deadline" if facet in TIMES else facet


def task_fact(task: Task, facet: Facet, plan: Plan, lang: Lang) -> Fact | None:
    """The fact a task states for a facet; None where a task row has no such column."""
    if facet in ("lead", "monitor"):
        return _agencies("lead", task.key, task.lead)
    if facet == "partners":
        return _agencies("partners", task.key, task.partners)
    if facet in ("product", "value"):
        return _words("product", task.key, task.product)
    if facet == "content":
        return _words("content", task.key, task.title)
    if facet in TIMES:
        t = task.timeframe
        return Fact(facet, task.key, timeframe_text(t, lang), t.text, (t.start, t.due, t.recurring, t.open_ended))
    if facet == "section":
        title = next((s.title.text for s in plan.sections if s.item == task.section), "")
        return Fact("section", task.key, f"{task.section}. {title}", title, (task.section, fold(title)))
    if facet == "number":
        return Fact(
            "number", task.key, say(lang, "ordinal.tasks", item=task.key.item, plan=plan.short), task.title.text, ()
        )
    return None


def target_fact(target: Target, facet: Facet, plan: Plan, lang: Lang) -> Fact | None:
    """The fact a target states for a facet other than its value; None where it states none."""
    if facet in ("monitor", "lead"):
        if target.monitor is None:
            return None
        return _agencies("monitor", target.key, target.monitor)
    if facet == "number":
        value = say(lang, "ordinal.targets", item=target.key.item, plan=plan.short)
        return Fact("number", target.key, value, target.text.text, ())
    if facet == "content":
        return _words("content", target.key, target.text)
    return None


def agency_form(cell: AgencyCell) -> frozenset[str]:
    """The agencies of a cell without the dress a Party plan gives them: "Đảng ủy UBND tỉnh (Sở X)" and "Sở X" are one form."""
    bare = [_behind(n) for n in cell.agencies]
    wrapped = {_behind(n) for n in cell.agencies if _behind(n) != n and _wraps(cell.text, n)}
    names = frozenset(n for n in bare if n not in wrapped)
    return names or frozenset(bare) or frozenset((fold(cell.text),))


def _behind(name: str) -> str:
    """The agency behind a party committee; other agencies stand for themselves."""
    agency = load_agencies().get(name)
    return agency.party_of if agency and agency.party_of else name


def _wraps(text: str, name: str) -> bool:
    return re.search(re.escape(fold(name)) + r"\s*\(", fold(text)) is not None


def timeframe_text(frame: Timeframe, lang: Lang) -> str:
    """A timeframe in the plan's words with the days it means."""
    text = frame.text
    if frame.recurring:
        return say(lang, f"time.{frame.recurring}", text=text)
    if frame.open_ended and frame.start:
        return say(lang, "time.open_ended", text=text, year=frame.start.year)
    if frame.start and frame.due:
        return say(lang, "time.range", text=text, start=day(frame.start), due=day(frame.due))
    return text


def day(value: date) -> str:
    """A date as Vietnamese offices write it: 31/12/2026."""
    return value.strftime("%d/%m/%Y")


def _agencies(facet: Facet, key: Key, cell: AgencyCell) -> Fact:
    return Fact(facet, key, _tidy(cell.text), cell.text, agency_form(cell))


def _words(facet: Facet, key: Key, cell: Cell) -> Fact:
    return Fact(facet, key, _tidy(cell.text), cell.text, _bare(cell.text))


def _bare(text: str) -> tuple[object, ...]:
    """A text's words alone, so that punctuation, case and marks make no difference."""
    return (re.sub(r"\W+", " ", fold(text)).strip(),)


def _tidy(text: str) -> str:
    return text.strip(" .;,")
