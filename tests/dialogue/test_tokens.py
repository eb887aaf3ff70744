"""How a text is cut for the slot tagger."""

from __future__ import annotations

import pytest

from bot.dialogue.components.tokens import to_part, tokens


@pytest.mark.parametrize(
    ("text", "parted", "cut"),
    [
        ("ghế A12, 10kg", False, ["ghế", "A12", ",", "10kg"]),
        ("ghế A12, 10kg", True, ["ghế", "A", "12", ",", "10", "kg"]),
        ("Nẵng snake_case", False, ["Nẵng", "snake", "_", "case"]),
        ("去北京 taxi🚕", False, ["去", "北", "京", "taxi", "🚕"]),
        (" \n", False, []),
    ],
)
def test_a_text_is_cut_where_an_entity_may_begin_or_end(text: str, parted: bool, cut: list[str]) -> None:
    assert [token.text for token in tokens(text, parted)] == cut


def test_a_token_knows_its_place_in_the_text_as_it_came() -> None:
    text = "  Đà   Nẵng"
    assert [text[t.start : t.end] for t in tokens(text, parted=False)] == ["Đà", "Nẵng"]


def test_digits_are_cut_from_letters_where_an_entity_of_the_examples_needs_it() -> None:
    assert to_part([("ghế A12", [(4, 7)]), ("mua 10kg", [(6, 8)])])
    assert not to_part([("ghế A12", [(4, 7)]), ("mua 10kg", [(4, 8)]), ("siêuthị", [(4, 7)]), ("không", [])])
