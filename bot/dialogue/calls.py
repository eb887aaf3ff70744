"""Calls of the actions over connections that stay open, with no more of the conversation than an action reads."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Dict, List, Optional
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import aiohttp
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import EndpointConfig

IDLE_SECONDS = 3.0
"""Shorter than the 5 s after which the action server hangs up, so that no call meets a connection that is being closed."""


class ActionCalls(EndpointConfig):
    """The action endpoint of `endpoints.yml`. The stock one opens a session and a connection for every call."""

    _session: Optional[aiohttp.ClientSession] = None

    def __init__(self, url: str, **more: Any) -> None:
        """Take the query out of the address: it holds the actions' token, and Rasa logs the address when nobody answers there."""
        parts = urlsplit(url)
        super().__init__(urlunsplit(parts._replace(query="")), params=dict(parse_qsl(parts.query)), **more)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[aiohttp.ClientSession]:
        """The session of all calls; it is left open."""
        if self._session is None:
            connector = aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS)
            timeout = aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT)
            self._session = aiohttp.ClientSession(headers=self.headers, connector=connector, timeout=timeout)
        yield self._session

    async def request(self, *args: Any, **kwargs: Any) -> Optional[Any]:
        """Call with the events of this turn alone: what came before is in the slots."""
        tracker = kwargs.get("json", {}).get("tracker")
        if tracker and tracker.get("events"):
            tracker["events"] = of_this_turn(tracker["events"])
        return await super().request(*args, **kwargs)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def of_this_turn(events: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """The last message of the user and all that followed; all events before the first message."""
    last = max((i for i, event in enumerate(events) if event["event"] == "user"), default=0)
    return events[last:]
