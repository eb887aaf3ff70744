"""Twins of the two plans, against links read from the documents by eye."""

from __future__ import annotations

from dataclasses import replace

from knowledge.compare.twins import Twin, link_twins
from knowledge.types import Key, Part, Plan

# kh-tu -> kh-ubnd. Tasks 6 (data architecture) and 17 (tokens) of kh-ubnd are its own.
TASKS = {
    1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 7, 7: 8, 8: 9, 9: 10, 10: 11, 11: 12, 12: 13, 13: 14, 14: 15, 15: 16, 16: 18,
    17: 19, 18: 20, 19: 21, 20: 22, 21: 23, 22: 24, 23: 25, 24: 26, 25: 27, 26: 28, 27: 29, 28: 30, 29: 31, 30: 32, 31: 33, 32: 34,
}  # fmt: skip
TARGETS = {
    1: [1, 2], 2: [3], 3: [4], 4: [5, 6], 5: [7], 6: [8], 7: [9], 8: [10], 9: [11], 10: [12], 11: [13], 12: [14, 15, 16],
    13: [17], 14: [18, 19, 20], 15: [21, 22], 16: [23], 17: [24], 18: [25], 19: [26], 20: [27], 21: [28], 22: [29], 23: [30],
    24: [31], 25: [32], 26: [33],
}  # fmt: skip


def key(plan: str, part: Part, item: int) -> Key:
    return Key(plan, part, str(item))


def test_twins_are_what_a_reader_links(party: Plan, committee: Plan) -> None:
    tasks = [Twin("task", key("kh-tu", "tasks", a), key("kh-ubnd", "tasks", b)) for a, b in TASKS.items()]
    own = [Twin("task", None, key("kh-ubnd", "tasks", item)) for item in (6, 17)]
    targets = [
        Twin("target", key("kh-tu", "targets", a), key("kh-ubnd", "targets", b))
        for a, others in TARGETS.items()
        for b in others
    ]
    assert list(link_twins(party, committee)) == [*tasks, *own, *targets]


def test_the_order_of_the_plans_does_not_matter(party: Plan, committee: Plan) -> None:
    one = {(t.left, t.right) for t in link_twins(party, committee)}
    other = {(t.right, t.left) for t in link_twins(committee, party)}
    assert one == other


def test_a_plan_is_its_own_twin_item_by_item(committee: Plan) -> None:
    assert all(twin.left == twin.right for twin in link_twins(committee, committee))


def test_a_plan_without_tasks_has_no_twins(party: Plan, committee: Plan) -> None:
    empty = replace(committee, tasks=(), targets=())
    assert {twin.right for twin in link_twins(party, empty)} == {None}
