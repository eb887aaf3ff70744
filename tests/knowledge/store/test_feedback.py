from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from knowledge.store.feedback import FeedbackStore, Opinion
from knowledge.store.turns import TurnStore

REPLIES = [{"text": "Công an tỉnh."}]


def answered(store: TurnStore, conversation: str, text: str) -> str:
    turn, _ = store.receive("web", conversation, text)
    store.finish(turn.id, "done", REPLIES)
    return turn.id


def test_an_opinion_is_kept_with_what_was_asked_and_answered(database: Engine) -> None:
    turn = answered(TurnStore(database), "c1", "Ai chủ trì SOC?")
    opinions = FeedbackStore(database)
    assert opinions.put("c1", turn, "up")
    assert opinions.put("c1", turn, "down", "thiếu thời hạn")
    (found,) = opinions.latest(10)
    assert found == Opinion(turn, "web", "down", "thiếu thời hạn", found.at, "Ai chủ trì SOC?", REPLIES)
    assert (opinions.latest(10, "up"), opinions.votes("c1"), opinions.votes("c2")) == ([], {turn: "down"}, {})


def test_an_opinion_can_be_taken_back_and_given_by_its_conversation_alone(database: Engine) -> None:
    turn = answered(TurnStore(database), "c1", "Ai chủ trì SOC?")
    opinions = FeedbackStore(database)
    assert (opinions.put("c2", turn, "up"), opinions.put("c1", "0" * 32, "up")) == (False, False)
    assert (opinions.put("c1", turn, "up"), opinions.put("c1", turn, None)) == (True, True)
    assert opinions.latest(10) == []


def test_the_history_is_a_conversations_last_turns_in_order(database: Engine) -> None:
    store = TurnStore(database)
    ids = [answered(store, "c1", f"câu {n}") for n in range(4)]
    answered(store, "c2", "của người khác")
    assert [turn.id for turn in store.history("c1", 3)] == ids[1:]
    assert all(turn.received_at and turn.received_at.tzinfo for turn in store.history("c1", 3))


def test_what_is_forgotten_goes_with_the_opinions_on_it(database: Engine) -> None:
    store, opinions = TurnStore(database), FeedbackStore(database)
    gone, kept = answered(store, "c1", "một"), answered(store, "c2", "hai")
    waiting, _ = store.receive("web", "c1", "đang chờ")
    for conversation, turn in (("c1", gone), ("c2", kept)):
        opinions.put(conversation, turn, "up")
    assert store.forget("c1") == 1
    assert [turn.id for turn in store.history("c1", 9)] == [waiting.id]
    assert [opinion.turn for opinion in opinions.latest(9)] == [kept]


def test_old_turns_are_purged(database: Engine) -> None:
    store = TurnStore(database)
    answered(store, "c1", "một")
    now = datetime.now(UTC)
    assert (store.purge(now - timedelta(days=1)), store.purge(now + timedelta(seconds=1))) == (0, 1)
    assert store.history("c1", 9) == []
