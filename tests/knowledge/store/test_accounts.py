"""Accounts, tokens, link codes and agencies, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from knowledge.errors import AccountError, BadAccount, BadCode, UnknownAccount, UnknownAgency
from knowledge.progress.types import CITIZEN, Account
from knowledge.store.accounts import AccountStore
from knowledge.store.links import ALPHABET, TRIES, TRIES_OF_ALL

SCIENCE = "Sở Khoa học và Công nghệ"
START = datetime(2026, 7, 1, 8, tzinfo=UTC)


class Hands:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store(database: Engine, hands: Hands) -> AccountStore:
    return AccountStore(database, hands)


@pytest.fixture
def an(store: AccountStore) -> Account:
    return store.create("An", "staff", SCIENCE)


def reason(error: pytest.ExceptionInfo[AccountError]) -> object:
    return error.value.details.get("reason")


class TestAccounts:
    def test_are_found_by_id_and_by_name(self, store: AccountStore, an: Account) -> None:
        chi = store.create("Chi", "admin")
        assert an == Account(an.id, "staff", SCIENCE, "An")
        assert (store.get(an.id), store.named(an.id), store.named(" An "), store.list()) == (an, an, an, [an, chi])
        assert store.get("") == CITIZEN
        store.create(an.id, "staff", SCIENCE)
        assert store.named(an.id) == an
        for call in (store.get, store.named, store.disable, store.erase_name, store.issue_token, store.link_code):
            with pytest.raises(UnknownAccount):
                call("nobody")

    @pytest.mark.parametrize("role", ["staff", "leader"])
    @pytest.mark.parametrize("spelled", ["so khcn", "SỞ KH&CN", "Sở Khoa hocj và Công nghệ", "so khoa hoc cong nghe"])
    def test_belong_to_an_agency_in_any_spelling(self, store: AccountStore, role: str, spelled: str) -> None:
        assert store.create("Bình", role, spelled).agency == SCIENCE

    @pytest.mark.parametrize(
        ("name", "role", "agency", "why"),
        [
            ("Bình", "staff", None, "agency_missing"),
            ("Bình", "citizen", None, "role"),
            ("Bình", "king", None, "role"),
            ("An", "admin", None, "name_taken"),
            (" \u200b", "admin", None, "name_empty"),
            ("x" * 201, "admin", None, "name_long"),
        ],
    )
    def test_that_can_not_be_are_refused(
        self, store: AccountStore, an: Account, name: str, role: str, agency: str | None, why: str
    ) -> None:
        with pytest.raises(BadAccount) as error:
            store.create(name, role, agency)
        assert (reason(error), store.list()) == (why, [an])

    def test_keep_working_when_their_name_is_erased(self, store: AccountStore, an: Account) -> None:
        token = store.issue_token(an.id)
        store.erase_name(an.id)
        nameless = Account(an.id, "staff", SCIENCE)
        assert (store.get(an.id), store.by_token(token), store.list()) == (nameless, nameless, [nameless])
        assert store.create("An", "admin").name == "An"


class TestAgencies:
    def test_nobody_knows_are_refused_with_the_nearest(self, store: AccountStore) -> None:
        with pytest.raises(UnknownAgency) as error:
            store.create("Bình", "staff", "Sở Khoa học Môi trường")
        near = error.value.details["near"]
        assert isinstance(near, tuple)
        assert ("Sở Khoa học và Công nghệ" in near, 1 <= len(near) <= 3, store.list()) == (True, True, [])

    def test_can_be_added_and_are_then_known_in_any_spelling(self, store: AccountStore) -> None:
        assert store.add_agency("UBND  xã Xuân Lộc") == "UBND xã Xuân Lộc"
        assert store.create("Bình", "staff", "ubnd xa xuan loc").agency == "UBND xã Xuân Lộc"
        assert store.added_agencies() == ["UBND xã Xuân Lộc"]
        assert {"UBND xã Xuân Lộc", SCIENCE, "Công an tỉnh", "Cổng TTĐT tỉnh"} <= set(store.agencies())

    @pytest.mark.parametrize("again", ["UBND xã Xuân Lộc", "ubnd xa xuan loc", "so khcn"])
    def test_are_added_once(self, store: AccountStore, again: str) -> None:
        store.add_agency("UBND xã Xuân Lộc")
        with pytest.raises(BadAccount) as error:
            store.add_agency(again)
        assert reason(error) == "agency_known"


class TestTokens:
    def test_are_kept_as_a_hash_alone(self, store: AccountStore, an: Account, database: Engine) -> None:
        token = store.issue_token(an.id)
        with database.connect() as connection:
            rows = connection.execute(text("SELECT * FROM tokens")).all()
        assert (len(token), len(rows), token in str(rows)) == (43, 1, False)

    def test_stand_for_their_account_until_they_are_replaced(self, store: AccountStore, an: Account) -> None:
        first, second = store.issue_token(an.id), store.issue_token(an.id)
        assert (store.by_token(first), store.by_token(second)) == (an, an)
        third = store.rotate_token(an.id)
        assert [store.by_token(t) for t in (first, second, third)] == [None, None, an]

    @pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 10_000, "\ud800", "' OR 1=1 --", "é"])
    def test_nobody_has_stand_for_nobody(self, store: AccountStore, an: Account, token: str) -> None:
        store.issue_token(an.id)
        assert store.by_token(token) is None

    def test_end_when_the_account_is_disabled(self, store: AccountStore, an: Account) -> None:
        token = store.issue_token(an.id)
        store.redeem(store.link_code(an.id), "zalo", "7")
        code = store.link_code(an.id)
        store.disable(an.id)
        shut = Account(an.id, "staff", SCIENCE, "An", disabled=True)
        assert (store.by_token(token), store.linked("zalo", "7"), store.get(an.id)) == (None, None, shut)
        with pytest.raises(BadAccount):
            store.rotate_token(an.id)
        with pytest.raises(BadCode):
            store.redeem(code, "zalo", "8")


class TestLinkCodes:
    def test_are_easy_to_type(self, store: AccountStore, an: Account) -> None:
        code = store.link_code(an.id)
        assert (len(code), code[4], set(code.replace(" ", "")) <= set(ALPHABET)) == (9, " ", True)
        typed = f" {code[:4].lower()}-{code[5:]}\n"
        assert store.redeem(typed, "zalo", "7") == an
        assert store.linked("zalo", "7") == an
        assert (store.linked("zalo", "8"), store.linked("web", "7")) == (None, None)

    def test_work_once(self, store: AccountStore, an: Account) -> None:
        code = store.link_code(an.id)
        store.redeem(code, "zalo", "7")
        with pytest.raises(BadCode):
            store.redeem(code, "zalo", "8")
        assert store.linked("zalo", "8") is None

    def test_live_ten_minutes(self, store: AccountStore, an: Account, hands: Hands) -> None:
        code = store.link_code(an.id)
        hands.turn(minutes=10)
        with pytest.raises(BadCode):
            store.redeem(code, "zalo", "7")
        code = store.link_code(an.id)
        hands.turn(minutes=9, seconds=59)
        assert store.redeem(code, "zalo", "7") == an

    def test_end_when_a_newer_one_is_made(self, store: AccountStore, an: Account) -> None:
        older, newer = store.link_code(an.id), store.link_code(an.id)
        with pytest.raises(BadCode):
            store.redeem(older, "zalo", "7")
        assert store.redeem(newer, "zalo", "7") == an

    def test_can_not_be_guessed(self, store: AccountStore, an: Account, hands: Hands) -> None:
        code = store.link_code(an.id)
        for guess in range(TRIES):
            with pytest.raises(BadCode) as error:
                store.redeem(f"ABCD EF{guess:02}", "zalo", "7")
            assert error.value.details == {}
        with pytest.raises(BadCode) as error:
            store.redeem(code, "zalo", "7")
        assert error.value.details == {"seconds": 601}
        assert store.redeem(code, "zalo", "8") == an
        hands.turn(minutes=10)
        assert store.redeem(store.link_code(an.id), "zalo", "7") == an

    def test_can_not_be_guessed_by_many_together(self, store: AccountStore, an: Account) -> None:
        code = store.link_code(an.id)
        for user in range(TRIES_OF_ALL):
            with pytest.raises(BadCode):
                store.redeem("", "web", str(user))
        with pytest.raises(BadCode) as error:
            store.redeem(code, "web", "another")
        assert error.value.details == {"seconds": 601}

    def test_are_tried_by_many_at_once_and_every_try_counts(self, store: AccountStore, an: Account) -> None:
        def guess(user: int) -> object:
            with pytest.raises(BadCode) as error:
                store.redeem("", "web", str(user))
            return error.value.details.get("seconds")

        with ThreadPoolExecutor(16) as people:
            told = list(people.map(guess, range(TRIES_OF_ALL + 20)))
        assert sorted(told, key=str) == [601] * 20 + [None] * TRIES_OF_ALL

    def test_sign_in_another_name_than_the_one_that_tried(self, store: AccountStore, an: Account) -> None:
        assert store.redeem(store.link_code(an.id), "web", "known to others", "new") == an
        assert (store.linked("web", "known to others"), store.linked("web", "new")) == (None, an)

    def test_give_a_channel_user_to_another_account(self, store: AccountStore, an: Account) -> None:
        chi = store.create("Chi", "admin")
        store.redeem(store.link_code(an.id), "zalo", "7")
        store.redeem(store.link_code(chi.id), "zalo", "7")
        assert store.linked("zalo", "7") == chi

    def test_are_kept_as_a_hash_alone(self, store: AccountStore, an: Account, database: Engine) -> None:
        code = store.link_code(an.id)
        with database.connect() as connection:
            rows = str(connection.execute(text("SELECT * FROM link_codes")).all())
        assert (code in rows, code.replace(" ", "") in rows) == (False, False)


class TestLinks:
    def test_end_when_they_are_undone(self, store: AccountStore, an: Account) -> None:
        store.link(an.id, "web", "s")
        assert (store.unlink("web", "s"), store.linked("web", "s"), store.unlink("web", "s")) == (True, None, False)

    def test_of_a_browser_end_after_a_while(self, store: AccountStore, an: Account, hands: Hands) -> None:
        store.link(an.id, "web", "s")
        hands.turn(hours=11)
        assert store.linked("web", "s", timedelta(hours=12)) == an
        hands.turn(hours=1)
        assert (store.linked("web", "s", timedelta(hours=12)), store.linked("web", "s")) == (None, an)

    def test_that_are_over_go_when_another_is_made(self, store: AccountStore, an: Account, hands: Hands) -> None:
        store.link(an.id, "web", "old")
        store.link(an.id, "zalo", "7")
        hands.turn(hours=12)
        store.link(an.id, "web", "new", timedelta(hours=12))
        assert [store.linked(*user) for user in (("web", "old"), ("web", "new"), ("zalo", "7"))] == [None, an, an]


class TestSignIn:
    def test_makes_an_account_and_finds_it_again(self, store: AccountStore) -> None:
        first = store.signed_in("https://id an", "An", "staff", "so khcn")
        assert first == Account(first.id, "staff", SCIENCE, "An")
        assert (store.signed_in("https://id an", "An", "staff", "so khcn"), store.list()) == (first, [first])

    def test_takes_over_what_the_provider_says_now(self, store: AccountStore) -> None:
        first = store.signed_in("https://id an", "An", "staff", "so khcn")
        moved = store.signed_in("https://id an", "An", "staff", "Công an tỉnh")
        raised = store.signed_in("https://id an", "An", "leader", None)
        assert (moved, raised) == (
            Account(first.id, "staff", "Công an tỉnh", "An"),
            Account(first.id, "leader", None, "An"),
        )

    def test_keeps_people_of_one_name_apart(self, store: AccountStore, an: Account) -> None:
        other = store.signed_in("https://id an", "An", "admin", None)
        assert (other.name, other.id == an.id) == ("An (2)", False)

    def test_does_not_bring_back_an_erased_name(self, store: AccountStore) -> None:
        first = store.signed_in("https://id an", "An", "admin", None)
        store.erase_name(first.id)
        assert store.signed_in("https://id an", "An", "admin", None).name == ""

    def test_twice_at_once_makes_one_account(self, store: AccountStore) -> None:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda _: store.signed_in("https://id an", "An", "admin", None), range(8)))
        assert store.list() == [found[0]]
        assert set(found) == {found[0]}

    def test_is_refused_to_a_disabled_account(self, store: AccountStore) -> None:
        store.disable(store.signed_in("https://id an", "An", "admin", None).id)
        with pytest.raises(BadAccount) as error:
            store.signed_in("https://id an", "An", "admin", None)
        assert reason(error) == "disabled_account"

    def test_at_an_unknown_agency_makes_nothing(self, store: AccountStore) -> None:
        with pytest.raises(UnknownAgency):
            store.signed_in("https://id an", "An", "staff", "Bộ Quốc phòng")
        assert store.list() == []
