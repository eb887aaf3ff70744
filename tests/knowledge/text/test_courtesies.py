"""Courtesies around a message are told apart from what it wants."""

from __future__ import annotations

import pytest

from knowledge.text.courtesies import without_courtesies


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("SOC ai làm vậy, cảm ơn nha", "SOC ai làm vậy,"),
        ("cảm ơn bạn, cho hỏi thêm IOC xong khi nào", "IOC xong khi nào"),
        ("cam on ban con ioc thi sao", "con ioc thi sao"),
        ("hi bot, who leads SOC", "who leads SOC"),
        ("Dạ em chào anh, cho em hỏi hạn của nhiệm vụ số 5 ạ", "hạn của nhiệm vụ số 5 ạ"),
        ("Alô alô, cho tui hỏi ké: chữ ký số tới đâu rồi?", "chữ ký số tới đâu rồi?"),
        ("anh chị cho em hỏi kế hoạch nào nói về bán dẫn", "kế hoạch nào nói về bán dẫn"),
        ("chào bạn, mình là cán bộ xã, cho hỏi nhiệm vụ của xã", "nhiệm vụ của xã"),
        ("Em bên Sở Tài chính, cho em hỏi hạn của việc số 2", "hạn của việc số 2"),
        ("Thank you, what about the IOC deadline?", "what about the IOC deadline?"),
    ],
)
def test_greetings_calls_thanks_and_leave_to_ask_are_blanked_out(text: str, matter: str) -> None:
    found = without_courtesies(text)
    assert (found.strip(), len(found)) == (matter, len(text))
    assert text[len(found) - len(found.lstrip()) :].startswith(matter)


@pytest.mark.parametrize(
    "text",
    [
        "xin chào",
        "ok cảm ơn",
        "cảm ơn em nhiều nha, vậy là đủ rồi",
        "các bạn ơi cho hỏi",
        "cảm ơn bạn đã giúp mình rất nhiều",
        "thank you so much for your help",
        "cho Hội Nông dân làm những gì",
        "cho hoi nong dan lam nhung gi",
        "có ai chủ trì SOC không",
        "đã làm xong SOC 40%",
        "tôi là nông dân, kế hoạch có gì cho tôi",
        "",
    ],
)
def test_what_is_nothing_but_courtesy_or_only_looks_like_it_stays_as_it_is(text: str) -> None:
    assert without_courtesies(text) == text
