"""What a person deletes leaves the dialogue engine as well, whether or not it is there at that moment."""

from __future__ import annotations

from bot.turns.desk import Incoming
from bot.turns.identity import conversation_id
from tests.bot.conftest import SECRET, Gateway

TALK = conversation_id(SECRET, "rest", "", "an")


async def answered(gateway: Gateway) -> None:
    await (await gateway.desk.take(Incoming("rest", "an", "chào"))).replies()


async def test_the_engine_is_told_at_once(gateway: Gateway) -> None:
    await answered(gateway)
    assert await gateway.forgetter.forget(TALK) == 1
    await gateway.forgetter.catch_up()
    assert gateway.engine.forgot == [TALK]


async def test_an_engine_that_is_away_is_told_when_it_is_back(gateway: Gateway) -> None:
    await answered(gateway)
    gateway.engine.up = False
    assert await gateway.forgetter.forget(TALK) == 1
    await gateway.forgetter.catch_up()
    assert (gateway.engine.forgot, gateway.stores.turns.history(TALK, 9)) == ([], [])
    gateway.engine.up = True
    await gateway.forgetter.catch_up()
    assert gateway.engine.forgot == [TALK]


async def test_one_that_the_engine_can_not_forget_does_not_hold_up_the_others(gateway: Gateway) -> None:
    gateway.engine.up = False
    for name in ("bad", "good"):
        await gateway.forgetter.forget(name)
    gateway.engine.up = True
    gateway.engine.unforgettable = "bad"
    await gateway.forgetter.catch_up()
    gateway.engine.unforgettable = ""
    await gateway.forgetter.catch_up()
    assert gateway.engine.forgot == ["good", "bad"]
