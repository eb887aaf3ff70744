"""What the widget sends."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, Field

from bot.channels.body import MESSAGE_ID_LIMIT, NAME_LIMIT, json_object, message_id_of, name_of, text_of
from bot.channels.errors import ApiError
from bot.messages.catalog import Lang
from knowledge.store.feedback import Vote
from knowledge.text.normalise import lines

# A page that does not name its conversation shares the one of its session.
SHARED = "page"
COMMENT_LIMIT = 1000


@dataclass(frozen=True)
class WebMessage:
    """`conversation` tells the conversations of one session apart."""

    conversation: str
    text: str
    message_id: str | None
    lang: Lang


@dataclass(frozen=True)
class WebFeedback:
    """What a person thinks of a turn; `vote` None takes it back."""

    conversation: str
    turn: str
    vote: Vote | None
    comment: str


class Upload(BaseModel):
    """What goes with a file: which conversation it belongs to, its name and the message's id."""

    conversation: str = Field(SHARED, max_length=NAME_LIMIT)
    name: str = Field(max_length=NAME_LIMIT)
    message_id: str = Field(max_length=MESSAGE_ID_LIMIT, pattern=r"^[!-~]+$")
    lang: Lang = "vi"


def parse(body: bytes) -> WebMessage:
    """Read `{"conversation", "message", "message_id"?, "lang"?}`.

    Raises:
        ApiError: 400 or 422, naming the field that is wrong.
    """
    fields = json_object(body)
    lang: Lang = "en" if name_of(fields, "lang") == "en" else "vi"
    return WebMessage(conversation_of(fields), text_of(fields, "message"), message_id_of(fields), lang)


def parse_feedback(body: bytes) -> WebFeedback:
    """Read `{"conversation", "turn", "vote": "up" | "down" | "", "comment"?}`.

    Raises:
        ApiError: 400 or 422, naming the field that is wrong.
    """
    fields = json_object(body)
    vote = fields.get("vote")
    if vote not in ("up", "down", "", None):
        raise ApiError(422, "bad_request", field="vote")
    comment = lines(text_of(fields, "comment"))[:COMMENT_LIMIT]
    return WebFeedback(conversation_of(fields), name_of(fields, "turn") or "", vote or None, comment)


def conversation_of(fields: dict[str, object]) -> str:
    """The conversation that a call names.

    Raises:
        ApiError: 422.
    """
    return name_of(fields, "conversation") or SHARED
