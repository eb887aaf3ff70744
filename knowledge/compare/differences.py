"""Lists where two plans differ about the same work, by level of weight.

Levels, heaviest first: `value` (another number or date), `operator` (the same number, but "at least" against "more
than"), `lead`, `partner`, `scope` (one side asks for more), `only-one` (one plan alone has it), `internal` (one plan
contradicts itself), `form` (the same agency or unit under another form of its name), `wording`. The first seven matter
to an answer; the last two only on request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.compare.cells import meant, only_in
from knowledge.compare.target_values import value_differences
from knowledge.compare.twins import Twin
from knowledge.compare.wording import compare
from knowledge.records import plain
from knowledge.text.agencies import Registry, load_agencies
from knowledge.types import AgencyCell, Key, Plan, Record, Target, Task, Timeframe

Level = Literal["value", "operator", "lead", "partner", "scope", "only-one", "internal", "form", "wording"]
LEVELS: tuple[Level, ...] = (
    "value", "operator", "lead", "partner", "scope", "only-one", "internal", "form", "wording",
)  # fmt: skip
# Shown only when asked for.
MINOR: frozenset[Level] = frozenset(("form", "wording"))


@dataclass(frozen=True)
class Difference:
    """One difference: its level, the field it lies in, what each side says (empty where it says nothing), and where."""

    level: Level
    field: str
    left_text: str
    right_text: str
    left: Key | None
    right: Key | None


def differences(a: Plan, b: Plan, twins: Sequence[Twin]) -> tuple[Difference, ...]:
    """Every difference between the twins of two plans, heaviest level first, then in plan order."""
    agencies = load_agencies()
    both: tuple[Record, ...] = (*a.tasks, *b.tasks, *a.targets, *b.targets)
    records = {record.key: record for record in both}
    found = [d for twin in twins for d in _between(twin, records, agencies)]
    found += _targets(twins, records)
    return tuple(sorted(found, key=lambda d: LEVELS.index(d.level)))


def _between(twin: Twin, records: dict[Key, Record], agencies: Registry) -> Iterator[Difference]:
    left = records[twin.left] if twin.left else None
    right = records[twin.right] if twin.right else None
    if left is None or right is None:
        yield Difference(
            "only-one", "record", plain(left) if left else "", plain(right) if right else "", twin.left, twin.right
        )
    elif isinstance(left, Task) and isinstance(right, Task):
        yield from _tasks(left, right, agencies)


def _tasks(left: Task, right: Task, agencies: Registry) -> Iterator[Difference]:
    yield from _sentences("title", left, right, left.title.text, right.title.text)
    yield from _sentences("product", left, right, left.product.text, right.product.text)
    yield from _timeframes(left, right, left.timeframe, right.timeframe)
    yield from _agencies("lead", left, right, left.lead, right.lead, agencies)
    yield from _agencies("partner", left, right, left.partners, right.partners, agencies)


def _sentences(field: str, left: Record, right: Record, one: str, other: str) -> Iterator[Difference]:
    level = compare(one, other)
    if level != "same":
        yield Difference(level, field, one, other, left.key, right.key)


def _timeframes(left: Task, right: Task, one: Timeframe, other: Timeframe) -> Iterator[Difference]:
    if (one.start, one.due, one.recurring, one.open_ended) != (
        other.start,
        other.due,
        other.recurring,
        other.open_ended,
    ):
        yield Difference("value", "timeframe", one.text, other.text, left.key, right.key)
    elif one.text != other.text:
        yield Difference("wording", "timeframe", one.text, other.text, left.key, right.key)


def _agencies(
    level: Literal["lead", "partner"], left: Task, right: Task, one: AgencyCell, other: AgencyCell, agencies: Registry
) -> Iterator[Difference]:
    field = "lead" if level == "lead" else "partners"
    mine, theirs = meant(one, agencies), meant(other, agencies)
    if only_in(mine, theirs, agencies) or only_in(theirs, mine, agencies):
        yield Difference(level, field, one.text, other.text, left.key, right.key)
    elif one.agencies != other.agencies:
        yield Difference("form", field, one.text, other.text, left.key, right.key)
    elif one.text != other.text:
        yield Difference("wording", field, one.text, other.text, left.key, right.key)


def _targets(twins: Sequence[Twin], records: dict[Key, Record]) -> Iterator[Difference]:
    pairs = []
    for twin in twins:
        left = records[twin.left] if twin.left else None
        right = records[twin.right] if twin.right else None
        if isinstance(left, Target) and isinstance(right, Target):
            pairs.append((left, right))
    for found in value_differences(pairs):
        yield Difference(*found)
