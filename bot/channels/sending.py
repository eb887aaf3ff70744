"""Hand a channel's message to the desk; what the desk refuses becomes an HTTP error."""

from __future__ import annotations

from bot.channels.errors import ApiError
from bot.turns.desk import Desk, Files, Incoming, MessageIdReused, Taken
from bot.turns.rate import TooMany


async def taken(desk: Desk, incoming: Incoming, files: Files | None = None) -> Taken:
    """Take a message; `files` keeps what comes with it, once it is let in.

    Raises:
        ApiError: 429 when the conversation sends too fast, 409 when the message id stands for another text.
    """
    try:
        return await desk.take(incoming, files)
    except TooMany as error:
        raise ApiError(429, "too_many", {"Retry-After": str(error.seconds)}, seconds=error.seconds) from None
    except MessageIdReused:
        raise ApiError(409, "message_id_reused") from None
