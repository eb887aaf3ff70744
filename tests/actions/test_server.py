"""The action server as the dialogue engine calls it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection
from starlette.testclient import TestClient

from actions.server import build_app
from tests.actions.conftest import Office


class Fails(Action):
    def name(self) -> str:
        return "action_fails"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        raise ZeroDivisionError("inside an action")


class Refuses(Action):
    def name(self) -> str:
        return "action_refuses"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        raise ActionExecutionRejection(self.name(), "not now")


@pytest.fixture
def client(office: Office) -> TestClient:
    return TestClient(build_app(office.services, Fails(), Refuses()))


def call(name: str, text: str = "", **message: Any) -> dict[str, Any]:
    """An action call as Rasa 3.6 sends it with selective domains on: without the domain."""
    latest = {"text": text, "intent": {"name": "ask_task", "confidence": 0.9}, "entities": [], **message}
    tracker = {
        "sender_id": "c1", "slots": {"focus": None, "facets": None, "lang": "vi"}, "latest_message": latest, "events": [],
        "paused": False, "followup_action": None, "active_loop": {}, "latest_action_name": "action_listen",
        "latest_input_channel": "rest",
    }  # fmt: skip
    return {"next_action": name, "sender_id": "c1", "tracker": tracker, "version": "3.6.21"}


def test_it_answers_a_question_and_remembers_what_it_was_about(client: TestClient) -> None:
    facet = {"entity": "facet", "value": "lead", "start": 0, "end": 2}
    response = client.post(
        "/webhook", json=call("action_ask", "ai chủ trì nhiệm vụ 34 của UBND tỉnh", entities=[facet])
    )
    assert response.status_code == 200
    body = response.json()
    (message,) = body["responses"]
    assert "Công an tỉnh" in message["text"]
    assert message["custom"]["status"] == "answered"
    assert ("kh-ubnd", "tasks", "34") in {(c["plan"], c["part"], c["item"]) for c in message["custom"]["citations"]}
    slots = {e["name"]: e["value"] for e in body["events"]}
    assert "kh-ubnd/tasks/34" in slots["focus"]
    assert slots["facets"] == ["lead"]


def test_a_failed_action_becomes_an_apology(client: TestClient) -> None:
    response = client.post("/webhook", json=call("action_fails"))
    assert (response.status_code, response.json()) == (200, {"events": [], "responses": [{"response": "utter_error"}]})


def test_a_refusal_is_told_as_rasa_expects_it(client: TestClient) -> None:
    response = client.post("/webhook", json=call("action_refuses"))
    assert (response.status_code, response.json()) == (400, {"error": "not now", "action_name": "action_refuses"})


def test_an_unknown_action_is_not_found(client: TestClient) -> None:
    response = client.post("/webhook", json=call("action_of_nobody"))
    assert response.status_code == 404
    assert response.json()["action_name"] == "action_of_nobody"


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b"{}", b'{"next_action": null}', b'{"next_action": "action_ask"}']
)
def test_what_is_no_action_call_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post("/webhook", content=body)
    assert (response.status_code, response.json()) == (400, {"error": "not an action call"})


def test_health_names_the_actions(client: TestClient) -> None:
    body = client.get("/health").json()
    assert body["status"] == "ok"
    assert "action_ask" in body["actions"]
