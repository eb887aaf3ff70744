"""Every service of docker-compose.yml, started by its own command and judged by its own health check, answering together."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest
import redis

from tests.compose.processes import START_SECONDS, Machine
from tests.compose.reading import services

SECRETS = {
    "SAURO_SECRET": "a-secret-of-more-than-thirty-two-characters",
    "SAURO_ACTIONS_TOKEN": "a-token-of-more-than-thirty-two-characters",
    "SAURO_RASA_TOKEN": "another-token-of-more-than-thirty-two-characters",
    "POSTGRES_PASSWORD": "for-postgres",
    "REDIS_PASSWORD": "for-redis",
}
IN_ORDER = ("postgres", "redis", "actions", "rasa", "gateway")


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    running = Machine(services(SECRETS))
    try:
        for name in IN_ORDER:
            running.start(name)
        yield running
    finally:
        running.close()


def test_every_health_check_passes_while_its_service_runs(machine: Machine) -> None:
    assert [name for name in IN_ORDER if machine.healthy(name)] == list(IN_ORDER)


def test_a_question_goes_through_all_of_them_to_a_cited_answer(machine: Machine) -> None:
    answered = httpx.post(
        f"http://127.0.0.1:{machine.ports['8000']}/webhooks/rest/webhook",
        json={"sender": "someone", "message": "nhiệm vụ 12 của kế hoạch tỉnh ủy do ai chủ trì?"},
        timeout=60,
    )

    customs = [message["custom"] for message in answered.json() if message.get("custom")]
    assert answered.status_code == 200
    assert [custom["status"] for custom in customs] == ["answered"]
    assert ("kh-tu", "tasks", "12") in {(c["plan"], c["part"], c["item"]) for c in customs[0]["citations"]}
    assert not customs[0].get("degraded")

    with psycopg.connect(machine.environment("gateway")["SAURO_DATABASE_URL"].replace("+psycopg", "")) as database:
        assert database.execute("SELECT count(*) FROM turns").fetchone() == (1,)
    held = redis.Redis(port=int(machine.ports["6379"]), password=SECRETS["REDIS_PASSWORD"], decode_responses=True)
    assert [key.split(":")[0] for key in held.scan_iter()] == ["tracker"]


def test_a_conversation_that_is_deleted_leaves_redis_too(machine: Machine) -> None:
    held = redis.Redis(port=int(machine.ports["6379"]), password=SECRETS["REDIS_PASSWORD"])
    others = held.dbsize()
    with httpx.Client(base_url=f"http://127.0.0.1:{machine.ports['8000']}", timeout=60) as browser:
        browser.post("/api/chat/stream", json={"conversation": "tab", "message": "ai chủ trì SOC?"})
        assert held.dbsize() == others + 1
        assert browser.delete("/api/chat/history", params={"conversation": "tab"}).json() == {"deleted": 1}
    limit = time.monotonic() + START_SECONDS  # an engine that is busy is told again
    while held.dbsize() != others:
        assert time.monotonic() < limit
        time.sleep(0.1)


def test_two_engines_carry_one_conversation_through_turn_by_turn(machine: Machine) -> None:
    ports = (machine.ports["5005"], machine.start_another("rasa", "5005"))
    token = {"Authorization": f"Bearer {SECRETS['SAURO_RASA_TOKEN']}"}
    engines = [httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=token, timeout=60) for port in ports]
    limit = time.monotonic() + START_SECONDS
    while not _up(engines[1]):
        assert time.monotonic() < limit
        time.sleep(0.2)

    def say(number: int) -> list[dict[str, object]]:
        turn = {"sender": "shared", "message": "nhiệm vụ 12 của kế hoạch tỉnh ủy do ai chủ trì?", "turn": str(number)}
        said = engines[number % 2].post("/webhooks/rest/webhook", json=turn).raise_for_status().json()
        return [part["custom"]["status"] for part in said if "custom" in part]

    with ThreadPoolExecutor(6) as people:
        assert list(people.map(say, range(6))) == [["answered"]] * 6
    held = redis.Redis(port=int(machine.ports["6379"]), password=SECRETS["REDIS_PASSWORD"], decode_responses=True)
    (name,) = held.scan_iter("*shared")
    kept = json.loads(held.get(name))["events"]
    kinds = [event["event"] for event in kept if event["event"] in ("user", "bot")]
    assert kinds == ["user", "bot"] * 6
    assert {event["message_id"] for event in kept if event["event"] == "user"} == set(map(str, range(6)))

    machine.running["rasa-2"].kill()
    assert say(6) == ["answered"]


def _up(engine: httpx.Client) -> bool:
    try:
        return engine.get("/status").is_success
    except httpx.TransportError:
        return False


def test_actions_ask_for_the_token(machine: Machine) -> None:
    call = httpx.post(
        f"http://127.0.0.1:{machine.ports['5055']}/webhook?token=wrong", json={"next_action": "action_ask"}
    )
    assert call.status_code == 401


def test_a_health_check_fails_when_its_service_is_gone_and_all_stop_in_their_grace_period(machine: Machine) -> None:
    for name in reversed(IN_ORDER):
        code = machine.stop(name)
        assert (name, code in (0, -15), machine.healthy(name)) == (name, True, False)
