"""What a client of Rasa's REST convention sends."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from bot.channels.body import json_object, message_id_of, name_of, text_of

# What Rasa calls a client that does not name itself.
UNNAMED = "default"
OPENINGS = ("/start", "/get_started", "/greet", "/session_start", "/restart")
"""With these Rasa's clients open a conversation, or begin it anew, without a person having typed anything."""


@dataclass(frozen=True)
class RestMessage:
    """`recipient` goes back as `recipient_id`; `sender` keeps apart clients that do not name themselves.

    `opening`: the client greets, in words of its own that no person has typed.
    """

    recipient: str
    sender: str
    text: str
    message_id: str | None
    opening: bool


def parse(body: bytes) -> RestMessage:
    """Read `{"sender", "message", "message_id"?}`; any other field, `metadata` among them, is dropped.

    Raises:
        ApiError: 400 or 422, naming the field that is wrong.
    """
    fields = json_object(body)
    sender, text = name_of(fields, "sender"), text_of(fields, "message")
    return RestMessage(
        recipient=sender or UNNAMED,
        sender=sender or f"unnamed {uuid4().hex}",
        text=text,
        message_id=message_id_of(fields),
        opening=text.strip() in OPENINGS,
    )
