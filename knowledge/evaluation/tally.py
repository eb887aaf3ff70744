"""What the verdicts on a set of questions come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

from knowledge.evaluation.checks import Verdict
from knowledge.evaluation.questions import Category, Register


@dataclass(frozen=True)
class Count:
    """Rows that passed, of how many."""

    passed: int
    total: int

    @property
    def share(self) -> float:
        """Passed of total, between 0 and 1; of nothing 0."""
        return self.passed / self.total if self.total else 0.0


@dataclass(frozen=True)
class Tally:
    """Counts over a set: by category and by register, in the order of their types and without those that do not occur.

    `refused` and `wrong` split the failures of rows that the plans answer; `ms` are the milliseconds of every turn, ascending.
    """

    rows: Count
    categories: dict[str, Count]
    registers: dict[str, Count]
    early: int
    refused: int
    wrong: int
    ms: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """Milliseconds that at least this share of the turns do not exceed; 0 without turns."""
        return percentile(self.ms, share)


def tally(verdicts: Sequence[Verdict]) -> Tally:
    """Count verdicts."""
    return Tally(
        rows=_count(verdicts),
        categories=_by(verdicts, get_args(Category), lambda v: v.row.category),
        registers=_by(verdicts, get_args(Register), lambda v: v.row.register),
        early=sum(v.early for v in verdicts),
        refused=sum(v.refused for v in verdicts),
        wrong=sum(v.wrong for v in verdicts),
        ms=tuple(sorted(ms for v in verdicts for ms in v.reply.ms)),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value of a measured set that at least this share (0 to 1) of it does not exceed; 0 of an empty set."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def _by(verdicts: Sequence[Verdict], names: Sequence[str], of: Callable[[Verdict], str]) -> dict[str, Count]:
    groups = {name: [v for v in verdicts if of(v) == name] for name in names}
    return {name: _count(group) for name, group in groups.items() if group}


def _count(verdicts: Sequence[Verdict]) -> Count:
    return Count(sum(v.passed for v in verdicts), len(verdicts))
