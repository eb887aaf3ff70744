"""Bodies over the limit are refused before anything reads them whole."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.errors import error_body


class _TooLarge(Exception):
    pass


class BodyLimit:
    """Answers 413 when a request's body is, or is said to be, longer than `limit` bytes, or than what `larger` says of its path."""

    def __init__(self, app: ASGIApp, limit: int, larger: Mapping[str, int] = MappingProxyType({})) -> None:
        self._app = app
        self._limit = limit
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        headers = Headers(scope=scope)
        said = headers.get("content-length", "0")
        started = False
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            if said.isdecimal() and int(said) > limit:
                raise _TooLarge
            await self._app(scope, counted, watched)
        except _TooLarge:
            if started:
                raise
            body = error_body("too_large", headers.get("accept-language"), limit=limit)
            await JSONResponse(body, 413, headers={"Connection": "close"})(scope, receive, send)
