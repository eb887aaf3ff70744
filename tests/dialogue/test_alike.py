"""Which examples are of one make, and how they are worded."""

from __future__ import annotations

from bot.dialogue.alike import groups, register


def test_texts_that_share_half_of_their_words_and_pairs_are_one_group_with_or_without_diacritics() -> None:
    texts = [
        "ai chủ trì nhiệm vụ chiếu sáng thông minh",
        "xin chào",
        "ai chu tri nhiem vu chieu sang",
        "chủ trì nhiệm vụ chiếu sáng là ai",
        "?",
    ]
    assert groups(texts) == [0, 1, 0, 0, 4]


def test_the_register_of_a_message_is_told_from_its_wording() -> None:
    told = {
        "Cơ quan nào chủ trì?": "with diacritics",
        "co quan nao chu tri": "without diacritics",
        "cq nào ctrì v": "short forms and slips",
    }
    assert {text: register(text, english=False) for text in told} == told
    assert register("who leads it?", english=True) == "english"
