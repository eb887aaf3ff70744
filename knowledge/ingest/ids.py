"""Permanent ids: given at first publication, and carried to the right record when a plan is read again under other numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.records import plain
from knowledge.text.fold import fold
from knowledge.types import Key, Part, Plan, Record

# How alike two texts must be (0-100) to be the same record under another number, and under the same one.
_MOVED = 80.0
_STAYED = 50.0


@dataclass(frozen=True)
class Move:
    """A published record that stands under another number now. `likeness` is between 0 and 100."""

    id: str
    old: Key
    new: Key
    text: str
    likeness: float


@dataclass(frozen=True)
class Mapping:
    """How the records of a plan correspond to those published before."""

    ids: dict[Key, str]
    moved: tuple[Move, ...] = ()
    gone: tuple[Key, ...] = ()
    added: tuple[Key, ...] = ()

    @property
    def approval_needed(self) -> bool:
        """Whether progress could end up at another task, or nowhere: a task or target moved or went away."""
        return any(m.old.part != "body" for m in self.moved) or any(key.part != "body" for key in self.gone)


def map_records(old: Plan | None, new: Plan) -> Mapping:
    """Find for every new record the published one that it continues, by likeness of text within the same part of the plan."""
    ids: dict[Key, str] = {}
    moved: list[Move] = []
    gone: list[Key] = []
    added: list[Key] = []
    parts: tuple[Part, ...] = ("tasks", "targets", "body")
    for part in parts:
        before = _records(old, part) if old else ()
        after = _records(new, part)
        pairs = _pairs(before, after)
        for i, j, likeness in pairs:
            ids[after[j].key] = before[i].id
            if before[i].key.item != after[j].key.item:
                moved.append(Move(before[i].id, before[i].key, after[j].key, plain(after[j]), likeness))
        taken, kept = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
        gone += [record.key for i, record in enumerate(before) if i not in taken]
        for j, record in enumerate(after):
            if j not in kept:
                ids[record.key] = first_id(record, {*ids.values(), *(r.id for r in before)})
                added += [record.key] if old else []
    return Mapping(ids, tuple(moved), tuple(gone), tuple(added))


def first_id(record: Record, taken: set[str]) -> str:
    """A short id made of the record's plan, place and text, such as `t3f9a1c2d`; another one if it is taken."""
    seed = f"{record.key}\n{plain(record)}"
    for salt in range(len(taken) + 1):
        digest = hashlib.sha256(f"{seed}\n{salt}".encode()).hexdigest()
        if (found := f"{_LETTERS[record.key.part]}{digest[:8]}") not in taken:
            return found
    raise AssertionError("more salts than taken ids")


_LETTERS: dict[Part, str] = {"tasks": "t", "targets": "c", "body": "b"}


def _records(plan: Plan, part: Part) -> Sequence[Record]:
    return plan.tasks if part == "tasks" else plan.targets if part == "targets" else plan.body


def _pairs(before: Sequence[Record], after: Sequence[Record]) -> list[tuple[int, int, float]]:
    """Pairs of positions, best first, each position used once. At equal likeness the record that kept its number wins."""
    scored = []
    old_texts, new_texts = [fold(plain(r)) for r in before], [fold(plain(r)) for r in after]
    for i, old in enumerate(old_texts):
        for j, new in enumerate(new_texts):
            stayed = before[i].key.item == after[j].key.item
            likeness = 100.0 if old == new else fuzz.ratio(old, new)
            if likeness >= (_STAYED if stayed else _MOVED):
                scored.append((likeness, stayed, i, j))
    pairs: list[tuple[int, int, float]] = []
    left, right = set[int](), set[int]()
    for likeness, _, i, j in sorted(scored, key=lambda s: (-s[0], not s[1], s[2], s[3])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j, likeness))
    return sorted(pairs)
