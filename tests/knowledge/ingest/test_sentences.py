"""Passages are cut into sentences that are verbatim parts of them."""

from __future__ import annotations

import subprocess
import sys

from knowledge.ingest.build import verbatim
from knowledge.ingest.ingest import Ingestion


def test_every_sentence_stands_verbatim_in_its_passage_and_none_is_lost(party: Ingestion) -> None:
    for passage in party.plan.body:
        assert " ".join(passage.sentences) == passage.text.text


def test_a_long_bullet_is_one_passage_of_several_sentences(party: Ingestion) -> None:
    passage = next(p for p in party.plan.body if p.key.item == "III.3.3")
    assert [s[:30] for s in passage.sentences] == ["Lĩnh vực Công nghiệp, Thương m", "100% mỗi xã, phường một sản ph"]


def test_an_abbreviated_name_does_not_end_a_sentence(party: Ingestion) -> None:
    passage = next(p for p in party.plan.body if p.key.item == "III.3.7")
    assert len(passage.sentences) == 1
    assert "hành lang kinh tế TP.HCM và Lâm Đồng." in passage.sentences[0]


def test_a_splitter_that_changes_the_text_is_not_believed() -> None:
    assert verbatim(["Một câu .", "Hai câu ."], "Một câu. Hai câu.") == ["Một câu. Hai câu."]
    assert verbatim([], "Một câu.") == ["Một câu."]


def test_cutting_sentences_loads_no_pytorch() -> None:
    program = (
        "import sys; from knowledge.ingest.sentences import split_sentences; print(split_sentences('TP. Biên Hòa. Hai.'));"
        "print(sorted({'torch', 'transformers'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "['TP. Biên Hòa.', 'Hai.']\n[]\n"
