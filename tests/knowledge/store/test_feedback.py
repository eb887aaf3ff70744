from __future__ import annotations

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
