"""Which tasks a query of the API means, and the parameters that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query

from knowledge.text.agencies import load_agencies
from knowledge.text.fold import fold
from knowledge.types import AgencyCell, Task

LONGEST = 500
"""Characters of a parameter that is compared with every task."""

PlanId = Annotated[str | None, Query(description="Plan id.")]
Lead = Annotated[
    str | None, Query(description="Lead agency in any spelling, or words of the cell.", max_length=LONGEST)
]
Partner = Annotated[
    str | None, Query(description="Partner agency in any spelling, or words of the cell.", max_length=LONGEST)
]
Section = Annotated[str | None, Query(description='Section of the annex, such as "III".')]
DueBefore = Annotated[date | None, Query(description="Due earlier than this day.")]
DueAfter = Annotated[date | None, Query(description="Due later than this day.")]
Words = Annotated[str | None, Query(description="Words in the title or the product.", max_length=LONGEST)]


@dataclass(frozen=True)
class TaskFilter:
    """Every condition that is set must hold. Agencies may be named in any spelling, diacritics or not."""

    lead: str | None = None
    partner: str | None = None
    section: str | None = None
    due_before: date | None = None
    due_after: date | None = None
    q: str | None = None

    def keeps(self, task: Task) -> bool:
        """Does the task fit?"""
        return all(self._conditions(task))

    def _conditions(self, task: Task) -> Iterator[bool]:
        due = task.timeframe.due
        if self.lead:
            yield _names(task.lead, self.lead)
        if self.partner:
            yield _names(task.partners, self.partner)
        if self.section:
            yield task.section == self.section
        if self.due_before:
            yield due is not None and due < self.due_before
        if self.due_after:
            yield due is not None and due > self.due_after
        if self.q:
            text = fold(f"{task.title.text} {task.product.text}")
            yield all(word in text for word in fold(self.q).split())


def _names(cell: AgencyCell, name: str) -> bool:
    """Does a cell name this agency, in any spelling, or contain these words?"""
    registry = load_agencies()
    if registry.get(name) is not None:
        return any(registry.same(agency, name) for agency in cell.agencies)
    return fold(name).strip() in fold(cell.text)
