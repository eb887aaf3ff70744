"""Around every request: an id, security headers, one log line, a count; and the last net for errors nobody expected."""

from __future__ import annotations

import time
from urllib.parse import quote
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.errors import error_body
from bot.gateway.metrics import Metrics

log = structlog.get_logger(__name__)

SECURITY = {
    "Cache-Control": "no-store",  # what may be kept says so itself: most answers are for one account
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
QUIET = frozenset(("/healthz", "/readyz", "/metrics"))


class RequestGuard:
    """Outermost layer of the application. It logs method, path, status and time: never a query, a body or a header."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid4().hex
        status = 0
        began = time.perf_counter()

        async def sealed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in {**SECURITY, "X-Request-ID": request_id}.items():
                    headers.setdefault(name, value)
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self._app(scope, receive, sealed)
            except Exception:
                log.exception("request failed")
                if not status:
                    body = error_body("internal", Headers(scope=scope).get("accept-language"), request_id=request_id)
                    await JSONResponse(body, 500)(scope, receive, sealed)
            route = getattr(scope.get("route"), "path", "other")
            seconds = time.perf_counter() - began
            self._metrics.request(route, status, seconds)
            write = log.debug if scope["path"] in QUIET else log.info
            path = quote(scope["path"][:200])  # as it was sent: no line ends, nothing a terminal would obey
            write("request", method=scope["method"], path=path, status=status, ms=round(seconds * 1000))
