"""A turn as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from bot.turns.desk import Taken
from bot.turns.replies import addressed

# Proxies cut quiet connections; a comment line keeps this one alive.
QUIET_SECONDS = 10.0


def event(name: str, data: object) -> str:
    """One event: its name and its data as one line of JSON."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


async def turn_events(turn: Taken, recipient: str) -> AsyncIterator[str]:
    """`accepted` at once, then a `message` per reply and `done`; `error` instead of these when the turn broke."""
    yield event("accepted", {"turn": turn.id})
    replies = asyncio.ensure_future(turn.replies())
    try:
        while not (await asyncio.wait({replies}, timeout=QUIET_SECONDS))[0]:
            yield ": waiting\n\n"
        if replies.exception() is not None:
            yield event("error", {"turn": turn.id})
            return
        for message in addressed(replies.result(), recipient):
            yield event("message", message)
        yield event("done", {"turn": turn.id})
    finally:
        replies.cancel()
