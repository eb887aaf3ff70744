"""What a Zalo user gets for what he sends: the real channel against the simulator."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from bot.messages.catalog import message
from tests.bot.channels.zalo.conftest import Channel


async def test_a_question_is_answered(channel: Channel) -> None:
    channel.say("Ai chủ trì SOC?")
    await channel.quiet()
    assert channel.heard() == ["đáp: Ai chủ trì SOC?"]


async def test_one_users_messages_are_answered_in_order(channel: Channel) -> None:
    for n in range(6):
        channel.say(f"câu {n}")
        await channel.events.settle()
    await channel.quiet()
    assert channel.heard() == [f"đáp: câu {n}" for n in range(6)]


async def test_who_was_being_served_when_the_database_went_away_is_served_when_it_is_back(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, failed = channel.deliveries.release, []

    def fails_once(users: Iterable[str], by: str) -> None:
        if not failed:
            failed.append(by)
            raise OSError
        release(users, by)

    monkeypatch.setattr(channel.deliveries, "release", fails_once)
    channel.say("một")
    await channel.quiet()
    await channel.until(lambda: bool(failed))
    channel.clock[0] = timedelta(seconds=20)  # the lease that was not given back has run out
    channel.say("hai")
    await channel.quiet()
    assert channel.heard() == ["đáp: một", "đáp: hai"]


async def test_who_follows_is_greeted(channel: Channel) -> None:
    channel.events.follows("u1")
    await channel.quiet()
    assert channel.heard() == [message("zalo.greeting")]


async def test_staff_link_and_unlink_their_account(channel: Channel) -> None:
    account = channel.accounts.create("Lan", "staff", "Sở Khoa học và Công nghệ")
    code = channel.accounts.link_code(account.id)
    for text in (f"liên kết {code}", "Ai chủ trì SOC?", "hủy liên kết", "Ai chủ trì SOC?"):
        channel.say(text)
        await channel.events.settle()
    await channel.quiet()
    linked = message("zalo.linked", name="Lan", agency="Sở Khoa học và Công nghệ")
    assert channel.heard() == [linked, "đáp: Ai chủ trì SOC?", message("zalo.unlinked"), "đáp: Ai chủ trì SOC?"]
    as_staff, as_citizen = (row for row in channel.rows() if row["text"] == "Ai chủ trì SOC?")
    assert (as_staff["account"], as_citizen["account"]) == (account.id, "")
    assert as_staff["conversation"] != as_citizen["conversation"]
