"""Finds places where one plan states two values for the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from knowledge.compare.differences import Difference
from knowledge.compare.likeness import Likeness, grams, longest_common_run
from knowledge.ingest.values import values_in
from knowledge.records import plain
from knowledge.types import Key, Plan, Record, TargetValue

# How alike two statements must be to be about the same thing. Measured on the two published plans: the pairs a reader
# calls contradictions score 0.42 and more with a common run of three syllables or an acronym, all others 0.37 and less
# without.
_SAME_SUBJECT = 0.4
_COMMON_RUN = 3
# A list of targets measures each thing once: neighbours that share most of their words ("basic" and "advanced" skills)
# differ.
_SAME_IN_ONE_LIST = 0.9
_BULLET = re.compile(r"(?:^|\s)-\s+(?=[\w(])|[;.]\s+")


@dataclass(frozen=True)
class _Statement:
    key: Key
    field: str
    text: str
    value: TargetValue


def contradictions(plan: Plan) -> tuple[Difference, ...]:
    """Pairs of statements of a plan that give the same thing two values, level `internal`, in plan order."""
    statements = [*_targets(plan), *_tasks(plan), *_body(plan)]
    records: tuple[Record, ...] = (*plan.tasks, *plan.targets, *plan.body)
    background = Likeness([*(s.text for s in statements), *map(plain, records)])
    return tuple(
        Difference("internal", one.field, one.text, other.text, one.key, other.key)
        for one, other in combinations(statements, 2)
        if one.key != other.key and _differ(one.value, other.value) and _same_subject(one, other, background)
    )


def _same_subject(one: _Statement, other: _Statement, background: Likeness) -> bool:
    if one.key.part == other.key.part == "targets":
        return background.alike(one.text, other.text) >= _SAME_IN_ONE_LIST
    if background.contained(one.text, other.text) < _SAME_SUBJECT:
        return False
    return longest_common_run(one.text, other.text) >= _COMMON_RUN or any(
        len(g) == 1 for g in grams(one.text) & grams(other.text)
    )


def _differ(one: TargetValue, other: TargetValue) -> bool:
    """Whether two values are of one kind and not the same: percentages, or counts of the same thing where both say of what."""
    if one.unit.startswith("%") != other.unit.startswith("%") or (one.value, one.high) == (other.value, other.high):
        return False
    return one.unit.startswith("%") or one.unit == other.unit or not (one.unit and other.unit)


def _targets(plan: Plan) -> Iterator[_Statement]:
    for target in plan.targets:
        pieces = {value.text: piece for piece, value in _pieces(target.text.text)}
        for value in target.values:
            # A value from the result column stands beside the sentence it measures.
            piece = pieces.get(value.text, f"{value.subject}: {value.text}")
            yield _Statement(target.key, "value", piece, value)


def _tasks(plan: Plan) -> Iterator[_Statement]:
    for task in plan.tasks:
        for field, text in (("title", task.title.text), ("product", task.product.text)):
            for piece, value in _pieces(text):
                yield _Statement(task.key, field, piece, value)


def _body(plan: Plan) -> Iterator[_Statement]:
    for passage in plan.body:
        for piece, value in _pieces(plain(passage)):
            yield _Statement(passage.key, "text", piece, value)


def _pieces(text: str) -> Iterator[tuple[str, TargetValue]]:
    for piece in _BULLET.split(text):
        for value in values_in(piece):
            yield piece.strip(" -"), value
