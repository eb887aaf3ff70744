"""The pair of tokens: one exchange at a time, never lost to a failure, unreadable in the database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.tokens import NoTokens, Tokens
from bot.zalosim.app import simulator
from bot.zalosim.world import World
from knowledge.store.zalo_tokens import TokenStore
from tests.databases import migrated


class Line(httpx.AsyncBaseTransport):
    """The way to the platform; its answers wait until `open` is set."""

    def __init__(self, world: World) -> None:
        self._platform = httpx.ASGITransport(simulator(world, ""))
        self.open = asyncio.Event()
        self.open.set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._platform.handle_async_request(request)
        await self.open.wait()
        return response


class Pair:
    """Two processes' tokens on one database, and the platform."""

    def __init__(self, folder: Path) -> None:
        self.world = World()
        self.database = migrated(folder / "sauro.db")
        self.line = Line(self.world)
        self.client = ZaloClient("http://z", "http://z", (), transport=self.line)
        self.ahead = timedelta()
        self.one, self.two = self.tokens(), self.tokens()

    def tokens(self, secret: bytes = b"s" * 32) -> Tokens:
        store = TokenStore(self.database)
        return Tokens(store, self.client, self.world.app_id, self.world.app_secret, secret, self.now)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def later(self, **time: float) -> None:
        self.ahead += timedelta(**time)
        self.world.ahead = self.ahead.total_seconds()


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    made = Pair(tmp_path)
    made.one.put(made.world.refresh)
    yield made
    await made.client.close()
    made.database.dispose()


async def test_of_many_who_need_a_token_at_once_one_exchanges(pair: Pair) -> None:
    found = await asyncio.gather(*(t.access() for t in [pair.one, pair.two] * 10))
    assert (set(found), pair.world.exchanges) == ({next(iter(pair.world.access))}, 1)


async def test_a_token_is_renewed_before_its_end_and_only_then(pair: Pair) -> None:
    first = await pair.one.access()
    pair.later(hours=22)
    second = await pair.two.access()
    pair.later(hours=2)
    third = await pair.one.access()
    assert (first == second, second == third, pair.world.exchanges) == (True, False, 2)


async def test_a_token_that_zalo_refuses_is_exchanged_once(pair: Pair) -> None:
    stale = await pair.one.access()
    pair.world.access.clear()
    found = await asyncio.gather(*(t.renewed(stale) for t in [pair.one, pair.two] * 5))
    assert (set(found), pair.world.exchanges) == ({next(iter(pair.world.access))}, 2)


async def test_a_refused_exchange_leaves_the_good_pair_alone(pair: Pair) -> None:
    access = await pair.one.access()
    right, pair.world.app_secret = pair.world.app_secret, "changed"
    pair.later(hours=24)
    assert await pair.one.access() == access  # still holds for an hour
    pair.world.app_secret = right
    pair.later(minutes=2)
    assert await pair.two.access() != access
    assert pair.world.exchanges == 2


async def test_an_exchange_that_has_begun_is_carried_through_when_its_process_stops(pair: Pair) -> None:
    pair.line.open.clear()
    asked = asyncio.create_task(pair.one.access())
    while not pair.world.exchanges:  # noqa: ASYNC110  (what is waited for happens at the platform)
        await asyncio.sleep(0.001)
    asked.cancel()
    await asyncio.sleep(0)
    pair.line.open.set()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert (await pair.two.access(), pair.world.exchanges) == (next(iter(pair.world.access)), 1)


async def test_a_new_pair_waits_for_a_database_that_is_away(pair: Pair) -> None:
    away = ["once", "twice"]

    def refuse(_: object, __: object, statement: str, *___: object) -> None:
        if away and statement.startswith("UPDATE zalo_tokens SET sealed"):
            raise OperationalError(statement, None, Exception(away.pop()))

    event.listen(pair.database, "before_cursor_execute", refuse)
    with capture_logs() as logs:
        access = await pair.one.access()
    told = [line["event"] for line in logs]
    assert (access, told) == (await pair.two.access(), ["zalo tokens not stored"] * 2 + ["zalo tokens renewed"])


async def test_without_tokens_there_is_none_and_a_person_is_called(tmp_path: Path) -> None:
    pair = Pair(tmp_path)
    with capture_logs() as logs:
        await pair.one.tend()
    with pytest.raises(NoTokens):
        await pair.one.access()
    assert [line["event"] for line in logs] == ["zalo tokens missing"]
    await pair.client.close()


async def test_three_weeks_before_the_refresh_token_ends_a_person_is_called(pair: Pair) -> None:
    await pair.one.access()
    pair.world.app_secret = "changed"
    pair.later(days=70)
    with capture_logs() as logs:
        await pair.one.tend()
    assert [(line["event"], line.get("days")) for line in logs] == [
        ("zalo refresh token ends", 19), ("zalo tokens not renewed", None), ("zalo tokens missing", None),
    ]  # fmt: skip


async def test_the_database_alone_does_not_tell_the_tokens(pair: Pair) -> None:
    access = await pair.one.access()
    kept = TokenStore(pair.database).read()
    assert kept is not None
    assert access not in kept.sealed
    assert pair.world.refresh not in kept.sealed
    with pytest.raises(NoTokens):
        await pair.tokens(b"t" * 32).access()
