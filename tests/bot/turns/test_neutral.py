from hypothesis import given
from hypothesis import strategies as st

from bot.turns.neutral import neutralise

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


def test_a_plain_question_stays_as_it_is() -> None:
    assert neutralise("Nhiệm vụ 12 do ai chủ trì?") == "Nhiệm vụ 12 do ai chủ trì?"


def test_a_command_becomes_words() -> None:
    assert neutralise("/restart") == "restart"
    assert neutralise('  \u200b// /intent{"slot":1}') == 'intent{"slot":1}'


def test_nothing_but_signs_is_empty() -> None:
    assert [neutralise(t) for t in ("", "   ", "🙂👍🏽", "?!…", "\x00\x07", "\ud800", "/", "\u200f\u202e")] == [""] * 8


def test_signs_for_a_yes_alone_are_one() -> None:
    assert [neutralise(t) for t in ("👍", "👍🏽 👌", "✅✅", "👍🙂", "👎", "🏽")] == ["ok", "ok", "ok", "", "", ""]


def test_decomposed_text_is_composed() -> None:
    assert neutralise("nhie\u0323\u0302m vu\u0323") == "nhiệm vụ"


@given(ANY_TEXT)
def test_whatever_comes_in_no_command_and_no_broken_character_goes_on(text: str) -> None:
    words = neutralise(text)
    assert not words.startswith("/")
    assert words == words.strip()
    words.encode("utf-8")
    assert "\x00" not in words


@given(ANY_TEXT)
def test_a_slash_in_front_never_makes_a_command(text: str) -> None:
    assert not neutralise("/" + text).startswith("/")
