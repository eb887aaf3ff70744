"""What Zalo sends: webhook events as frozen data.

The shapes are those of Zalo's documentation for Official Accounts and of public integrations; docs/zalo.md says which are confirmed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "file", "other", "follow", "unfollow", "withdraw", "ignored", "hasty"]

ID_LIMIT = 64
MESSAGE_ID_LIMIT = 128
ATTACHMENTS = 10
FILES = ("image", "file")
OTHERS = ("sticker", "gif", "audio", "video", "location", "link", "business_card")
FOLLOWER, ANONYMOUS = "user_send_", "anonymous_send_"
EVENTS: dict[str, Kind] = {"follow": "follow", "unfollow": "unfollow", "user_withdraw": "withdraw"}


class BadEvent(Exception):
    """A signed body that is no event of the agreed shape."""


@dataclass(frozen=True)
class Attachment:
    """A file or picture in a message: where Zalo keeps it, its name and the size (bytes) that Zalo tells, 0 when it does not."""

    url: str
    name: str = ""
    size: int = 0


@dataclass(frozen=True)
class Event:
    """A webhook event. `user` is the user's id at this Official Account, `message_id` Zalo's id of the message ("" without one).

    `kind` says what to do with it: a text, a file (or picture) with perhaps a text, another kind of message, following, unfollowing,
    a person's wish to have his data deleted, nothing at all (receipts, echoes of our own messages, events we do not know), or, for whoever
    has read it, that it came above the rate. `talk` is
    Zalo's conversation id of somebody who wrote without following, "" of others; `message_id` of following is made of its time. `at_ms` is
    the time of the event, milliseconds since 1970.
    """

    kind: Kind
    name: str
    user: str
    message_id: str = ""
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    talk: str = ""
    at_ms: int = 0


def parse(raw: bytes) -> Event:
    """Read an event.

    Raises:
        BadEvent: not JSON, or a field that must be there is missing or of another type.
    """
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadEvent("not JSON") from error
    if not isinstance(body, dict):
        raise BadEvent("not an object")
    name = _text(body.get("event_name"))
    kind = _kind(name)
    match kind:
        case "ignored":
            return Event(kind, name, "")
        case "withdraw":
            return Event(kind, name, _identifier({"id": body.get("user_id")}, "id", ID_LIMIT))
        case "follow" | "unfollow":
            user = _user(body, "follower", "sender")
            return Event(kind, name, user, f"{kind} {_time(body)}"[:MESSAGE_ID_LIMIT], at_ms=_time(body))
    message = body.get("message")
    if not isinstance(message, dict):
        raise BadEvent("message")
    message_id = _identifier(message, "msg_id", MESSAGE_ID_LIMIT)
    anonymous = name.startswith(ANONYMOUS)
    talk = _identifier(message, "conversation_id", ID_LIMIT) if anonymous else ""
    user = _user(body, "sender")
    return Event(kind, name, user, message_id, _text(message.get("text")), _attachments(message), talk, _time(body))


def _kind(name: str) -> Kind:
    if name in EVENTS:
        return EVENTS[name]
    sent = next((name.removeprefix(p) for p in (FOLLOWER, ANONYMOUS) if name.startswith(p)), "")
    return "text" if sent == "text" else "file" if sent in FILES else "other" if sent in OTHERS else "ignored"


def _user(body: dict[str, Any], *places: str) -> str:
    for place in places:
        person = body.get(place)
        if isinstance(person, dict):
            return _identifier(person, "id", ID_LIMIT)
    raise BadEvent(places[0])


def _identifier(holder: dict[str, Any], field: str, limit: int) -> str:
    value = _text(holder.get(field))
    if not 0 < len(value) <= limit or not value.isascii() or not value.isprintable():
        raise BadEvent(field)
    return value


def _attachments(message: dict[str, Any]) -> tuple[Attachment, ...]:
    listed = message.get("attachments")
    found = []
    for item in listed[:ATTACHMENTS] if isinstance(listed, list) else ():
        payload = item.get("payload") if isinstance(item, dict) else None
        url = _text(payload.get("url")) if isinstance(payload, dict) else ""
        if isinstance(payload, dict) and url:
            size = _text(payload.get("size"))
            known = int(size) if size.isascii() and size.isdigit() and len(size) < 12 else 0
            found.append(Attachment(url, _text(payload.get("name")), known))
    return tuple(found)


def _time(body: dict[str, Any]) -> int:
    text = _text(body.get("timestamp"))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0


def _text(value: object) -> str:
    """A string, or a number as one: Zalo sends both for ids, times and sizes."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
