import asyncio
from contextlib import suppress

from bot.turns.order import Order


async def test_places_are_entered_in_the_order_they_were_taken() -> None:
    order, seen = Order(), []

    async def turn(name: str, place: object) -> None:
        async with place:  # type: ignore[attr-defined]
            seen.append(f"{name} in")
            await asyncio.sleep(0)
            seen.append(f"{name} out")

    places = [(name, order.join("c")) for name in "abc"]
    await asyncio.gather(*(turn(n, p) for n, p in reversed(places)))
    assert seen == ["a in", "a out", "b in", "b out", "c in", "c out"]


async def test_other_conversations_do_not_wait() -> None:
    order = Order()
    async with order.join("c"), order.join("d"):
        pass


async def test_a_skipped_or_cancelled_place_lets_the_next_in_only_after_the_one_before() -> None:
    order = Order()
    first, skipped, cancelled, last = (order.join("c") for _ in range(4))
    skipped.skip()
    waiting = asyncio.create_task(cancelled.__aenter__())
    await asyncio.sleep(0)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    entered = asyncio.create_task(last.__aenter__())
    async with first:
        await asyncio.sleep(0)
        assert not entered.done()
    await entered
    await last.__aexit__()
    await asyncio.sleep(0)
    assert len(order) == 0
