"""Compares the values of target twins, of which one may be split over several on the other side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from knowledge.compare.likeness import Likeness
from knowledge.compare.wording import ADDITION, compare, longest_addition
from knowledge.text.fold import fold
from knowledge.types import Key, Target, TargetValue

# level, field, left text, right text, left key, right key
Found = tuple[
    Literal["value", "operator", "only-one", "scope", "form", "wording"], str, str, str, Key | None, Key | None
]

Pairs = Sequence[tuple[Target, Target]]

# How alike what two values measure must be, weighted over the pair's own texts, for them to be compared.
_SAME_SUBJECT = 0.3
_CLAUSE = re.compile(r"[;.]\s+")


def value_differences(pairs: Pairs) -> Iterator[Found]:
    """Differences between targets that are twins: each value with the one that measures the same, then the sentences."""
    background = Likeness(target.text.text for pair in pairs for target in pair)
    matched: set[tuple[Key, int]] = set()
    for left, right in pairs:
        for i, j in _same_subjects(left, right, background):
            matched |= {(left.key, i), (right.key, j)}
            yield from _values(left, right, left.values[i], right.values[j])
        yield from _sentences(left, right, pairs, background)
    for side in (0, 1):
        for target in dict.fromkeys(pair[side] for pair in pairs):
            for i, value in enumerate(target.values):
                if (target.key, i) not in matched:
                    yield _alone(target, value, side, pairs)


def _same_subjects(left: Target, right: Target, background: Likeness) -> list[tuple[int, int]]:
    """Positions of values that measure the same thing, each used once, the most alike first."""
    scored = []
    for i, one in enumerate(left.values):
        for j, other in enumerate(right.values):
            if _kind(one) != _kind(other):
                continue
            score = background.contained(one.subject, other.subject)
            scored.append((score, i, j))
    if len(scored) == 1:
        return [(i, j) for _, i, j in scored]
    pairs: list[tuple[int, int]] = []
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score >= _SAME_SUBJECT and all(i != k and j != m for k, m in pairs):
            pairs.append((i, j))
    return sorted(pairs)


def _kind(value: TargetValue) -> str:
    """Percentages are compared with percentages; all counts of things are one kind."""
    unit = fold(value.unit)
    return "%" if unit.startswith("%") else "speed" if unit.endswith("bps") else "count"


def _values(left: Target, right: Target, one: TargetValue, other: TargetValue) -> Iterator[Found]:
    if (one.value, one.high) != (other.value, other.high):
        yield "value", "value", one.text, other.text, left.key, right.key
    elif one.operator != other.operator:
        yield "operator", "value", one.text, other.text, left.key, right.key
    elif fold(one.unit) != fold(other.unit):
        yield "form", "unit", one.unit, other.unit, left.key, right.key


def _alone(target: Target, value: TargetValue, side: int, pairs: Pairs) -> Found:
    """A value that no twin states."""
    twin = next(pair[1 - side].key for pair in pairs if pair[side] is target)
    text = f"{value.subject}: {value.text}" if value.subject else value.text
    if side == 0:
        return "only-one", "value", text, "", target.key, twin
    return "only-one", "value", "", text, twin, target.key


def _sentences(left: Target, right: Target, pairs: Pairs, background: Likeness) -> Iterator[Found]:
    """Compare what the sentences say beside their values. What another twin says as well is not added by this one."""
    one, other = _clause(left, right, background), _clause(right, left, background)
    theirs = " ".join(_everything(r) for twin, r in pairs if twin is left)
    ours = " ".join(_everything(twin) for twin, r in pairs if r is right)
    more = max(longest_addition(_bare(one, left), theirs), longest_addition(_bare(other, right), ours))
    if more >= ADDITION:
        yield "scope", "text", one, other, left.key, right.key
    elif compare(_bare(one, left), _bare(other, right)) != "same":
        yield "wording", "text", one, other, left.key, right.key


def _everything(target: Target) -> str:
    cells = (target.text, target.unit, target.result)
    return " ".join(cell.text for cell in cells if cell)


def _clause(target: Target, twin: Target, background: Likeness) -> str:
    """The part of a target that its twin is about."""
    clauses = _CLAUSE.split(target.text.text.rstrip("."))
    if len(_CLAUSE.split(twin.text.text.rstrip("."))) >= len(clauses):
        return target.text.text
    return max(clauses, key=lambda clause: background.contained(clause, twin.text.text))


def _bare(text: str, target: Target) -> str:
    for value in target.values:
        text = text.replace(value.text, " ")
    return re.sub(r"\d+", " ", text)
