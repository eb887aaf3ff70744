"""A failure is put down to the first part that explains it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.evaluation.causes import Understood, cause, explained
from knowledge.evaluation.checks import Reply, Verdict, judge
from tests.knowledge.evaluation.conftest import REPLY, ROW, source

RIGHT = judge(ROW, REPLY, {})
MEANT = Understood("ask_task", ("lead",))
REFUSED = replace(REPLY, text="", status="clarify", citations=())
ELSEWHERE = replace(REPLY, text="Sở Y tế", citations=(source(item="1"),))
AMISS = replace(REPLY, text="Sở Y tế")


def failed(reply: Reply, turns: int = 1) -> Verdict:
    return judge(replace(ROW, turns=ROW.turns * turns), reply, {})


@pytest.mark.parametrize(
    ("reply", "alone", "part"),
    [
        (Reply(error="timeout"), RIGHT, "service"),
        (replace(REPLY, degraded=True), RIGHT, "service"),
        (REFUSED, RIGHT, "understanding"),
        (REFUSED, None, "understanding"),
        (REFUSED, failed(REFUSED), "refused"),
        (ELSEWHERE, failed(ELSEWHERE), "linking"),
        (AMISS, failed(AMISS), "answer"),
    ],
)
def test_the_first_part_that_explains_it(reply: Reply, alone: Verdict | None, part: str) -> None:
    assert cause(failed(reply), alone, MEANT) == part


def test_turns_before_leave_open_what_was_meant_unless_the_last_was_taken_otherwise() -> None:
    talk = failed(AMISS, turns=2)
    assert cause(talk, talk, MEANT) == "answer"
    assert cause(talk, talk, Understood("follow_up", ("lead",))) == "understanding"


@pytest.mark.parametrize(
    ("reply", "understood", "line"),
    [
        (REFUSED, MEANT, "status clarify, should be answered"),
        (AMISS, None, 'does not say "Công an tỉnh"'),
        (AMISS, Understood("ask_plan", ()), 'taken for ask_plan, is ask_task; facets none, are lead; does not say "Công an tỉnh"'),
        (ELSEWHERE, MEANT, 'does not say "Công an tỉnh"; cites kh-ubnd/tasks/1 for kh-ubnd/tasks/34'),
        (replace(REPLY, citations=(source(quote=""),)), MEANT, "a quote is not the plan's own words"),
        (Reply(error="timeout"), MEANT, "timeout"),
    ],
)  # fmt: skip
def test_one_line_says_what_failed(reply: Reply, understood: Understood | None, line: str) -> None:
    assert explained(failed(reply), understood) == line
