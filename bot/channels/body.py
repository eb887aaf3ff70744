"""Read fields of a JSON body by hand: no hostile value (lone surrogates, deep nesting) gets past or breaks the reply."""

from __future__ import annotations

import json
from typing import Any

from bot.channels.errors import ApiError

NAME_LIMIT = 256
MESSAGE_ID_LIMIT = 128


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object of a body.

    Raises:
        ApiError: 400 when it is not JSON, 422 when it is another JSON value.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise ApiError(400, "bad_json") from None
    if not isinstance(value, dict):
        raise ApiError(422, "bad_request", field="body")
    return value


def text_of(body: dict[str, Any], field: str) -> str:
    """A message text; missing and null are the empty message."""
    value = body.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ApiError(422, "bad_request", field=field)
    return value


def name_of(body: dict[str, Any], field: str, limit: int = NAME_LIMIT) -> str | None:
    """A client's own identifier: 1 to `limit` characters of valid Unicode, or a whole number; None when not given."""
    value = body.get(field)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not 0 < len(value) <= limit or not _encodable(value):
        raise ApiError(422, "bad_request", field=field)
    return value


def message_id_of(body: dict[str, Any]) -> str | None:
    """The client's message id, or None: letters, digits and other printable ASCII characters."""
    value = name_of(body, "message_id", MESSAGE_ID_LIMIT)
    if value is not None and not (value.isascii() and value.isprintable()):
        raise ApiError(422, "bad_request", field="message_id")
    return value


def _encodable(value: str) -> bool:
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)  # no database takes these
