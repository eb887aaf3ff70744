"""The published plans as one body of knowledge: records by address, their order, and which records of two plans are the same work."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import combinations
from pathlib import Path

from knowledge.compare.contradictions import contradictions
from knowledge.compare.differences import Difference, differences
from knowledge.compare.twins import Twin, link_twins
from knowledge.errors import UnknownPlan, UnknownRecord
from knowledge.records import PLANS, read_plans
from knowledge.types import Cell, Key, Part, Passage, Plan, Record, Target, Task


class Corpus:
    """Published plans with look-up by key. Twins are linked once, when the corpus is made."""

    def __init__(self, plans: tuple[Plan, ...]) -> None:
        self.plans = plans
        self._plan = {p.id: p for p in plans}
        self._parts: dict[tuple[str, Part], tuple[Record, ...]] = {}
        for p in plans:
            self._parts[p.id, "tasks"] = p.tasks
            self._parts[p.id, "targets"] = p.targets
            self._parts[p.id, "body"] = p.body
        self.records: tuple[Record, ...] = tuple(r for part in self._parts.values() for r in part)
        self._record = {r.key: r for r in self.records}
        self._links: list[tuple[Plan, Plan, tuple[Twin, ...]]] = [
            (a, b, link_twins(a, b)) for a, b in combinations(plans, 2)
        ]
        self._twins: dict[Key, list[Key]] = {}
        for _, _, twins in self._links:
            for twin in twins:
                if twin.left and twin.right:
                    self._twins.setdefault(twin.left, []).append(twin.right)
                    self._twins.setdefault(twin.right, []).append(twin.left)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference between twins of two plans, heaviest level first within a pair of plans."""
        return tuple(d for a, b, twins in self._links for d in differences(a, b, twins))

    @cached_property
    def contradictions(self) -> tuple[Difference, ...]:
        """Every place where one plan states two values for the same thing."""
        return tuple(d for plan in self.plans for d in contradictions(plan))

    def plan(self, plan_id: str) -> Plan:
        """The plan with this id, else `UnknownPlan`."""
        try:
            return self._plan[plan_id]
        except KeyError:
            raise UnknownPlan(plan=plan_id) from None

    def part(self, plan_id: str, part: Part) -> tuple[Record, ...]:
        """Records of one part of a plan, in the plan's order."""
        self.plan(plan_id)
        return self._parts[plan_id, part]

    def record(self, key: Key) -> Record:
        """The record at this address, else `UnknownRecord`."""
        try:
            return self._record[key]
        except KeyError:
            raise UnknownRecord(key=str(key)) from None

    def get(self, key: Key) -> Record | None:
        """The record at this address, or None."""
        return self._record.get(key)

    def twins(self, key: Key) -> tuple[Key, ...]:
        """Records of other plans that are the same work, in their plan's order."""
        return tuple(self._twins.get(key, ()))

    def neighbour(self, key: Key, step: int) -> Record | None:
        """The record `step` places after (or, negative, before) this one in its part, or None past either end."""
        part = self._parts[key.plan, key.part]
        place = next(i for i, r in enumerate(part) if r.key == key) + step
        return part[place] if 0 <= place < len(part) else None


def search_text(record: Record) -> str:
    """The text under which a record is found: what it says, and for a task what it produces and who does it."""
    cells: tuple[Cell, ...]
    if isinstance(record, Task):
        cells = (record.title, record.product, record.lead, record.partners)
    elif isinstance(record, Target):
        cells = tuple(c for c in (record.text, record.result, record.unit) if c)
    elif isinstance(record, Passage):
        return " ".join((*record.heading, record.text.text))
    return " ".join(c.text for c in cells)


@lru_cache(maxsize=4)
def load_corpus(folder: Path = PLANS) -> Corpus:
    """The corpus of every plan published in a folder, made once per process."""
    return Corpus(read_plans(folder))
