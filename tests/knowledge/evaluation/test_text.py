"""Measuring repair: noise is made the same way every time, and what is mended and what is harmed are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.evaluation.text import mended
from knowledge.evaluation.text_kinds import KINDS
from knowledge.evaluation.text_noise import Pair, make, read_pairs

SETS = Path(__file__).parents[3] / "nlu_data" / "eval" / "text"
CLEAN = (SETS / "clean.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("kind", KINDS)
def test_the_sets_are_what_the_generator_makes_of_the_clean_questions(kind: str) -> None:
    pairs = read_pairs(SETS / f"{kind}.tsv")
    assert [p for p in pairs if p.origin == "made"] == make(kind, CLEAN)
    assert len(pairs) >= 150


def test_words_mended_and_words_harmed_are_counted_apart() -> None:
    pairs = [
        Pair("ai chủ chì", "ai chủ trì", "hand"),
        Pair("khinào xong", "khi nào xong", "hand"),
        Pair("bao gio xog", "bao giờ xong", "hand"),
    ]
    answers = {"ai chủ chì": "ai chú trì", "khinào xong": "khi nào xong", "bao gio xog": "bao giờ xong"}
    found = mended(pairs, lambda text: answers[text])
    assert (found.rows, found.exact, found.damaged, found.repaired, found.harmed) == (3, 2, 4, 4, 1)
    assert found.share == 1.0
    assert found.percentile(0.5) <= found.percentile(0.95)
