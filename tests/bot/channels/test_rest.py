"""Rasa's REST convention, and everything hostile that may come over it."""

import json
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.gateway.settings import Settings
from bot.messages.catalog import message
from tests.bot.conftest import Gateway

PLAIN = {"citations": [], "records": [], "degraded": False}
HOSTILE = {
    "empty": "",
    "spaces": " \t\n",
    "only emoji": "🙂👍🏽🇻🇳",
    "only nul": "\x00",
    "only surrogate": "\ud83d",
    "only bidi": "\u202e\u200f",
}


async def test_a_turn_comes_back_in_rasas_form_with_one_custom(gateway: Gateway) -> None:
    response = await gateway.say("Nhiệm vụ 12 do ai chủ trì?", sender="an-01")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert response.json() == [
        {
            "recipient_id": "an-01",
            "text": "đáp: Nhiệm vụ 12 do ai chủ trì?",
            "custom": PLAIN | {"status": "answered"},
        }
    ]


async def test_metadata_of_the_client_does_not_reach_the_engine(gateway: Gateway) -> None:
    seen: list[bytes] = []
    gateway.engine.reply = lambda text: [{"text": text}]
    original = gateway.engine.__class__.__call__

    async def spy(self: object, request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return await original(self, request)  # type: ignore[arg-type]

    gateway.engine.__class__.__call__ = spy  # type: ignore[method-assign]
    try:
        await gateway.say("chào", metadata={"role": "admin"}, input_channel="admin")
    finally:
        gateway.engine.__class__.__call__ = original  # type: ignore[method-assign]
    assert [sorted(json.loads(body)) for body in seen] == [["again", "message", "sender", "turn"]]


@pytest.mark.parametrize("header", ["Bearer abc", "Bearer ", "Basic YTpi", "x"])
async def test_a_token_nobody_gave_out_is_refused_and_never_a_citizen(gateway: Gateway, header: str) -> None:
    response = await gateway.client.post(
        "/webhooks/rest/webhook", json={"sender": "an", "message": "chào"}, headers={"Authorization": header}
    )
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert response.json() == {"error": {"code": "unauthorized", "message": message("error.unauthorized")}}
    assert gateway.engine.sent == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_message_without_words_is_answered_courteously_without_the_engine(gateway: Gateway, text: str) -> None:
    response = await gateway.say(text)
    assert response.status_code == 200
    assert response.json() == [
        {"recipient_id": "an", "text": message("turn.empty"), "custom": PLAIN | {"status": "clarify"}}
    ]
    assert gateway.engine.sent == []


async def test_a_message_of_10000_characters_is_answered_courteously_without_the_engine(gateway: Gateway) -> None:
    response = await gateway.say("nhiệm vụ " * 1111 + "a")
    text = message("turn.too_long", length=10000, limit=2000)
    assert response.status_code == 200
    assert response.json() == [{"recipient_id": "an", "text": text, "custom": PLAIN | {"status": "error"}}]
    assert gateway.engine.sent == []


@pytest.mark.parametrize("opening", ["/start", " /get_started", "/greet", "/session_start", "/restart\n"])
async def test_what_rasas_clients_open_with_is_a_greeting(gateway: Gateway, opening: str) -> None:
    await gateway.say(opening)
    assert [text for _, text in gateway.engine.sent] == [message("turn.opening")]


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("/deny", "deny"),
        (' /intent{"slot":1}', 'intent{"slot":1}'),
        ("\u200b/affirm", "affirm"),
        ("nhie\u0323\u0302m vu\u0323 12", "nhiệm vụ 12"),
        ("nhiệm\u202e vụ\x00 12\ud800", "nhiệm vụ 12"),
    ],
)
async def test_hostile_text_reaches_the_engine_as_plain_words(gateway: Gateway, sent: str, seen: str) -> None:
    assert (await gateway.say(sent)).status_code == 200
    assert [text for _, text in gateway.engine.sent] == [seen]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=()), max_size=60), head=st.sampled_from(["", "/", " /", "\x00/"]))
async def test_no_message_is_a_server_error_or_a_command(gateway: Gateway, text: str, head: str) -> None:
    response = await gateway.say(head + text, sender=text[:3] or None)
    assert response.status_code in (200, 422, 429)
    assert not any(words.startswith("/") for _, words in gateway.engine.sent)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["sender", "message", "message_id"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=json_values.map(lambda v: json.dumps(v).encode()) | st.binary(max_size=40))
async def test_no_body_is_a_server_error(gateway: Gateway, body: bytes) -> None:
    response = await gateway.client.post("/webhooks/rest/webhook", content=body)
    assert response.status_code < 500
    if response.status_code != 200:
        assert set(response.json()["error"]) == {"code", "message"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_json"),
        (b"{", 400, "bad_json"),
        (b"\xff\xfe{", 400, "bad_json"),
        (b"[" * 30000, 400, "bad_json"),
        (b"[]", 422, "bad_request"),
        (b'{"sender":"an","message":["x"]}', 422, "bad_request"),
        (b'{"sender":{"a":1},"message":"x"}', 422, "bad_request"),
        (b'{"sender":"' + b"a" * 300 + b'","message":"x"}', 422, "bad_request"),
        (b'{"sender":"a\\ud800","message":"x"}', 422, "bad_request"),
        (b'{"sender":"an","message":"x","message_id":"\\n"}', 422, "bad_request"),
        (b'{"sender":"an","message":"' + b"x" * 70000 + b'"}', 413, "too_large"),
    ],
)
async def test_a_body_that_is_no_message_gets_a_typed_error(
    gateway: Gateway, body: bytes, status: int, code: str
) -> None:
    response = await gateway.client.post("/webhooks/rest/webhook", content=body)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


async def test_senders_may_be_numbers_and_unnamed_clients_share_nothing(gateway: Gateway) -> None:
    assert (await gateway.say("chào", sender=7)).json()[0]["recipient_id"] == "7"
    for _ in range(2):
        assert (await gateway.say("chào", sender=None)).json()[0]["recipient_id"] == "default"
    assert len({conversation for conversation, _ in gateway.engine.sent}) == 3


class TestAFlood:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(var=tmp_path, rate_per_minute=1)

    async def test_is_told_to_wait(self, gateway: Gateway, settings: Settings) -> None:
        statuses = [(await gateway.say("chào")).status_code for _ in range(settings.rate_burst)]
        refused = await gateway.say("chào")
        assert (statuses, refused.status_code) == ([200] * 40, 429)
        assert (refused.json()["error"]["code"], int(refused.headers["retry-after"]) >= 1) == ("too_many", True)
        assert (await gateway.say("chào", sender="bình")).status_code == 200


async def test_notices_follow_the_language_the_client_asks_for(gateway: Gateway) -> None:
    response = await gateway.client.post(
        "/webhooks/rest/webhook", json={"message": ""}, headers={"Accept-Language": "en"}
    )
    assert response.json()[0]["text"] == message("turn.empty", "en")


async def test_the_channel_says_it_is_there_as_rasas_does(gateway: Gateway) -> None:
    assert (await gateway.client.get("/webhooks/rest/")).json() == {"status": "ok"}
