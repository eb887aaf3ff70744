"""Which tasks a query of the API means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.text.agencies import load_agencies
from knowledge.text.fold import fold
from knowledge.types import AgencyCell, Task


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
