"""The answerer over the published plans, and a short way to ask it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.answer.answerer import Answerer, load_answerer
from knowledge.types import Answer, Facet, Key, Question

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    return load_answerer()


@pytest.fixture(scope="session")
def ask(answerer: Answerer) -> Ask:
    def ask(
        text: str, intent: str | None = "ask_task", *facets: Facet, focus: tuple[Key, ...] = (), lang: str = "vi",
        confidence: float = 1.0, rest: tuple[Key, ...] = (), asked: str = "",
    ) -> Answer:  # fmt: skip
        question = Question(text, intent, confidence, (), facets, (), focus, lang, rest, asked)  # type: ignore[arg-type]
        return answerer.answer(question)

    return ask


def keys(answer: Answer) -> list[str]:
    """The records an answer cites, each once, as addresses."""
    return list(dict.fromkeys(f"{c.plan}/{c.part}/{c.item}" for c in answer.citations))
