"""The inbox and outbox of Zalo, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from knowledge.store.deliveries import Arrival, DeliveryStore
from knowledge.store.forgetting import ForgettingStore
from knowledge.store.tables import turns, zalo_deliveries, zalo_users
from knowledge.store.turns import TurnStore

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SOON = NOW + timedelta(seconds=10)


def arrival(user: str = "u1", message_id: str = "m1", seconds: float = 0, kind: str = "text") -> Arrival:
    return Arrival(user, message_id, kind, f"câu {message_id}", NOW + timedelta(seconds=seconds))


@pytest.fixture
def store(database: Engine) -> DeliveryStore:
    return DeliveryStore(database)


def come(store: DeliveryStore, *arrivals: Arrival) -> list[bool]:
    return [store.receive(a, f"talk of {a.user}", NOW + timedelta(seconds=60)) for a in arrivals]


def claim(store: DeliveryStore, by: str, at: datetime = NOW + timedelta(minutes=2), most: int = 9) -> list[str]:
    return store.claim(by, at, at + timedelta(seconds=10), most, at)


def test_a_message_that_comes_from_many_sides_at_once_is_recorded_once(database: Engine, store: DeliveryStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda _: store.receive(arrival(), "c", NOW), range(50)))
    with database.connect() as connection:
        rows = [len(connection.execute(select(t)).all()) for t in (turns, zalo_deliveries, zalo_users)]
    assert (new.count(True), rows) == (1, [1, 1, 1])


def test_two_first_messages_of_one_user_at_once_are_both_recorded(store: DeliveryStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda n: store.receive(arrival(message_id=f"m{n}"), "c", NOW), range(20)))
    assert new == [True] * 20


def test_a_user_is_worked_on_by_one_at_a_time(store: DeliveryStore) -> None:
    come(store, *(arrival(f"u{n}") for n in range(20)))
    with ThreadPoolExecutor(4) as pool:
        claimed = list(pool.map(lambda by: claim(store, by, most=20), ("a", "b", "c", "d")))
    assert sorted(user for users in claimed for user in users) == sorted(f"u{n}" for n in range(20))


def test_a_lease_ends_when_it_is_given_back_or_runs_out_and_not_before(store: DeliveryStore) -> None:
    come(store, arrival())
    at = NOW + timedelta(minutes=2)
    found = [claim(store, "a", at), claim(store, "b", at + timedelta(seconds=9))]
    kept = [
        store.keep(users, by, at + timedelta(seconds=second), at + timedelta(seconds=30))
        for users, by, second in ((["u1"], "b", 9), (["u2"], "a", 9), (["u1"], "a", 11), (["u1", "u2"], "a", 9))
    ]
    assert kept == [[], [], [], ["u1"]]
    found += [claim(store, "b", at + timedelta(seconds=29)), claim(store, "b", at + timedelta(seconds=30))]
    store.release(["u1"], "a")  # not a's any more
    found.append(claim(store, "c", at + timedelta(seconds=31)))
    store.release(["u1"], "b")
    found.append(claim(store, "c", at + timedelta(seconds=31)))
    assert found == [["u1"], [], [], ["u1"], [], ["u1"]]


def test_the_next_is_what_was_said_first_unless_another_is_half_sent(store: DeliveryStore) -> None:
    come(store, arrival(message_id="later", seconds=5), arrival(message_id="first"))
    first = store.next("u1")
    assert first is not None
    assert first.message_id == "first"
    store.wrap(first.seq - 1, [{"text": "1"}, {"text": "2"}])  # the other came in just before
    half_sent = store.next("u1")
    assert half_sent is not None
    assert half_sent.message_id == "later"


def test_one_that_waits_for_another_attempt_holds_up_its_users_later_ones_alone(store: DeliveryStore) -> None:
    come(store, arrival(), arrival(message_id="m2", seconds=1), arrival("u2", "m3"))
    waiting = store.next("u1")
    assert waiting is not None
    store.later(waiting.seq, NOW + timedelta(minutes=5), "status 500", 1)
    claimed = [claim(store, "a"), claim(store, "b", NOW + timedelta(minutes=6))]
    assert claimed == [["u2"], ["u1", "u2"]] or claimed == [["u2"], ["u2", "u1"]]
    store.end(waiting.seq, "status 500")
    following = store.next("u1")
    assert following is not None
    assert following.message_id == "m2"


def test_without_the_engine_only_what_needs_none_is_worked_on(store: DeliveryStore) -> None:
    come(store, arrival(), arrival("u2", "m2", kind="follow"), arrival("u3", "m3", seconds=-1200))
    at = NOW + timedelta(minutes=2)
    assert sorted(store.claim("a", at, SOON, 9, at - timedelta(minutes=10))) == ["u2", "u3"]


def test_what_is_held_goes_on_when_its_user_writes_again(store: DeliveryStore) -> None:
    come(store, arrival())
    held = store.next("u1")
    assert held is not None
    store.wrap(held.seq, [{"text": "a"}])
    assert store.hold(held.seq, "u1", "window", store.heard("u1"))
    assert (store.next("u1"), [d.state for d in store.aside(9)]) == (None, ["held"])
    come(store, arrival(message_id="m2", seconds=3))
    again = store.next("u1")
    assert again is not None
    assert (again.message_id, store.aside(9)) == ("m1", [])


def test_who_follows_no_longer_is_sent_nothing_until_he_follows_or_writes(store: DeliveryStore) -> None:
    found = []
    come(store, arrival())
    # The second time is that of an event that comes late, after he has followed again.
    for left in (NOW + timedelta(seconds=69), NOW + timedelta(seconds=51)):
        store.left("u1", left)
        found.append(store.obstacle("u1", NOW))
        come(store, arrival(message_id=f"m at {left}", kind="follow"))
        found.append(store.obstacle("u1", NOW))
    assert found == ["unfollowed", None, None, None]


def test_eight_replies_are_free_within_two_days_of_the_users_message(store: DeliveryStore) -> None:
    come(store, arrival())
    free = []
    for n in range(9):
        free.append(store.obstacle("u1", NOW + timedelta(hours=1)) is None)
        store.sent(1, n, "u1", last=False)
    come(store, arrival(message_id="m2"))
    free += [store.obstacle("u1", NOW + timedelta(hours=h)) is None for h in (48, 49)]
    assert free == [True] * 8 + [False, True, False]


def test_what_is_forgotten_or_too_old_takes_its_deliveries_along(database: Engine, store: DeliveryStore) -> None:
    come(store, arrival(), arrival("u2", "m2"))
    old = TurnStore(database)
    for user in ("u1", "u2"):
        delivery = store.next(user)
        assert delivery is not None
        old.finish(delivery.turn, "done", [])
    forgetting = ForgettingStore(database)
    assert forgetting.conversation("talk of u1") == 1
    assert (store.next("u1"), store.next("u2") is not None) == (None, True)
    assert forgetting.purge(NOW + timedelta(days=1)) == 1
    with database.connect() as connection:
        assert [connection.execute(select(t)).all() for t in (zalo_deliveries, zalo_users)] == [[], []]


def test_nothing_is_held_for_a_user_who_has_written_meanwhile(store: DeliveryStore) -> None:
    come(store, arrival())
    first, heard = store.next("u1"), store.heard("u1")
    assert first is not None
    store.wrap(first.seq, [{"text": "a"}])
    store.receive(arrival(message_id="m2", seconds=3), "talk of u1", NOW + timedelta(seconds=3))
    assert (store.hold(first.seq, "u1", "window", heard), store.aside(9)) == (False, [])
