"""Of how many questions the right record comes first, way by way."""

from __future__ import annotations

from dataclasses import replace

from knowledge.evaluation.linking import first_right
from knowledge.types import Key
from tests.knowledge.evaluation.conftest import ROW

ABOUT_SOC = replace(
    ROW,
    turns=("ai chủ trì nhiệm vụ SOC?",),
    category="task_facet",
    cite=(Key("kh-tu", "tasks", "32"),),
    intent="ask_task",
    facets=("lead",),
)


def test_a_record_or_its_twin_counts_and_what_is_not_of_one_subject_is_left_out() -> None:
    twin = replace(ABOUT_SOC, id="twin", cite=(Key("kh-ubnd", "tasks", "34"),))
    elsewhere = replace(ABOUT_SOC, id="elsewhere", cite=(Key("kh-tu", "tasks", "1"),))
    listed = replace(ABOUT_SOC, id="listed", category="list_filter")
    two_turns = replace(ABOUT_SOC, id="two", turns=("SOC là gì", "ai chủ trì"))
    total, right = first_right([ABOUT_SOC, twin, elsewhere, listed, two_turns])
    assert (total, right["linked"], right["answered"]) == (3, 2, 2)
    assert set(right) == {"words", "words and meaning", "linked", "answered"}
