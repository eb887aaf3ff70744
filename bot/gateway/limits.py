"""Bodies over the limit are refused before anything reads them whole, and so are those that stop coming."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.errors import error_body

PATIENCE_SECONDS = 30.0
"""How long the next piece of a body is waited for: a telephone loses the network for some seconds; who holds connections open does so for
good."""


class _Refused(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class BodyLimit:
    """Answers 413 when a request's body is, or is said to be, longer than `limit` bytes, or than what `larger` says of its path; 408 when
    nothing of it comes for `patience` seconds.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int,
        larger: Mapping[str, int] = MappingProxyType({}),
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._app = app
        self._limit = limit
        self._larger = larger
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        headers = Headers(scope=scope)
        said = headers.get("content-length", "0")
        started = False
        more = True
        seen = 0
        refusal: _Refused | None = None

        async def counted() -> Message:
            nonlocal seen, more, refusal
            try:
                # After the body one hears of the end of the connection: that may take as long as it likes.
                message = await asyncio.wait_for(receive(), self._patience if more else None)
            except TimeoutError:
                refusal = _Refused(408, "too_slow")
                raise refusal from None
            more = message.get("more_body", False)
            seen += len(message.get("body", b""))
            if seen > limit:
                refusal = _Refused(413, "too_large")
                raise refusal
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            if refusal is not None and not started:
                raise refusal  # FastAPI takes whatever goes wrong while it reads a body for a bad body, and would say so
            started = True
            await send(message)

        try:
            if said.isdecimal() and int(said) > limit:
                raise _Refused(413, "too_large")
            await self._app(scope, counted, watched)
        except _Refused as refused:
            if started:
                raise
            body = error_body(refused.code, headers.get("accept-language"), limit=limit)
            await JSONResponse(body, refused.status, headers={"Connection": "close"})(scope, receive, send)
