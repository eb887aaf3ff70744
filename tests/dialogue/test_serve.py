"""The dialogue engine as the service starts it: a real process with the trained model, in front of a small action server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.turns.launch import Launch
from bot.turns.ports import free_port
from tests.dialogue.conftest import PYTHON, ROOT

TOKEN = "for-the-engine"
QUESTION = "nhiệm vụ SOC do ai chủ trì"
START_SECONDS = 120


class Actions(BaseHTTPRequestHandler):
    """Answers each call with its number, and keeps the calls."""

    protocol_version = "HTTP/1.1"
    calls: list[dict[str, Any]]

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.calls.append({**call, "port": self.client_address[1], "path": self.path})
        answer = {
            "text": f"câu {len(self.calls)}",
            "custom": {"status": "answered"},
            "buttons": [{"title": "a", "payload": "b"}],
        }
        focus = {"event": "slot", "name": "focus", "value": [str(len(self.calls))], "timestamp": None}
        data = json.dumps({"events": [focus], "responses": [answer]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def actions() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    handler = type("Handler", (Actions,), {"calls": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/webhook?token=t", handler.calls
        server.shutdown()


class Engine:
    def __init__(self, folder: Path, actions_url: str) -> None:
        self._launch = Launch(
            ROOT, PYTHON, ROOT / "bot/dialogue/models/sauro.tar.gz", actions_url, folder / "talks.db", TOKEN
        )
        self._log = folder / "engine.log"
        self.start()

    def start(self) -> None:
        port = free_port()
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                self._launch.command("127.0.0.1", port),
                env=self._launch.environment(),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        headers = {"Authorization": f"Bearer {TOKEN}"}
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30, trust_env=False)
        limit = time.monotonic() + START_SECONDS
        while not self._up():
            if self.process.poll() is not None or time.monotonic() > limit:
                pytest.fail(self._log.read_text("utf-8")[-3000:])
            time.sleep(0.1)

    def _up(self) -> bool:
        try:
            return self.client.get("/status").is_success
        except httpx.TransportError:
            return False

    def say(self, sender: str, text: str, turn: str, again: bool = False) -> Any:
        body = {"sender": sender, "message": text, "turn": turn, "again": again}
        return self.client.post("/webhooks/rest/webhook", json=body).raise_for_status().json()

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, actions: tuple[str, list[dict[str, Any]]]) -> Iterator[Engine]:
    running = Engine(tmp_path_factory.mktemp("engine"), actions[0])
    yield running
    running.process.terminate()
    assert running.process.wait(30) == 0


def test_turns_are_for_who_knows_the_token(engine: Engine) -> None:
    body = {"sender": "a", "message": "xin chào"}
    address = engine.client.base_url.join("/webhooks/rest/webhook")
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer ở đây".encode()}):
        assert httpx.post(address, json=body, headers=headers, trust_env=False).status_code == 401
    assert httpx.get(engine.client.base_url.join("/status"), trust_env=False).json() == {"status": "ok"}
    assert httpx.get(engine.client.base_url.join("/model"), trust_env=False).status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b'{"sender": 1, "message": "a"}', b'{"sender": "a"}', b"{"])
def test_what_is_no_turn_is_refused(engine: Engine, body: bytes) -> None:
    assert engine.client.post("/webhooks/rest/webhook", content=body).status_code == 400


def test_a_turn_comes_back_as_the_action_answered_it(engine: Engine, actions: tuple[str, list[dict[str, Any]]]) -> None:
    calls = actions[1]
    for number in range(3):
        said = engine.say("talk", QUESTION, f"turn-{number}")
        assert said == [
            {"recipient_id": "talk", "text": f"câu {len(calls)}", "buttons": [{"title": "a", "payload": "b"}]},
            {"recipient_id": "talk", "custom": {"status": "answered"}},
        ]
    # An action is told of this turn alone, over a connection that stays open.
    told = [[e["text"] for e in call["tracker"]["events"] if e["event"] == "user"] for call in calls[-3:]]
    assert told == [[QUESTION]] * 3
    assert calls[-1]["tracker"]["slots"]["focus"] == [str(len(calls) - 1)]
    assert len({call["port"] for call in calls[-3:]}) == 1
    assert {call["path"] for call in calls[-3:]} == {"/webhook?token=t"}


def test_a_conversation_that_is_to_be_forgotten_is(engine: Engine, actions: tuple[str, list[dict[str, Any]]]) -> None:
    calls = actions[1]
    for turn in ("one", "two"):
        engine.say("secret", QUESTION, turn)
    engine.say("other", QUESTION, "one")
    told = [
        engine.client.post("/webhooks/rest/forget", json={"sender": s}).status_code for s in ("secret", "unknown", 1)
    ]
    assert told == [200, 200, 400]
    focus = []
    for sender in ("secret", "other"):
        engine.say(sender, QUESTION, "three", again=True)
        focus.append(calls[-1]["tracker"]["slots"]["focus"])
    assert focus == [None, [str(len(calls) - 2)]]


def test_the_token_of_actions_that_do_not_answer_stays_out_of_the_log(tmp_path: Path) -> None:
    running = Engine(tmp_path, "http://127.0.0.1:9/webhook?token=secret-of-the-actions")
    running.client.post("/webhooks/rest/webhook", json={"sender": "a", "message": QUESTION, "turn": "one"})
    running.process.terminate()
    running.process.wait(30)
    written = (tmp_path / "engine.log").read_text("utf-8")
    assert "127.0.0.1:9" in written
    assert "secret-of-the-actions" not in written


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_tensorflow_is_not_loaded(engine: Engine) -> None:
    loaded = Path(f"/proc/{engine.process.pid}/maps").read_text("utf-8")
    assert "sklearn" in loaded
    assert "tensorflow" not in loaded


def test_a_killed_engine_goes_on_where_it_was_and_carries_out_no_turn_twice(
    engine: Engine, actions: tuple[str, list[dict[str, Any]]]
) -> None:
    calls = actions[1]
    engine.say("forgotten", QUESTION, "one")
    engine.client.post("/webhooks/rest/forget", json={"sender": "forgotten"})
    before = engine.say("killed", QUESTION, "one")
    done = len(calls)
    engine.kill()
    engine.start()
    assert engine.say("killed", QUESTION, "one", again=True) == before
    assert len(calls) == done
    engine.say("killed", QUESTION, "two", again=True)  # came in before the crash, and got no further
    assert len(calls) == done + 1
    assert calls[-1]["tracker"]["slots"]["focus"] == [str(done)]
    engine.say("forgotten", QUESTION, "two")
    assert calls[-1]["tracker"]["slots"]["focus"] is None
