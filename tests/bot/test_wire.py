"""Calls between our processes, against real sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.wire import Reply, TooSlow, Unreachable, Wire

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
Answer = Callable[[bytes, asyncio.StreamWriter], object]


@asynccontextmanager
async def listening(answer: Answer) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that gives each request of each connection to `answer`; yields its address and the requests, by connection."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = len(heard)
        heard.append(b"")
        while chunk := await reader.read(65536):
            heard[number] += chunk
            answer(chunk, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", heard


async def test_calls_that_follow_each_other_share_a_connection() -> None:
    async with listening(lambda _, writer: writer.write(OK)) as (address, heard):
        wire = Wire(5)
        for number in range(3):
            assert await wire.call("POST", f"{address}/a?b=c", b'{"n":%d}' % number, {"X": "y"}) == Reply(200, b"hi")
        await wire.close()
    (said,) = heard
    head, body = said.split(b"POST")[1].split(b"\r\n\r\n")
    assert head.split(b"\r\n")[0] == b" /a?b=c HTTP/1.1"
    assert {b"X: y", b"Content-Type: application/json", b"Content-Length: 7"} < set(head.split(b"\r\n"))
    assert json.loads(body) == {"n": 0}
    assert said.count(b"POST") == 3


async def test_calls_at_once_have_connections_of_their_own_up_to_a_limit() -> None:
    async with listening(lambda _, w: asyncio.get_running_loop().call_later(0.05, w.write, OK)) as (address, heard):
        wire = Wire(5, most=3)
        replies = await asyncio.gather(*(wire.call("GET", address) for _ in range(9)))
        await wire.close()
    assert replies == [Reply(200, b"hi")] * 9
    assert len(heard) == 3


async def test_a_reply_may_come_in_pieces_of_any_size() -> None:
    said = b"HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"

    def drop_by_drop(_: bytes, writer: asyncio.StreamWriter) -> None:
        for at in range(len(said)):
            asyncio.get_running_loop().call_later(at / 1000, writer.write, said[at : at + 1])

    async with listening(drop_by_drop) as (address, _):
        assert await Wire(5).call("GET", address) == Reply(404, b"abcde")


@pytest.mark.parametrize("said", [OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), OK + b"more", OK], ids=str)
async def test_a_connection_that_will_not_do_is_not_used_again(said: bytes) -> None:
    """The server hangs up, says more than it was asked, or the connection was silent for too long."""
    async with listening(lambda _, writer: writer.write(said)) as (address, heard):
        wire = Wire(5 if said != OK else 0)
        for _ in range(2):
            assert (await wire.call("GET", address)).body == b"hi"
        await wire.close()
    assert len(heard) == 2


async def test_nobody_there_a_hang_up_and_nonsense_are_unreachable() -> None:
    async with listening(lambda _, writer: writer.close()) as (address, _):
        with pytest.raises(Unreachable):
            await Wire(5).call("GET", address)
    with pytest.raises(Unreachable):
        await Wire(5).call("GET", address)
    async with listening(lambda _, writer: writer.write(b"nonsense\r\n\r\n")) as (address, _):
        with pytest.raises(Unreachable):
            await Wire(5).call("GET", address)


async def test_a_reply_that_takes_too_long_is_given_up_with_its_connection() -> None:
    async with listening(lambda chunk, writer: b"/slow" in chunk or writer.write(OK)) as (address, heard):
        wire = Wire(5)
        with pytest.raises(TooSlow):
            await wire.call("GET", f"{address}/slow", seconds=0.05)
        assert await wire.call("GET", address) == Reply(200, b"hi")
    assert len(heard) == 2
