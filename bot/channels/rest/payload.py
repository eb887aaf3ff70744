"""What a client of Rasa's REST convention sends."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from bot.channels.body import json_object, message_id_of, name_of, text_of

# What Rasa calls a client that does not name itself.
UNNAMED = "default"


@dataclass(frozen=True)
class RestMessage:
    """`recipient` goes back as `recipient_id`; `sender` keeps apart clients that do not name themselves."""

    recipient: str
    sender: str
    text: str
    message_id: str | None


def parse(body: bytes) -> RestMessage:
    """Read `{"sender", "message", "message_id"?}`; any other field, `metadata` among them, is dropped.

    Raises:
        ApiError: 400 or 422, naming the field that is wrong.
    """
    fields = json_object(body)
    sender = name_of(fields, "sender")
    return RestMessage(
        recipient=sender or UNNAMED,
        sender=sender or f"unnamed {uuid4().hex}",
        text=text_of(fields, "message"),
        message_id=message_id_of(fields),
    )
