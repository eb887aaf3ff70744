"""What the widget sends."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.body import json_object, message_id_of, name_of, text_of

# A page that does not name its conversation shares the one of its session.
SHARED = "page"


@dataclass(frozen=True)
class WebMessage:
    """`conversation` tells the tabs of one browser apart."""

    conversation: str
    text: str
    message_id: str | None


def parse(body: bytes) -> WebMessage:
    """Read `{"conversation", "message", "message_id"?}`.

    Raises:
        ApiError: 400 or 422, naming the field that is wrong.
    """
    fields = json_object(body)
    return WebMessage(name_of(fields, "conversation") or SHARED, text_of(fields, "message"), message_id_of(fields))
