"""Questions asked of the answering part alone, understood as their rows say: what it can do when nothing is misunderstood."""

from __future__ import annotations

from time import perf_counter

from knowledge.answer.answerer import Answerer
from knowledge.evaluation.checks import Reply
from knowledge.evaluation.questions import Row
from knowledge.text.normalise import clean
from knowledge.types import Answer, Key, Question

ASKED = frozenset(
    {"ask_task", "ask_target", "ask_plan", "ask_absent", "list_tasks", "list_targets", "compare_plans", "follow_up"}
)
"""Intents that lead to the answering part; to all others the dialogue engine replies by itself."""


def answerable(row: Row) -> bool:
    """Does the row's last turn lead to the answering part? One that says no intent does."""
    return row.intent is None or row.intent in ASKED


def ask(row: Row, answerer: Answerer) -> Reply:
    """Answer the turns of a row, each leaning on what the one before was about.

    The last turn is understood as the row says. Of those before it the row says nothing: they are answered from their words alone.
    """
    answer, focus, ms = Answer("error", ""), tuple[Key, ...](), list[float]()
    for turn in row.turns[:-1]:
        began = perf_counter()
        answer = answerer.answer(Question(clean(turn), focus=focus, lang=row.lang))
        ms.append(1000 * (perf_counter() - began))
        focus = answer.focus or focus
    began = perf_counter()
    answer = answerer.answer(understood(row, focus))
    ms.append(1000 * (perf_counter() - began))
    return Reply(answer.text, answer.status, answer.citations, ms=tuple(ms))


def understood(row: Row, focus: tuple[Key, ...] = ()) -> Question:
    """The question of a row's last turn, understood as the row says."""
    return Question(
        clean(row.turns[-1]),
        intent=row.intent,
        confidence=1.0 if row.intent else 0.0,
        ranking=((row.intent, 1.0),) if row.intent else (),
        facets=row.facets,
        focus=focus,
        lang=row.lang,
    )
