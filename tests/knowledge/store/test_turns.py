from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select

from knowledge.store.tables import turns
from knowledge.store.turns import Turn, TurnStore

REPLIES = [{"text": "Sở Tư pháp – “chủ trì” 🙂", "custom": {"status": "answered", "citations": []}}]


@pytest.fixture
def store(database: Engine) -> TurnStore:
    return TurnStore(database)


def test_a_turn_goes_from_received_to_done_with_its_replies(store: TurnStore) -> None:
    received, new = store.receive("rest", "c", "chào", "m1")
    assert (received, new) == (Turn(received.id, "rest", "c", "m1", "received", "chào"), True)
    assert store.read(received.id) == received
    store.start(received.id)
    assert store.read(received.id).state == "processing"
    store.finish(received.id, "done", REPLIES)
    assert store.read(received.id) == Turn(received.id, "rest", "c", "m1", "done", "chào", REPLIES)


def test_a_message_id_is_received_once_per_conversation(store: TurnStore) -> None:
    first, _ = store.receive("rest", "c", "chào", "m1")
    assert store.receive("rest", "c", "chào", "m1") == (first, False)
    assert store.receive("rest", "d", "chào", "m1")[1]


def test_messages_without_an_id_are_turns_of_their_own(store: TurnStore) -> None:
    assert store.receive("rest", "c", "chào")[0].id != store.receive("rest", "c", "chào")[0].id


def test_the_same_message_from_many_threads_is_one_turn(store: TurnStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: store.receive("rest", "c", "chào", "m1"), range(24)))
    assert len({turn.id for turn, _ in got}) == 1
    assert sum(new for _, new in got) == 1


def test_times_are_kept_with_their_zone(store: TurnStore, database: Engine) -> None:
    turn, _ = store.receive("rest", "c", "chào")
    store.start(turn.id)
    store.finish(turn.id, "failed", REPLIES)
    with database.connect() as connection:
        row = connection.execute(select(turns)).one()
    assert row.received_at.utcoffset().total_seconds() == 0
    assert row.received_at <= row.started_at <= row.finished_at


def test_a_turn_with_nothing_before_it_is_under_way_from_its_receipt(store: TurnStore) -> None:
    waiting, _ = store.receive("web", "c", "một")
    assert store.under_way("c") is None
    started, _ = store.receive("web", "c", "hai", started=True)
    assert store.under_way("c") == started
    store.finish(started.id, "done", [{"text": "đáp"}])
    assert store.under_way("c") is None
    store.start(waiting.id)
    assert store.under_way("c") == store.read(waiting.id)
