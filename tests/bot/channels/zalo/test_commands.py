"""What counts as a command of the channel, and what is an ordinary message that begins alike."""

import pytest

from bot.channels.zalo.commands import command_of


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("liên kết ABCD 2345", ("link", "ABCD2345")),
        ("Liên kết: abcd-2345", ("link", "abcd2345")),
        ("lien ket tai khoan ABCD2345.", ("link", "ABCD2345")),
        ("link ABCD 2345", ("link", "ABCD2345")),
        ("liên kết", ("link", "")),
        ("LIÊN KẾT TÀI KHOẢN", ("link", "")),
        ("Hủy liên kết", ("unlink", "")),
        ("huỷ liên kết tài khoản!", ("unlink", "")),
        ("huy lien ket", ("unlink", "")),
        ("unlink", ("unlink", "")),
    ],
)
def test_a_command_is_known_however_it_is_typed(text: str, command: tuple[str, str]) -> None:
    assert command_of(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "", "liên kết vùng do ai chủ trì?", "nhiệm vụ liên kết dữ liệu", "hủy liên kết dữ liệu giữa các sở",
        "liên kết vùng kinh tế", "tôi muốn liên kết ABCD2345", "linked data là gì",
    ],
)  # fmt: skip
def test_a_sentence_that_begins_alike_is_none(text: str) -> None:
    assert command_of(text) is None
