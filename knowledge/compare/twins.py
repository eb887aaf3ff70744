"""Finds twins: records of two plans that are the same work, by what they say and not by where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.compare.likeness import Likeness
from knowledge.records import plain
from knowledge.types import Key, Plan, Record

# Measured on the two published plans: tasks that are twins score 0.74 and more, others 0.38 and less; targets 0.43 and
# more, others 0.33 and less.
_SAME_TASK = 0.5
_SAME_TARGET = 0.4


@dataclass(frozen=True)
class Twin:
    """Two records that are the same work; `left` or `right` is None where only one plan has it.

    A target that one plan splits in two has a twin row for each half.
    """

    kind: Literal["task", "target"]
    left: Key | None
    right: Key | None


def link_twins(a: Plan, b: Plan) -> tuple[Twin, ...]:
    """The twins of two plans in the order of `a`, and then what only `b` has. Tasks pair one to one, targets one to many."""
    records: tuple[Record, ...] = (*a.tasks, *b.tasks, *a.targets, *b.targets)
    background = Likeness(map(plain, records))
    tasks = _one_to_one(_scores(a.tasks, b.tasks, background))
    targets = _best_of_each(_scores(a.targets, b.targets, background))
    return (
        *_rows("task", a.tasks, b.tasks, tasks),
        *_rows("target", a.targets, b.targets, targets),
    )


Scores = dict[tuple[int, int], float]


def _scores(left: Sequence[Record], right: Sequence[Record], background: Likeness) -> Scores:
    """Likeness of every pair: mostly how far one record contains the other, so that a longer title does not part twins."""
    scores = {}
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            x, y = plain(one), plain(other)
            scores[i, j] = 0.75 * background.contained(x, y) + 0.25 * background.alike(x, y)
    return scores


def _one_to_one(scores: Scores) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    left, right = set[int](), set[int]()
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score >= _SAME_TASK and i not in left and j not in right:
            pairs.append((i, j))
            left.add(i)
            right.add(j)
    return sorted(pairs)


def _best_of_each(scores: Scores) -> list[tuple[int, int]]:
    """Every record of either side with the one of the other side that is most like it."""
    best_right: dict[int, int] = {}
    best_left: dict[int, int] = {}
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score >= _SAME_TARGET:
            best_right.setdefault(i, j)
            best_left.setdefault(j, i)
    return sorted({*best_right.items(), *((i, j) for j, i in best_left.items())})


def _rows(
    kind: Literal["task", "target"], left: Sequence[Record], right: Sequence[Record], pairs: Sequence[tuple[int, int]]
) -> list[Twin]:
    rows = []
    for i, record in enumerate(left):
        partners = [right[j].key for k, j in pairs if k == i]
        rows += [Twin(kind, record.key, partner) for partner in partners] or [Twin(kind, record.key, None)]
    linked = {j for _, j in pairs}
    return [*rows, *(Twin(kind, None, record.key) for j, record in enumerate(right) if j not in linked)]
