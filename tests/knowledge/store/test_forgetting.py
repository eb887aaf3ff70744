from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from knowledge.store.deliveries import Arrival, DeliveryStore
from knowledge.store.drafts import DraftStore
from knowledge.store.feedback import FeedbackStore
from knowledge.store.forgetting import ForgettingStore
from knowledge.store.tables import turns
from knowledge.store.turns import TurnStore
from tests.knowledge.store.ledgers import Desk

NOW = datetime.now(UTC)


@pytest.fixture
def store(database: Engine) -> ForgettingStore:
    return ForgettingStore(database)


def answered(database: Engine, conversation: str, at: datetime = NOW) -> str:
    kept = TurnStore(database)
    turn, _ = kept.receive("web", conversation, "Ai chủ trì SOC?")
    kept.finish(turn.id, "done", [{"text": "Công an tỉnh."}])
    with database.begin() as connection:
        connection.execute(update(turns).where(turns.c.id == turn.id).values(received_at=at))
    return turn.id


def said(database: Engine, *conversations: str) -> list[int]:
    return [len(TurnStore(database).history(c, 9)) for c in conversations]


def test_a_conversation_goes_with_the_opinions_on_it_and_its_draft(
    database: Engine, store: ForgettingStore, desk: Desk
) -> None:
    opinions, drafts = FeedbackStore(database), DraftStore(database)
    gone, kept = answered(database, "c1"), answered(database, "c2")
    waiting, _ = TurnStore(database).receive("web", "c1", "đang chờ")
    for conversation, turn in (("c1", gone), ("c2", kept)):
        opinions.put(conversation, turn, "up")
        drafts.put(desk.science.id, conversation, {"note": "chưa lưu"})
    assert (store.conversation_of(gone), store.conversation_of("0" * 32)) == ("c1", None)
    assert store.conversation("c1") == 1
    assert [turn.id for turn in TurnStore(database).history("c1", 9)] == [waiting.id]
    assert [opinion.turn for opinion in opinions.latest(9)] == [kept]
    assert (drafts.of_conversation("c1"), drafts.of_conversation("c2") is not None) == (None, True)


def test_what_is_deleted_is_noted_for_the_engine_until_it_has_forgotten_it(
    database: Engine, store: ForgettingStore
) -> None:
    answered(database, "c1")
    for conversation in ("c1", "c2", "c1"):
        store.conversation(conversation)
    assert store.left(9) == ["c1", "c2"]
    store.settle("c1")
    assert (store.left(9), store.left(0)) == (["c2"], [])


def test_what_is_old_goes_and_the_engine_is_told_of_conversations_that_are_over(
    database: Engine, store: ForgettingStore
) -> None:
    for conversation, days in (("over", 6), ("over", 7), ("goes on", 6), ("goes on", 1), ("long over", 40)):
        answered(database, conversation, NOW - timedelta(days=days))
    assert (store.purge(NOW - timedelta(days=60)), store.left(9)) == (0, [])
    assert store.purge(NOW - timedelta(days=5)) == 4
    assert (said(database, "over", "goes on", "long over"), store.left(9)) == ([0, 1, 0], ["over"])


def test_who_withdraws_on_zalo_is_forgotten_by_the_engine_too(database: Engine, store: ForgettingStore) -> None:
    deliveries = DeliveryStore(database)
    for user in ("u1", "u2"):
        deliveries.receive(Arrival(user, f"m of {user}", "text", "bí mật", NOW), f"talk of {user}", NOW)
    assert deliveries.forget("u1") == 1
    assert (said(database, "talk of u1", "talk of u2"), store.left(9)) == ([0, 1], ["talk of u1"])
