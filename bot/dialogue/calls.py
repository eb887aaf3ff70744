"""Calls of the actions over connections that stay open, with no more of the conversation than an action reads."""

from __future__ import annotations

from typing import Any, Dict, List, Optional
from urllib.parse import urlsplit, urlunsplit

import aiohttp
import ujson
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.wire import Wire, WireError

IDLE_SECONDS = 3.0
"""Shorter than the 5 s after which the action server hangs up, so that no call meets a connection that is being closed."""


class ActionCalls(EndpointConfig):
    """The action endpoint of `endpoints.yml`. The stock one opens a session and a connection for every call."""

    def __init__(self, url: str, **more: Any) -> None:
        """Take the query out of the address: it holds the actions' token, and Rasa logs the address when nobody answers there."""
        super().__init__(urlunsplit(urlsplit(url)._replace(query="")), **more)
        self._whole = url
        self._wire = Wire(IDLE_SECONDS)

    async def request(self, method: str = "post", json: Any = None, **_: Any) -> Optional[Any]:
        """Call with the events of this turn alone: what came before is in the slots. None when the answer is not JSON.

        Raises:
            ClientResponseError, aiohttp.ClientConnectionError: as Rasa's own endpoint does.
        """
        tracker = json.get("tracker")
        if tracker and tracker.get("events"):
            tracker["events"] = of_this_turn(tracker["events"])
        body = ujson.dumps(json, ensure_ascii=False, escape_forward_slashes=False).encode()
        try:
            reply = await self._wire.call(method.upper(), self._whole, body, seconds=DEFAULT_REQUEST_TIMEOUT)
        except WireError as error:
            raise aiohttp.ClientConnectionError(str(error)) from error
        if reply.status >= 400:
            raise ClientResponseError(reply.status, "", reply.body)
        try:
            return ujson.loads(reply.body)
        except ValueError:
            return None

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()


def of_this_turn(events: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """The last message of the user and all that followed; all events before the first message."""
    last = max((i for i, event in enumerate(events) if event["event"] == "user"), default=0)
    return events[last:]
