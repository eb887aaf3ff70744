import pytest
from sqlalchemy import Engine

from knowledge.store.drafts import Draft, DraftStore
from tests.knowledge.store.ledgers import Desk


@pytest.fixture
def drafts(database: Engine) -> DraftStore:
    return DraftStore(database)


def test_a_conversation_has_one_draft(desk: Desk, drafts: DraftStore) -> None:
    assert drafts.of_conversation("c") is None
    first = drafts.put(desk.science.id, "c", {"percent": 35, "note": "đang làm"})
    assert first == Draft(first.id, desk.science.id, "c", {"percent": 35, "note": "đang làm"}, False, first.updated_at)
    second = drafts.put(desk.science.id, "c", {"percent": 40}, kept=True)
    assert (second.id, second.state, second.kept) == (first.id, {"percent": 40}, True)
    assert second.updated_at > first.updated_at
    assert drafts.of_conversation("c") == second


def test_an_account_sees_its_own_drafts_newest_first(desk: Desk, drafts: DraftStore) -> None:
    one = drafts.put(desk.science.id, "c", {"n": 1})
    drafts.put(desk.finance.id, "d", {"n": 2})
    three = drafts.put(desk.science.id, "e", {"n": 3})
    assert drafts.of_account(desk.science.id) == [three, one]
    assert drafts.of_account("nobody") == []


def test_a_draft_is_taken_to_another_conversation(desk: Desk, drafts: DraftStore) -> None:
    kept = drafts.put(desk.science.id, "zalo", {"n": 1}, kept=True)
    drafts.put(desk.science.id, "web", {"n": 2})
    taken = drafts.take(kept.id, "web")
    assert taken is not None
    assert (taken.id, taken.conversation, taken.state, taken.kept) == (kept.id, "web", {"n": 1}, False)
    assert drafts.of_account(desk.science.id) == [taken]
    assert drafts.of_conversation("zalo") is None


def test_a_draft_that_is_gone_is_not_taken(desk: Desk, drafts: DraftStore) -> None:
    kept = drafts.put(desk.science.id, "zalo", {"n": 1})
    other = drafts.put(desk.science.id, "web", {"n": 2})
    drafts.remove("zalo")
    drafts.remove("zalo")
    assert drafts.take(kept.id, "web") is None
    assert drafts.of_account(desk.science.id) == [other]


def test_taking_a_draft_where_it_is_keeps_it(desk: Desk, drafts: DraftStore) -> None:
    kept = drafts.put(desk.science.id, "web", {"n": 1}, kept=True)
    taken = drafts.take(kept.id, "web")
    assert taken is not None
    assert (taken.id, taken.state) == (kept.id, {"n": 1})


def test_what_is_left_of_a_saved_draft_is_no_unfinished_one(desk: Desk, drafts: DraftStore) -> None:
    drafts.put(desk.science.id, "c", {"n": 1})
    left = drafts.settle(desk.science.id, "c", {"saved": "m"})
    assert drafts.of_conversation("c") == left
    assert (left.settled, left.kept, left.state) == (True, False, {"saved": "m"})
    assert drafts.of_account(desk.science.id) == []
    begun = drafts.put(desk.science.id, "c", {"n": 2})
    assert (begun.settled, drafts.of_account(desk.science.id)) == (False, [begun])
