"""Run ASGI applications with uvicorn: the public one on the main thread, private ones on a loopback port of their own."""

from __future__ import annotations

import asyncio
import hmac
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Server(uvicorn.Server):
    """A uvicorn server that leaves signals to its caller: setting `should_exit` ends it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end, in the kind of event loop that uvicorn would serve in: the fastest there is on this machine."""
    with asyncio.Runner(loop_factory=uvicorn.Config("", log_config=None).get_loop_factory()) as runner:
        runner.run(work)


def server(app: ASGIApp, drain_seconds: float) -> Server:
    """A server for an application; on its end it waits for open requests, at most `drain_seconds`."""
    return Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=max(1, round(drain_seconds)),
        )
    )


def listening(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one.

    Raises:
        OSError: the address is taken or is not this machine's.
    """
    family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind, proto)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(256)
    except OSError:
        bound.close()
        raise
    return bound


class TokenGate:
    """Lets through to a private application only who knows its token, given as the query parameter `token`; `/health` is open."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["path"] != "/health":
            given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
            if not hmac.compare_digest(given.encode(), self._token):
                await JSONResponse({"error": {"code": "unauthorized"}}, 401)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class PrivateServer:
    """An application served from a thread with an event loop of its own, so that its work does not hold up the public one."""

    def __init__(self, app: ASGIApp, bound: socket.socket) -> None:
        self._bound = bound
        self._server = server(app, 5)
        self._thread = threading.Thread(target=self._server.run, args=([bound],), name="private-server", daemon=True)

    def start(self) -> None:
        """Start serving and return when it does."""
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)

    @property
    def running(self) -> bool:
        """Is it serving?"""
        return self._server.started and self._thread.is_alive()

    def stop(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(10)
        self._bound.close()
