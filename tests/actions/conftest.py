"""The actions on a database of their own, and a conversation that calls them as the dialogue engine does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from actions.server import build_app
from actions.services import Services
from knowledge.progress.types import Account
from knowledge.store.accounts import AccountStore
from knowledge.store.drafts import DraftStore
from knowledge.store.ledger import Ledger
from knowledge.store.turns import TurnStore
from tests.databases import migrated

TODAY = date(2026, 9, 15)


@dataclass
class Clock:
    """The time as the actions see it: real, with what was let pass added."""

    passed: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.passed


@dataclass
class Conversation:
    """Calls the actions as Rasa does: keeps the slots and the active loop, with intents given by the test."""

    services: Services
    client: TestClient
    account: str
    id: str = field(default_factory=lambda: uuid4().hex)
    slots: dict[str, Any] = field(default_factory=lambda: {"lang": "vi", "focus": None, "facets": None})
    loop: str | None = None
    turn: str = ""

    def say(self, text: str, intent: str, confidence: float = 0.9, **more: Any) -> list[dict[str, Any]]:
        """One turn: recorded, carried out, finished. The replies by their response names, or their texts."""
        turn, _ = self.services.turns.receive("rest", self.id, text, None, self.account, more.pop("evidence", ()))
        self.turn = turn.id
        self.services.turns.start(turn.id)
        replies = self.call(text, intent, confidence, **more)
        self.services.turns.finish(turn.id, "done", replies)
        return replies

    def again(self, text: str, intent: str) -> list[dict[str, Any]]:
        """The last turn once more: its replies were lost."""
        self.services.turns.start(self.turn)
        replies = self.call(text, intent, 0.9)
        self.services.turns.finish(self.turn, "done", replies)
        return replies

    def call(self, text: str, intent: str, confidence: float, **more: Any) -> list[dict[str, Any]]:
        question = intent.startswith(("ask_", "list_", "follow_up", "compare_"))
        name = "action_ask" if question and self.loop is None else "validate_progress_form"
        latest = {
            "text": " ".join(text.split()), "intent": {"name": intent, "confidence": confidence}, "intent_ranking": [],
            "entities": more.get("entities", []),
        }  # fmt: skip
        tracker = {
            "sender_id": self.id, "slots": self.slots, "latest_message": latest, "events": [], "paused": False,
            "followup_action": None, "active_loop": {"name": self.loop} if self.loop else {},
            "latest_action_name": "action_listen", "latest_input_channel": "rest",
        }  # fmt: skip
        response = self.client.post("/webhook", json={"next_action": name, "sender_id": self.id, "tracker": tracker})
        assert response.status_code == 200
        body = response.json()
        for event in body["events"]:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self.loop = event["name"]
        if name == "validate_progress_form":
            self.loop = "progress_form" if self.slots.get("requested_slot") else None
        replies: list[dict[str, Any]] = body["responses"]
        return replies

    def forget(self) -> None:
        """Lose what the engine remembers, as when it is started anew."""
        self.slots = {"lang": "vi", "focus": None, "facets": None}
        self.loop = None


@dataclass
class Office:
    """The actions with their stores, and accounts to speak with them."""

    services: Services
    clock: Clock
    client: TestClient
    database: Engine

    def run(self, statement: str) -> None:
        """Do something to the database that the service would not do."""
        with self.database.begin() as connection:
            connection.exec_driver_sql(statement)

    def account(self, role: str = "staff", agency: str | None = "Công an tỉnh") -> Account:
        return self.services.accounts.create(f"{role}-{uuid4().hex[:8]}", role, agency)  # type: ignore[arg-type]

    def talk(self, account: Account | None = None) -> Conversation:
        return Conversation(self.services, self.client, account.id if account else "")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The actions on an empty database."""
    database = migrated(tmp_path / "sauro.db")
    accounts, clock = AccountStore(database), Clock()
    services = Services(
        turns=TurnStore(database), accounts=accounts, ledger=Ledger(database, accounts, None), drafts=DraftStore(database),
        today=lambda: TODAY, now=clock,
    )  # fmt: skip
    yield Office(services, clock, TestClient(build_app(services)), database)
    database.dispose()
