"""A dialogue engine inside the test: what the gateway would send over the wire reaches a function."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import httpx

from bot.wire import NO_HEADERS, Reply, Wire


class Wired(Wire):
    """Hands each call to `engine`; a `WireError` that it raises is what the caller meets."""

    def __init__(self, engine: Callable[[httpx.Request], httpx.Response | Awaitable[httpx.Response]]) -> None:
        super().__init__(0)
        self._engine = engine

    async def call(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] = NO_HEADERS, seconds: float = 60.0
    ) -> Reply:
        response = self._engine(httpx.Request(method, url, headers=dict(headers), content=body))
        if not isinstance(response, httpx.Response):
            response = await response
        return Reply(response.status_code, response.content)
