"""Cleaning, folding, cutting, tone marks and input-method keys."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.distance import within_one
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.text.numerals import canonical, roman
from knowledge.text.syllables import Syllable, syllables
from knowledge.text.telex import decode
from knowledge.text.tone import is_syllable, settle


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  Nhiệm\tvụ \n 12  ", "Nhiệm vụ 12"),
        ("nhie\u0323\u0302m vu\u0323", "nhiệm vụ"),
        ("a\u200bb\u202ec\u0000d\ufeff", "abcd"),
        ("x\ud800y", "xy"),
        ("\u0007\u200d", ""),
        ("🎉🎉", "🎉🎉"),
    ],
)
def test_clean_gives_composed_visible_text(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@given(st.text(st.characters(codec=None)))
def test_clean_never_raises_and_is_done_once(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@given(st.text())
def test_folding_keeps_every_offset(raw: str) -> None:
    text = unicodedata.normalize("NFC", raw)
    assert len(fold(text)) == len(text)


def test_folding_drops_marks_and_case() -> None:
    assert fold("ĐẢNG ỦY Sở Khoa học, đường sắt") == "dang uy so khoa hoc, duong sat"


def test_syllables_keep_numbers_documents_and_foreign_words_whole() -> None:
    text = "NQ 71/NQ-CP ngày 01/4/2025: R&D đạt 40%-70%, 0,5 và 6G; AI-DSS, SpO2, xã/phường 2026-2030"
    assert [s.text for s in syllables(text)] == [
        "NQ", "71/NQ-CP", "ngày", "01/4/2025", "R&D", "đạt", "40%", "70%", "0,5", "và", "6G", "AI", "DSS", "SpO2", "xã", "phường",
        "2026", "2030",
    ]  # fmt: skip


def test_a_syllable_knows_its_place_and_its_folded_form() -> None:
    assert syllables("đạt 80 %") == [Syllable("đạt", "dat", 0, 3), Syllable("80 %", "80%", 4, 8)]


@given(st.text())
def test_syllables_are_slices_in_order(raw: str) -> None:
    text = clean(raw)
    found = syllables(text)
    assert [s.text for s in found] == [text[s.start : s.end] for s in found]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("written", "settled"),
    [("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("Uỷ", "Ủy"), ("đựơc", "được"), ("tòan", "toàn"), ("qúy", "quý"),
     ("quý", "quý"), ("giếng", "giếng"), ("gía", "giá"), ("HOÁ", "HÓA"), ("robot", "robot")],
)  # fmt: skip
def test_tone_marks_are_put_in_their_place(written: str, settled: str) -> None:
    assert settle(written) == settled


def test_spelling_tells_vietnamese_syllables() -> None:
    words = ["nghiệp", "quyết", "giếng", "khuya", "ngoài", "sanr", "IoT", "data", "ngiệp", "kông", "cê"]
    assert [w for w in words if is_syllable(w)] == ["nghiệp", "quyết", "giếng", "khuya", "ngoài"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chur", "chủ"), ("nhieemj", "nhiệm"), ("nhieejm", "nhiệm"), ("vuj", "vụ"), ("dduwowcj", "được"), ("dduowcj", "được"),
     ("ddieemr", "điểm"), ("nguwowif", "người"), ("quyeets", "quyết"), ("Sowr", "Sở"), ("nhie65m", "nhiệm"), ("chu3", "chủ"),
     ("d9u7o7c5", "được"), ("SOC", None), ("IoT", None), ("ai", None), ("token", None), ("6G", None)],
)  # fmt: skip
def test_input_method_keys_spell_syllables(typed: str, meant: str | None) -> None:
    assert decode(typed) == meant


def test_one_slip_is_one_letter_or_one_swap() -> None:
    assert [within_one("hoach", w) for w in ("hoach", "hoahc", "hach", "hoachh", "hoanh", "haohc", "ho")] == [
        True, True, True, True, True, False, False,
    ]  # fmt: skip


def test_numbers_have_one_canonical_form() -> None:
    assert [canonical(n) for n in ("01", "0,5", "1.000", "16.5", "1.234.567")] == [
        "1",
        "0.5",
        "1000",
        "16.5",
        "1234567",
    ]
    assert [roman(n) for n in ("3", "iv", "X", "11", "0", "abc")] == ["III", "IV", "X", None, None, None]
