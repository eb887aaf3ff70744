"""What is read out of Zalo's events."""

import json
from typing import Any

import pytest

from bot.channels.zalo.payload import Attachment, BadEvent, Event, parse

NOW = 1_762_000_000_000


def body(name: str, **message: Any) -> bytes:
    event: dict[str, Any] = {
        "app_id": "1", "user_id_by_app": "9", "event_name": name, "timestamp": "1762000000000",
        "sender": {"id": "246"}, "recipient": {"id": "388"},
    }  # fmt: skip
    return json.dumps(event | ({"message": message} if message else {})).encode()


def test_a_text() -> None:
    assert parse(body("user_send_text", msg_id="m1", text="Ai chủ trì SOC?")) == Event(
        "text", "user_send_text", "246", "m1", "Ai chủ trì SOC?", at_ms=NOW
    )


def test_a_picture_with_a_text() -> None:
    attachment = {
        "type": "image",
        "payload": {"url": "https://f1.zdn.vn/a.jpg", "thumbnail": "https://f1.zdn.vn/t.jpg"},
    }
    assert parse(body("user_send_image", msg_id="m2", text="ảnh nghiệm thu", attachments=[attachment])) == Event(
        "file", "user_send_image", "246", "m2", "ảnh nghiệm thu", (Attachment("https://f1.zdn.vn/a.jpg"),), at_ms=NOW
    )


def test_a_file_with_its_name_and_size() -> None:
    payload = {"url": "https://f1.zdn.vn/b.pdf", "size": "137356", "name": "bien-ban.pdf", "type": "pdf"}
    assert parse(body("user_send_file", msg_id="m3", attachments=[{"type": "file", "payload": payload}])) == Event(
        "file",
        "user_send_file",
        "246",
        "m3",
        "",
        (Attachment("https://f1.zdn.vn/b.pdf", "bien-ban.pdf", 137356),),
        at_ms=NOW,
    )


@pytest.mark.parametrize("kind", ["sticker", "gif", "audio", "video", "location", "link"])
def test_other_messages_are_known_as_such(kind: str) -> None:
    assert parse(body(f"user_send_{kind}", msg_id="m4")) == Event("other", f"user_send_{kind}", "246", "m4", at_ms=NOW)


def test_following_names_the_follower() -> None:
    raw = json.dumps(
        {"app_id": "1", "oa_id": "388", "follower": {"id": "246"}, "event_name": "follow", "timestamp": "1"}
    )
    assert parse(raw.encode()) == Event("follow", "follow", "246", "follow 1", at_ms=1)


def test_a_wish_to_be_forgotten_names_its_user() -> None:
    raw = json.dumps({"app_id": "1", "oa_id": "388", "user_id": "246", "event_name": "user_withdraw", "timestamp": "1"})
    assert parse(raw.encode()) == Event("withdraw", "user_withdraw", "246")


def test_somebody_who_does_not_follow_writes() -> None:
    assert parse(body("anonymous_send_text", msg_id="m5", text="alo", conversation_id="c1")) == Event(
        "text", "anonymous_send_text", "246", "m5", "alo", talk="c1", at_ms=NOW
    )


@pytest.mark.parametrize(
    "name", ["user_received_message", "user_seen_message", "oa_send_text", "oa_send_image", "new_one", ""]
)
def test_receipts_echoes_and_unknown_events_are_ignored(name: str) -> None:
    assert parse(body(name, msg_id="m6")).kind == "ignored"


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"null", b"[]", b"\xff", b"[" * 100_000, body("user_send_text"), body("user_send_text", text="no id"),
        body("anonymous_send_text", msg_id="m", text="a"), body("user_send_text", msg_id="m\n", text="a"),
        body("user_send_text", msg_id="x" * 129), body("user_send_text", msg_id={}, text="a"),
        json.dumps({"event_name": "follow", "follower": {"id": ""}}).encode(),
        json.dumps({"event_name": "user_send_text", "sender": "246", "message": {"msg_id": "m"}}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_event_is_refused(raw: bytes) -> None:
    with pytest.raises(BadEvent):
        parse(raw)


def test_attachments_of_any_shape_do_no_harm() -> None:
    odd = [
        None,
        1,
        {},
        {"payload": 3},
        {"payload": {"url": 5, "size": "-1"}},
        {"payload": {"url": "u", "size": "9" * 40}},
    ]
    assert parse(body("user_send_file", msg_id="m", attachments=odd)).attachments == (Attachment("5"), Attachment("u"))
