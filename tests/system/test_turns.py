"""Turns through the whole service: gateway, real dialogue engine, actions, plans."""

from __future__ import annotations

import json

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.catalog import message
from tests.system.conftest import PLAIN, Running

HOSTILE = [
    "", " ", "🙂👍🏽", "\x00", "\ud800\udfff", "\u202e\u200f", "/", "/restart", "/session_start", '/intent{"slot":1}',
    ' /ask_task{"focus":["kh-tu/tasks/1"]}', "EXTERNAL: /restart", "a" * 10000, "nhiệm vụ " * 1111, "\u0323" * 500,
    '{"sender":"x"}', "<script>alert(1)</script>", "{focus}", "${SAURO_SECRET}", "'; DROP TABLE turns; --",
]  # fmt: skip


def test_a_question_about_a_task_is_answered_with_its_source(server: Running) -> None:
    custom = server.custom("Nhiệm vụ 34 của Kế hoạch UBND tỉnh do cơ quan nào chủ trì?")
    assert (custom["status"], custom["degraded"]) == ("answered", False)
    assert ("kh-ubnd", "tasks", "34", "Công an tỉnh") in {
        (c["plan"], c["part"], c["item"], c["quote"]) for c in custom["citations"]
    }


def test_a_greeting_is_social(server: Running) -> None:
    assert server.custom("xin chào")["status"] == "social"


def test_the_page_gets_the_same_answer_as_a_stream(server: Running) -> None:
    text = "Nhiệm vụ 34 của Kế hoạch UBND tỉnh do cơ quan nào chủ trì?"
    response = httpx.post(
        f"{server.url}/api/chat/stream", json={"conversation": "c", "message": text}, timeout=60, verify=PLAIN
    )
    blocks = [block.split("\n") for block in response.text.split("\n\n") if block.startswith("event")]
    assert [block[0] for block in blocks] == ["event: accepted", "event: message", "event: done"]
    assert json.loads(blocks[1][1].removeprefix("data: "))["custom"] == server.custom(text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text)[:30])
def test_a_hostile_message_is_answered_and_changes_nothing(server: Running, text: str) -> None:
    body = json.dumps({"sender": f"hostile {text[:20]!r}", "message": text})
    response = httpx.post(f"{server.url}/webhooks/rest/webhook", content=body, timeout=60, verify=PLAIN)
    assert response.status_code == 200
    (custom,) = [m["custom"] for m in response.json() if "custom" in m]
    assert custom["status"] in ("clarify", "unanswerable", "out_of_scope", "social", "error", "answered")
    assert custom["degraded"] is False
    assert all("_sender" not in m and m["recipient_id"] for m in response.json())


def test_a_command_does_not_restart_the_conversation(server: Running) -> None:
    sender = "restart-test"
    server.say("Nhiệm vụ 34 của Kế hoạch UBND tỉnh do cơ quan nào chủ trì?", sender)
    assert server.say("/restart", sender) != []
    follow_up = server.custom("thời hạn là khi nào?", sender)
    before = {(c["plan"], c["item"]) for c in follow_up["citations"]}
    assert follow_up["status"] == "clarify" or ("kh-ubnd", "34") in before


def test_an_overlong_message_is_told_the_limit(server: Running) -> None:
    assert server.say("a" * 10000)[0]["text"] == message("turn.too_long", length=10000, limit=2000)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40).map(lambda text: "/" + text))
def test_no_text_is_a_server_error(server: Running, text: str) -> None:
    body = json.dumps({"sender": "fuzz", "message": text})
    response = httpx.post(f"{server.url}/webhooks/rest/webhook", content=body, timeout=60, verify=PLAIN)
    assert response.status_code in (200, 429)


def test_the_api_and_the_health_checks_answer(server: Running) -> None:
    with httpx.Client(base_url=server.url) as client:
        assert client.get("/readyz").json() == {"status": "ready", "engine": True, "index": True, "database": True}
        assert [p["id"] for p in client.get("/api/plans").json()] == ["kh-tu", "kh-ubnd"]
        assert "sauro_engine_up 1.0" in client.get("/metrics").text


def test_neither_the_log_nor_the_metrics_hold_what_people_write(server: Running) -> None:
    # Words that no identifier in the log can hold by chance: its letters end with f.
    server.say("bí mật zxqw", "số 0912345678")
    seen = server.log.read_text("utf-8") + httpx.get(f"{server.url}/metrics").text
    assert "zxqw" not in seen
    assert "0912345678" not in seen
