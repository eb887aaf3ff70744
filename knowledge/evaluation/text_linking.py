"""Whether a noisy question leads where the clean one does: to the same records of the plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from knowledge.answer.answerer import load_answerer
from knowledge.evaluation.text_noise import Pair
from knowledge.text.normalise import clean
from knowledge.types import Question


def same_records(pairs: Sequence[Pair], change: Callable[[str], str] = str) -> int:
    """How many noisy texts, changed by `change`, are answered from the records that their clean texts are answered from.

    The answering part reads the questions by itself: what it makes of noise is not helped by the dialogue engine.
    """
    return sum(_records(change(pair.noisy)) == _of_clean(pair.clean) for pair in pairs)


@lru_cache(maxsize=1024)
def _of_clean(text: str) -> tuple[str, frozenset[tuple[str, str, str]]]:
    return _records(text)


def _records(text: str) -> tuple[str, frozenset[tuple[str, str, str]]]:
    answer = load_answerer().answer(Question(clean(text)))
    return answer.status, frozenset((c.plan, c.part, c.item) for c in answer.citations)
