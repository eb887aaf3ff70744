"""One person on two channels: a report begun over Zalo is finished on the web, by the same account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from benchmarks.crash import REPORTS, Service
from benchmarks.zalo_stage import bound, url_of
from bot.gateway.server import PrivateServer
from bot.messages.catalog import message
from bot.zalosim.app import simulator
from bot.zalosim.world import World
from knowledge.corpus import load_corpus
from knowledge.progress.rights import may_log
from knowledge.progress.types import Account
from tests.system.test_life import until


def task_of_the_agency() -> str:
    """A task that the account may report on, as people name it."""
    staff = Account("", "staff", REPORTS["agency"])
    records = load_corpus().plan(REPORTS["plan"]).tasks
    return f"nhiệm vụ {next(task.key.item for task in records if may_log(staff, task))} của kế hoạch UBND tỉnh"


@dataclass
class Person:
    """Staff with Zalo and a browser."""

    service: Service
    platform: httpx.Client

    def writes(self, text: str) -> str:
        """What the assistant answers over Zalo."""
        before = len(self.heard())
        self.platform.post("/sim/say", json={"user": "lan", "text": text}).raise_for_status()
        until(lambda: len(self.heard()) > before, 60)
        return self.heard()[-1]

    def heard(self) -> list[str]:
        said = self.platform.get("/sim/said", params={"user": "lan"}).json()
        return [m["text"] for m in said if m["from"] == "oa"]

    def types(self, text: str, number: int) -> str:
        """What the assistant answers to the signed-in browser."""
        return "\n".join(str(m.get("text", "")) for m in self.service.say("browser", text, f"m{number}"))


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    listening = bound()
    service = Service(tmp_path)
    world = World()
    app = simulator(world, f"http://127.0.0.1:{service.port}/webhooks/zalo", pace=0.01)
    server = PrivateServer(app, listening)
    server.start()
    url = url_of(listening)
    service.settings = {
        "SAURO_ZALO_APP_ID": world.app_id,
        "SAURO_ZALO_APP_SECRET": world.app_secret,
        "SAURO_ZALO_OA_SECRET": world.oa_secret,
        "SAURO_ZALO_REFRESH_TOKEN": world.refresh,
        "SAURO_ZALO_API": url,
        "SAURO_ZALO_OAUTH": url,
    }
    try:
        service.start()
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as platform:
            yield Person(service, platform)
    finally:
        service.kill()
        server.stop()


def test_a_report_begun_over_zalo_is_finished_on_the_web(person: Person) -> None:
    code = person.service.sauro("accounts", "link-code", REPORTS["name"]).strip()
    assert person.writes(f"liên kết {code}") == message("zalo.linked", name=REPORTS["name"], agency=REPORTS["agency"])
    assert "40" in person.writes(f"{task_of_the_agency()} đạt 40%, đang triển khai")
    person.writes("để mai làm tiếp")
    assert "40" in person.types("làm tiếp cập nhật dở", 1)
    assert re.search(r"SR-\d{6}", person.types("lưu", 2))
    (author,) = person.service.rows("SELECT DISTINCT account FROM turns WHERE account <> ''")
    assert person.service.rows("SELECT author, percent FROM entries") == [(*author, 40)]
