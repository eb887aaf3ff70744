"""From question to answer: reads the question and walks it through the steps until one answers."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from knowledge.answer.absent import WHOLE
from knowledge.answer.asking import asking_part
from knowledge.answer.collected import by_collection
from knowledge.answer.context import Context
from knowledge.answer.link import Linker, load_linker
from knowledge.answer.reading import read
from knowledge.answer.steps import STEPS
from knowledge.corpus import Corpus, load_corpus
from knowledge.types import Answer, Question

PLAN_INTENTS = frozenset(("ask_task", "ask_target", "ask_plan", "list_tasks", "list_targets", "compare_plans"))
LONG = 4
"""Least number of subject words that show what a question is about even where the dialogue engine took it for something else."""


class Answerer:
    """Answers questions from a corpus. Safe to share between threads: it keeps nothing of a question."""

    def __init__(self, corpus: Corpus, linker: Linker) -> None:
        self._corpus = corpus
        self._linker = linker

    def answer(self, question: Question) -> Answer:
        """What the plans say to a question."""
        ctx = self._context(question)
        return next(a for step in STEPS if (a := step(ctx)) is not None)

    def collected(self, question: Question) -> Answer | None:
        """What imported records say to a question that is not about the plans; None when they say nothing."""
        return by_collection(self._context(question))

    def known(self, question: Question) -> Answer | None:
        """The answer to a question taken for being about nothing the plans know, when a record holds its subject whole; else None."""
        asked = next((name for name, _ in question.ranking if name in PLAN_INTENTS), None)
        ctx = self._context(replace(question, intent=asked))
        if len(ctx.reading.subject) < LONG or max(c.coverage for c in ctx.ranked) < WHOLE:
            return None
        answer = next(a for step in STEPS if (a := step(ctx)) is not None)
        return answer if answer.status == "answered" else None

    def _context(self, question: Question) -> Context:
        return asking_part(Context(read(question), self._corpus, self._linker))


@lru_cache(maxsize=1)
def load_answerer() -> Answerer:
    """The answerer over the published plans, made once per process."""
    return Answerer(load_corpus(), load_linker())
