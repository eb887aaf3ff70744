"""The answering part alone, told how a question is meant."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer.answerer import load_answerer
from knowledge.evaluation.answering import answerable, ask
from knowledge.evaluation.checks import judge
from knowledge.evaluation.sources import source_texts
from tests.knowledge.evaluation.conftest import ROW

ITEM = replace(ROW, turns=("Nhiệm vụ 34 của Kế hoạch UBND tỉnh do cơ quan nào chủ trì?",))


def test_a_row_is_answered_from_the_plans_and_judged() -> None:
    verdict = judge(ITEM, ask(ITEM, load_answerer()), source_texts())
    assert (verdict.passed, verdict.early, len(verdict.reply.ms)) == (True, True, 1)


def test_a_turn_leans_on_what_the_one_before_was_about() -> None:
    talk = replace(ITEM, turns=(*ITEM.turns, "ai chủ trì?"), intent="follow_up", category="followup")
    verdict = judge(talk, ask(talk, load_answerer()), source_texts())
    assert (verdict.passed, len(verdict.reply.ms)) == (True, 2)


def test_what_the_dialogue_engine_replies_to_by_itself_is_left_out() -> None:
    assert [answerable(replace(ROW, intent=i)) for i in ("ask_task", None, "greet", "out_of_scope")] == [
        True, True, False, False,
    ]  # fmt: skip
