"""What holds for every request: health, headers, limits, errors, logging, metrics, OpenAPI."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from sqlalchemy import event
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.gateway.limits import BodyLimit
from bot.gateway.logs import set_up_logging
from bot.gateway.settings import Settings
from tests.bot.conftest import Gateway


async def test_alive_from_the_start_ready_with_engine_and_index(gateway: Gateway) -> None:
    assert (await gateway.client.get("/healthz")).json() == {"status": "ok"}
    not_ready = await gateway.client.get("/readyz")
    state = {"status": "not_ready", "engine": True, "index": False, "database": True}
    assert (not_ready.status_code, not_ready.json()) == (503, state)
    await gateway.library.load()
    assert (await gateway.client.get("/readyz")).status_code == 200
    gateway.engine.up = False
    assert (await gateway.client.get("/readyz")).status_code == 503


@pytest.mark.parametrize("path", ["/", "/healthz", "/nothing", "/static/chat.css", "/api/tasks"])
async def test_every_response_carries_an_id_and_the_security_headers(gateway: Gateway, path: str) -> None:
    headers = (await gateway.client.get(path)).headers
    assert len(headers["x-request-id"]) == 32
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/api/tasks", "no-store"),
        ("/api/progress", "no-store"),
        ("/staff/me", "no-store"),
        ("/nothing", "no-store"),
        ("/", "no-cache"),
        ("/widget.js", "public, max-age=300"),
    ],
)
async def test_nothing_is_kept_by_browsers_and_proxies_unless_it_says_so(
    gateway: Gateway, path: str, kept: str
) -> None:
    assert (await gateway.client.get(path)).headers["cache-control"] == kept


async def test_a_body_over_the_limit_is_refused_whether_it_says_its_length_or_not(gateway: Gateway) -> None:
    async def chunks() -> object:
        for _ in range(80):
            yield b"x" * 1024

    for path in ("/webhooks/rest/webhook", "/api/tasks/kh-tu/1/updates"):
        for content in (b"x" * 65537, chunks()):
            response = await gateway.client.post(path, content=content)
            assert (path, response.status_code, response.json()["error"]["code"]) == (path, 413, "too_large")


async def test_a_body_that_stops_coming_is_not_waited_for() -> None:
    async def read(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(await Request(scope, receive).body())(scope, receive, send)

    async def halting() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    transport = httpx.ASGITransport(app=BodyLimit(read, 100, patience=0.05))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.post("/", content=b"whole")).text == "whole"
        response = await client.post("/", content=halting())
    assert (response.status_code, response.json()["error"]["code"]) == (408, "too_slow")


async def test_an_unexpected_error_tells_nothing_but_the_request_id(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch, written: io.StringIO
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(gateway.desk, "take", broken)
    response = await gateway.say("chào")
    assert (response.status_code, response.json()["error"]["code"]) == (500, "internal")
    assert ("secret inside" in response.text, "secret inside" in written.getvalue()) == (False, True)
    assert response.headers["x-request-id"] in response.text


async def test_a_full_disk_is_told_courteously_and_the_message_is_answered_once_there_is_room(gateway: Gateway) -> None:
    room = [1]  # pages; SQLite never goes below what is in use

    def limited(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {room[0]}")

    event.listen(gateway.stores.database, "checkout", limited)
    long = "nhiệm vụ " * 200
    refused = await gateway.say(long, message_id="1")
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "storage")
    assert refused.headers["retry-after"] == "30"
    room[0] = 100_000
    assert [m["text"][:6] for m in (await gateway.say(long, message_id="1")).json()] == ["đáp: n"]


async def test_errors_of_the_framework_have_the_same_form(gateway: Gateway) -> None:
    wrong_method = await gateway.client.delete("/webhooks/rest/webhook")
    assert (wrong_method.status_code, wrong_method.json()["error"]["code"]) == (405, "method_not_allowed")
    english = await gateway.client.get("/nothing", headers={"Accept-Language": "en"})
    assert english.json() == {"error": {"code": "not_found", "message": "There is nothing at this address."}}


async def test_metrics_count_turns_and_requests_by_route(gateway: Gateway) -> None:
    await gateway.say("chào")
    await gateway.say("")
    await gateway.client.get("/api/tasks/kh-tu/1")
    text = (await gateway.client.get("/metrics")).text
    assert 'sauro_turns_total{channel="rest",degraded="false",status="answered"} 1.0' in text
    assert 'sauro_turns_total{channel="rest",degraded="false",status="clarify"} 1.0' in text
    assert 'sauro_requests_total{route="/webhooks/rest/webhook",status="200"} 2.0' in text
    assert "kh-tu" not in text


async def test_openapi_describes_every_public_route(gateway: Gateway) -> None:
    document = (await gateway.client.get("/openapi.json")).json()
    assert set(document["paths"]) == {
        "/webhooks/rest/", "/webhooks/rest/webhook", "/api/chat/stream", "/api/chat/session", "/api/chat/history",
        "/api/chat/evidence", "/api/chat/feedback", "/api/plans", "/api/tasks",
        "/api/tasks/{plan}/{item}", "/api/tasks/{plan}/{item}/updates", "/api/progress", "/api/evidence/{sha256}",
        "/api/targets/{plan}/{item}/measurements", "/api/tasks/{plan}/{item}/updates/{entry}/undo",
        "/api/targets/{plan}/{item}/measurements/{entry}/undo",
        "/api/targets", "/api/targets/{plan}/{item}", "/api/search",
        "/staff/me", "/staff/link", "/staff/sign-out", "/healthz", "/readyz", "/metrics",
    }  # fmt: skip


class TestOtherSites:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(var=tmp_path, cors_origins=("https://tinh.gov.vn",))

    async def test_named_ones_may_read_others_may_not(self, gateway: Gateway) -> None:
        named = await gateway.client.get("/healthz", headers={"Origin": "https://tinh.gov.vn"})
        other = await gateway.client.get("/healthz", headers={"Origin": "https://khac.example"})
        assert named.headers["access-control-allow-origin"] == "https://tinh.gov.vn"
        assert "access-control-allow-origin" not in other.headers


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    stream, root = io.StringIO(), logging.getLogger()
    before = (root.handlers, root.level)
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logging("debug", "json")
    yield stream
    root.handlers, level = before
    root.setLevel(level)
    structlog.reset_defaults()


async def test_nobody_writes_lines_into_the_log(gateway: Gateway, written: io.StringIO) -> None:
    await gateway.client.get("/a%0Aforged%1B[31m")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["path"] for line in lines if line["event"] == "request"] == ["/a%0Aforged%1B%5B31m"]


async def test_the_log_never_holds_the_words_of_a_message(gateway: Gateway, written: io.StringIO) -> None:
    gateway.engine.reply = lambda _: httpx.Response(500)
    await gateway.say("bí mật 123", sender="0912345678", metadata={"x": "bí mật 123"})
    await gateway.client.get("/api/search", params={"q": "bí mật 123"})
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {"degraded", "turn", "request"} <= {line["event"] for line in lines}
    assert not any(word in written.getvalue() for word in ("bí mật", "b%C3%AD", "0912345678"))
    assert {line["request"] for line in lines if line["event"] == "turn"} <= {
        line["request"] for line in lines if line["event"] == "request"
    }
