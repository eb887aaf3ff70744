"""Photos and files as evidence, and the addresses from which none is fetched."""

import json

import httpx
import pytest

from bot.channels.zalo.client import FetchFailed, ZaloClient
from bot.messages.catalog import message
from tests.bot.channels.zalo.conftest import Channel

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


async def send(channel: Channel, name: str, data: bytes) -> None:
    answer = await channel.platform.post("/sim/file", params={"user": "u1", "name": name}, content=data)
    assert answer.is_success
    await channel.quiet()


def linked(channel: Channel) -> None:
    account = channel.accounts.create("Lan", "staff", "Sở Khoa học và Công nghệ")
    channel.accounts.link(account.id, "zalo", "u1")


async def test_a_photo_of_linked_staff_becomes_evidence_of_its_turn(channel: Channel) -> None:
    linked(channel)
    await send(channel, "nghiem-thu.png", PNG)
    (row,) = channel.rows()
    (evidence,) = json.loads(row["evidence"])
    assert (evidence["name"], evidence["media_type"]) == ("nghiem-thu.png", "image/png")
    assert channel.evidence.open(evidence["sha256"]).read_bytes() == PNG
    assert channel.heard() == [f"đáp: {message('turn.attached')}"]


async def test_nothing_of_a_citizen_is_fetched(channel: Channel) -> None:
    await send(channel, "a.png", PNG)
    assert (channel.heard(), list(channel.evidence.everything())) == ([message("zalo.file_unlinked")], [])


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.exe", b"MZ", "zalo.file_kind"),
        ("a.pdf", PNG, "zalo.file_kind"),
        ("b.pdf", b"%PDF-" + bytes(11 * 1024**2), "zalo.file_large"),
    ],
)
async def test_what_is_no_evidence_is_refused_in_words(channel: Channel, name: str, data: bytes, key: str) -> None:
    linked(channel)
    await send(channel, name, data)
    assert (channel.heard(), len(channel.engine.sent)) == ([message(key, megabytes=10)], 0)


async def test_who_has_used_up_the_room_for_files_is_told_so(channel: Channel) -> None:
    linked(channel)
    for letter in (b"a", b"b"):
        await send(channel, "a.pdf", b"%PDF-" + letter * 7 * 1024**2)
    assert channel.heard() == [f"đáp: {message('turn.attached')}", message("zalo.file_full")]
    assert len(list(channel.evidence.everything())) == 1


async def test_other_messages_get_a_courteous_reply(channel: Channel) -> None:
    for kind in ("sticker", "audio", "video", "location", "gif", "link"):
        channel.events.user_sends(f"u-{kind}", kind, {})
    await channel.quiet()
    assert {m["text"] for m in channel.world.said if m["from"] == "oa"} == {message("zalo.other")}


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "https://zdn.vn.evil.test/a",
        "https://evil-zdn.vn/a", "https://user@zdn.vn/a", "https://zdn.vn@evil.test/a", "//zdn.vn/a", "ftp://zdn.vn/a",
        "https://[::1]/a", "http://[zdn.vn/a", "", "zdn.vn/a", "https://evil.test/?zdn.vn", "https://evil.test#.zdn.vn",
    ],
)  # fmt: skip
async def test_only_zalos_own_servers_are_called(url: str) -> None:
    called: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(str(request.url))
        return httpx.Response(200, content=b"x")

    client = ZaloClient("http://z", "http://z", ("zdn.vn",), transport=httpx.MockTransport(answer))
    with pytest.raises(FetchFailed):
        await client.fetch(url, 100)
    assert called == []
    await client.close()


async def test_a_redirect_is_not_followed_and_no_more_is_read_than_allowed() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/away":
            return httpx.Response(302, headers={"Location": "http://169.254.169.254/"})
        return httpx.Response(200, content=b"x" * 101)

    client = ZaloClient("http://z", "http://z", ("zdn.vn",), transport=httpx.MockTransport(answer))
    for path, why in (("away", "status 302"), ("long", "too large")):
        with pytest.raises(FetchFailed, match=why):
            await client.fetch(f"https://f1.zdn.vn/{path}", 100)
    await client.close()
