"""Verdicts are counted by category, by register and over all."""

from __future__ import annotations

from dataclasses import replace

from knowledge.evaluation.checks import judge
from knowledge.evaluation.tally import Count, Tally, tally
from tests.knowledge.evaluation.conftest import REPLY, ROW


def test_rows_are_counted_by_category_and_register() -> None:
    rows = [ROW, replace(ROW, register="typo"), replace(ROW, category="target", register="typo"), ROW]
    replies = [
        REPLY,
        replace(REPLY, status="clarify", ms=(30.0, 40.0)),
        replace(REPLY, text="Sở Y tế", ms=(20.0,)),
        replace(REPLY, text="." * 500 + REPLY.text, ms=()),
    ]
    assert tally([judge(row, reply, {}) for row, reply in zip(rows, replies, strict=True)]) == Tally(
        rows=Count(2, 4),
        categories={"task_facet": Count(2, 3), "target": Count(0, 1)},
        registers={"formal": Count(2, 2), "typo": Count(0, 2)},
        early=1,
        refused=1,
        wrong=1,
        ms=(10.0, 20.0, 30.0, 40.0),
    )


def test_percentiles_are_turns_that_were_measured() -> None:
    counted = tally([judge(ROW, replace(REPLY, ms=tuple(float(n) for n in range(100))), {})])
    assert (counted.percentile(0.5), counted.percentile(0.95)) == (50.0, 95.0)


def test_nothing_comes_to_nothing() -> None:
    counted = tally([])
    assert (counted.rows.share, counted.percentile(0.5), counted.categories) == (0.0, 0.0, {})
