"""The tables of docs/evaluation.md say what was measured."""

from __future__ import annotations

from dataclasses import replace

from benchmarks import tables
from knowledge.evaluation.checks import judge
from tests.knowledge.evaluation.conftest import REPLY, ROW

RIGHT = judge(ROW, REPLY, {})
FAILED = judge(replace(ROW, id="r2", register="typo"), replace(REPLY, status="clarify", ms=(50.0,)), {})
PLAYED = [
    tables.Played("own.jsonl", "typed", [RIGHT, RIGHT], [RIGHT, FAILED]),
    tables.Played("own.jsonl", "folded", [RIGHT], [RIGHT]),
]
UNDERSTOOD = {
    "own.jsonl": {
        "typed": {"rows": {"r2": {"intent": "ask_plan", "facets": ["lead"]}}},
        "folded": {"rows": {}},
    }
}


def test_sets_are_shown_by_form_and_way_of_asking() -> None:
    assert tables.sets(PLAYED).splitlines()[2:] == [
        "| own.jsonl | as typed | over REST | 1/2 | 50.0 | 1 | 1 | 0 |",
        "| own.jsonl | as typed | answering part alone | 2/2 | 100.0 | 2 | 0 | 0 |",
        "| own.jsonl | without diacritics | over REST | 1/1 | 100.0 | 1 | 0 | 0 |",
        "| own.jsonl | without diacritics | answering part alone | 1/1 | 100.0 | 1 | 0 | 0 |",
    ]


def test_groups_are_shown_side_by_side() -> None:
    assert tables.groups(PLAYED, lambda t: t.registers).splitlines()[2:] == [
        "| own.jsonl | formal | 1/1 | 2/2 | 1/1 | 1/1 |",
        "| own.jsonl | typo | 0/1 |  |  |  |",
    ]


def test_latency_is_of_turns_over_rest() -> None:
    assert tables.latency(PLAYED) == "A turn over REST, one user, 3 turns: p50 10 ms, p95 50 ms."


def test_failures_are_listed_with_the_part_that_explains_them() -> None:
    assert tables.failures(PLAYED, UNDERSTOOD) == (
        "#### own.jsonl, as typed: 1\n\n"
        "| row | category | register | question | part | why |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| r2 | task_facet | typo | Ai chủ trì nhiệm vụ 34? | understanding "
        "| taken for ask_plan, is ask_task; status clarify, should be answered |\n\n"
        "#### own.jsonl, without diacritics: 0\n\nNone."
    )
