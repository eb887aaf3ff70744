"""From question to answer: reads the question and walks it through the steps until one answers."""

from __future__ import annotations

from functools import lru_cache

from knowledge.answer.collected import by_collection
from knowledge.answer.context import Context
from knowledge.answer.link import Linker, load_linker
from knowledge.answer.reading import read
from knowledge.answer.steps import STEPS
from knowledge.corpus import Corpus, load_corpus
from knowledge.types import Answer, Question


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

    def _context(self, question: Question) -> Context:
        return Context(read(question), self._corpus, self._linker)


@lru_cache(maxsize=1)
def load_answerer() -> Answerer:
    """The answerer over the published plans, made once per process."""
    return Answerer(load_corpus(), load_linker())
