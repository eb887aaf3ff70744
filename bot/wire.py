"""HTTP/1.1 between the processes of this service, over connections that stay open: as little work as a call needs.

A turn is two such calls, to the dialogue engine and to the actions. General clients take a third of the gateway's processor time for
what these never use: redirects, cookies, proxies, compression. Written for both interpreters (Python 3.10).

WireError              no reply came
├── Unreachable          nobody listens at the address, or hung up before the reply was there
└── TooSlow              the reply did not come in time
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import httptools

Place = tuple[str, str, int]
"""Scheme, host and port."""
PORTS = {"http": 80, "https": 443}
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class WireError(Exception):
    """No reply came."""


class Unreachable(WireError):
    """Nobody listens at the address, or hung up before the reply was there."""


class TooSlow(WireError):
    """The reply did not come in time."""


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    body: bytes


class Wire:
    """Calls servers that are ours. A connection that has been silent for `idle` seconds is not used again: less than the servers wait.

    At most `most` calls are under way at once; others wait for their turn within the time they were given.
    """

    def __init__(self, idle: float, most: int = 100) -> None:
        self._idle = idle
        self._room = asyncio.Semaphore(most)
        self._free: dict[Place, list[_Line]] = {}

    async def call(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] = NO_HEADERS, seconds: float = 60.0
    ) -> Reply:
        """Send a request and wait for its reply; `headers` beside Host, Content-Length and Content-Type (JSON).

        Raises:
            WireError: see the tree above.
        """
        try:
            return await asyncio.wait_for(self._call(method, url, body, headers), seconds)
        except asyncio.TimeoutError as error:
            raise TooSlow(f"{seconds} s") from error

    async def close(self) -> None:
        """Close the connections."""
        for line in (line for lines in self._free.values() for line in lines):
            line.end()
        self._free.clear()

    async def _call(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        parts = urlsplit(url)
        place = (parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme])
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        own = {"Host": parts.netloc, "Content-Type": "application/json", "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in {**own, **headers}.items())
        async with self._room:
            line = self._taken(place) or await _dialled(place)
            try:
                reply = await line.ask(f"{method} {target} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body)
            except BaseException:
                line.end()
                raise
        if line.open:
            self._free.setdefault(place, []).append(line)
        return reply

    def _taken(self, place: Place) -> _Line | None:
        """The connection that was used last, unless it has ended or been silent for too long."""
        lines = self._free.get(place, [])
        while lines:
            line = lines.pop()
            if line.open and asyncio.get_running_loop().time() - line.since < self._idle:
                return line
            line.end()
        return None


async def _dialled(place: Place) -> _Line:
    scheme, host, port = place
    loop = asyncio.get_running_loop()
    try:
        _, line = await loop.create_connection(_Line, host, port, ssl=True if scheme == "https" else None)
    except OSError as error:
        raise Unreachable(type(error).__name__) from error
    return line


class _Line(asyncio.Protocol):
    """One connection, with at most one request under way."""

    def __init__(self) -> None:
        self.open = False
        self.since = 0.0
        self._loop = asyncio.get_running_loop()
        self._reply: asyncio.Future[Reply] | None = None

    async def ask(self, request: bytes) -> Reply:
        """Send a request, wait for its reply."""
        self._reply = self._loop.create_future()
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self._transport.write(request)
        return await self._reply

    def end(self) -> None:
        """Hang up."""
        self.open = False
        self._transport.close()

    # Called by the event loop.

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.open = True

    def data_received(self, data: bytes) -> None:
        if self._reply is None or self._reply.done():  # nobody asked
            self.end()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(error)
            self.end()

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False
        self._fail(error or EOFError())

    # Called by the parser.

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        self.since = self._loop.time()
        if not self._parser.should_keep_alive():
            self.end()
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(Reply(self._parser.get_status_code(), b"".join(self._body)))

    def _fail(self, error: Exception) -> None:
        if self._reply is not None and not self._reply.done():
            failed = Unreachable(type(error).__name__)
            failed.__cause__ = error
            self._reply.set_exception(failed)
