"""Repair: hand-written noise of every kind (`noisy.tsv`: kind, noisy, meant) comes back as it was meant, clean text untouched."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.fold import fold
from knowledge.text.learn import learn, main
from knowledge.text.lexicon import load_lexicon
from knowledge.text.normalise import clean
from knowledge.text.repair import Repaired, as_typed, repair

CASES = [tuple(line.split("\t")) for line in (Path(__file__).parent / "noisy.tsv").read_text("utf-8").splitlines()]
QUESTIONS = Path(__file__).parents[3] / "nlu_data" / "eval" / "text"
SOURCES = Path(__file__).parents[3] / "knowledge" / "plans" / "sources"


@pytest.mark.parametrize(("kind", "noisy", "meant"), CASES)
def test_noise_is_undone_and_clean_text_passes(kind: str, noisy: str, meant: str) -> None:
    assert repair(noisy).text == meant


def test_every_change_is_told_with_its_reason() -> None:
    assert repair("CQ naof chủ trì số hoá v") == Repaired(
        "cơ quan nào chủ trì số hóa vậy",
        (("CQ", "cơ quan", "office"), ("naof", "nào", "telex"), ("hoá", "hóa", "tone"), ("v", "vậy", "chat")),
    )


def test_the_targets_of_the_plans_pass_unchanged() -> None:
    rows = [line.split("\t") for line in (SOURCES / "kh-ubnd.txt").read_text("utf-8").splitlines()]
    targets = [clean(r[1]) for r in rows if len(r) == 5 and r[0] != "STT"]
    assert len(targets) == 33
    assert [t for t in targets if repair(t).changes] == []
    assert [t for t in targets if repair(fold(t)).changes] == []


def test_clean_questions_pass_unchanged() -> None:
    clean_questions = (QUESTIONS / "clean.txt").read_text("utf-8").splitlines()
    assert len(clean_questions) > 200
    assert [q for q in clean_questions if repair(q).changes] == []
    assert [q for q in map(fold, clean_questions) if repair(q).changes] == []


@pytest.mark.parametrize(
    ("noisy", "meant"),
    [("cơ quan chủ chì", "cơ quan chủ trì"), ("tiến đô thực hiện", "tiến độ thực hiện"), ("dược cập nhật chưa", "được cập nhật chưa"),
     ("kết wả fối hợp", "kết quả phối hợp"), ("việc làm thg xuyên", "việc làm thường xuyên"),
     ("nvụ nào đã hthành", "nhiệm vụ nào đã hoàn thành"),
     ("đv nào TD CT STEM", "đơn vị nào theo dõi chỉ tiêu STEM"), ("td dự án tới đâu", "td dự án tới đâu"),
     ("c/quan nào lập k/hoạch", "cơ quan nào lập kế hoạch"), ("chotôithêm ghi chú", "cho tôi thêm ghi chú"),
     ("theo đa số, tốc độ 60 km/h", "theo đa số, tốc độ 60 km/h"), ("xã/phường và KH-UBND", "xã/phường và KH-UBND")],
)  # fmt: skip
def test_slips_into_other_words_and_words_cut_short_are_told_by_their_neighbours(noisy: str, meant: str) -> None:
    assert repair(noisy).text == meant


def test_repair_can_be_left_out_to_see_what_it_is_worth() -> None:
    with as_typed():
        assert repair("ai chur trif") == Repaired("ai chur trif")
    assert repair("ai chur trif").text == "ai chủ trì"


def test_short_forms_of_two_readings_follow_their_neighbours() -> None:
    lexicon = load_lexicon()
    readings = [
        lexicon.expand("kh", "xây dựng", "năm 2026"), lexicon.expand("kh", "nghiên cứu", ""), lexicon.expand("bn", "đạt", "%"),
        lexicon.expand("bn", "chào", ""), lexicon.expand("v", "ai làm", ""), lexicon.expand("v", "sở y tế", "công an"),
        lexicon.expand("nv", "", "12"), lexicon.expand("nv", "sở", ""),
    ]  # fmt: skip
    assert [e and e.reading for e in readings] == [
        "kế hoạch", "khoa học", "bao nhiêu", "bạn", "vậy", "với", "nhiệm vụ", "nội vụ",
    ]  # fmt: skip
    assert lexicon.expand("ai") is None


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_at_all_can_be_repaired(raw: str) -> None:
    assert repair(raw).text or not clean(raw)


def test_learning_counts_words_and_pairs_within_phrases(tmp_path: Path) -> None:
    words, pairs = learn(["law\tsố hoá hồ sơ, số hoá", "news\tkhong dau thi bo qua"])
    assert words == Counter({"số": 2, "hóa": 2, "hồ": 1, "sơ": 1})
    assert pairs == Counter({("số", "hóa"): 2, ("hóa", "hồ"): 1, ("hồ", "sơ"): 1})
    corpus, table = tmp_path / "corpus.txt", tmp_path / "table.gz"
    corpus.write_text("src\tđổi mới sáng tạo\n" * 12, encoding="utf-8")
    assert main([str(corpus), str(table)]) == 0
    assert gzip.decompress(table.read_bytes()).decode("utf-8") == (
        "mới\t12\tsáng=12\nsáng\t12\ttạo=12\ntạo\t12\t\nđổi\t12\tmới=12\n\ndoi\tmoi=12\nmoi\tsang=12\nsang\ttao=12"
    )
    assert main([]) == 2


def test_own_texts_count_more_and_their_noise_is_not_learned(tmp_path: Path) -> None:
    corpus, table, own = tmp_path / "corpus.txt", tmp_path / "table.gz", tmp_path / "nlu.yml"
    corpus.write_text("src\tđổi mới sáng tạo\n" * 60, encoding="utf-8")
    own.write_text(
        "nlu:\n- intent: a\n  examples: |\n    - [đổi mới](x) mới sáng\n    - đổi mới sáng tác\n", encoding="utf-8"
    )
    assert main([str(corpus), str(table), str(own)]) == 0
    marked = gzip.decompress(table.read_bytes()).decode("utf-8").partition("\n\n")[0]
    assert marked == "mới\t76\tsáng=68\nsáng\t68\ttạo=60\ntạo\t60\t\nđổi\t68\tmới=68"
