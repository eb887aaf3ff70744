import asyncio
from typing import Any

import httpx
import pytest

from bot.messages.catalog import message
from bot.turns.desk import Incoming, MessageIdReused
from tests.bot.conftest import Gateway


async def test_turns_of_one_conversation_reach_the_engine_one_at_a_time_and_in_order(gateway: Gateway) -> None:
    under_way = most = 0

    async def slow(text: str) -> list[dict[str, Any]]:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        return [{"text": text}]

    gateway.engine.reply = slow
    taken = [await gateway.desk.take(Incoming("rest", "an", f"câu {i}")) for i in range(5)]
    assert [(await t.replies())[0]["text"] for t in taken] == [f"câu {i}" for i in range(5)]
    assert (most, [text for _, text in gateway.engine.sent]) == (1, [f"câu {i}" for i in range(5)])


async def test_conversations_run_side_by_side(gateway: Gateway) -> None:
    both = asyncio.Barrier(2)

    async def meet(text: str) -> list[dict[str, Any]]:
        await both.wait()
        return [{"text": text}]

    gateway.engine.reply = meet
    taken = [await gateway.desk.take(Incoming("rest", sender, "chào")) for sender in ("an", "bình")]
    await asyncio.wait_for(asyncio.gather(*(t.replies() for t in taken)), 5)


async def test_a_message_sent_again_is_answered_once(gateway: Gateway) -> None:
    first = await gateway.desk.take(Incoming("web", "an", "chào", message_id="m1"))
    again = await gateway.desk.take(Incoming("web", "an", "chào", message_id="m1"))
    assert await again.replies() == await first.replies()
    assert (again.id, len(gateway.engine.sent)) == (first.id, 1)


async def test_a_message_id_can_not_stand_for_another_text(gateway: Gateway) -> None:
    await gateway.desk.take(Incoming("web", "an", "chào", message_id="m1"))
    with pytest.raises(MessageIdReused):
        await gateway.desk.take(Incoming("web", "an", "tạm biệt", message_id="m1"))
    other = await gateway.desk.take(Incoming("web", "bình", "tạm biệt", message_id="m1"))
    assert (await other.replies())[0]["text"] == "đáp: tạm biệt"


async def test_a_failed_message_is_tried_again_when_it_is_sent_again(gateway: Gateway) -> None:
    gateway.engine.reply = lambda _: []
    failed = await (await gateway.desk.take(Incoming("web", "an", "chào", message_id="m1"))).replies()
    assert (failed[0]["text"], failed[0]["custom"]["status"]) == (message("turn.engine_silent"), "error")
    gateway.engine.reply = lambda text: [{"text": text}]
    again = await (await gateway.desk.take(Incoming("web", "an", "chào", message_id="m1"))).replies()
    assert again[0]["text"] == "chào"
    # The engine is told that it may have seen this turn before.
    first, second = gateway.engine.bodies
    assert (first["turn"], first["again"], second["again"]) == (second["turn"], False, True)


async def test_a_turn_is_carried_through_when_the_client_goes_away(gateway: Gateway) -> None:
    release = asyncio.Event()

    async def held(text: str) -> list[dict[str, Any]]:
        await release.wait()
        return [{"text": "xong"}]

    gateway.engine.reply = held
    taken = await gateway.desk.take(Incoming("web", "an", "chào", message_id="m1"))
    waiting = asyncio.create_task(taken.replies())
    await asyncio.sleep(0.01)
    waiting.cancel()
    release.set()
    await gateway.desk.drain(5)
    again = await gateway.desk.take(Incoming("web", "an", "chào", message_id="m1"))
    assert ((await again.replies())[0]["text"], len(gateway.engine.sent)) == ("xong", 1)


@pytest.mark.parametrize("trouble", ["down", httpx.Response(500), httpx.Response(200, text="?")])
async def test_without_the_engine_a_single_question_is_answered_and_marked(gateway: Gateway, trouble: Any) -> None:
    gateway.engine.up = trouble != "down"
    gateway.engine.reply = lambda _: trouble
    answer, notice = await (await gateway.desk.take(Incoming("rest", "an", "SOC của ai?", lang="en"))).replies()
    assert (answer["text"], answer["custom"]["degraded"]) == ("Theo kế hoạch…", True)
    assert notice == {"text": message("turn.degraded", "en")}


async def test_the_engine_sees_an_opaque_conversation_and_not_the_sender(gateway: Gateway) -> None:
    await (await gateway.desk.take(Incoming("rest", "0912345678", "chào"))).replies()
    ((conversation, _),) = gateway.engine.sent
    assert (len(conversation), "0912345678" in conversation) == (32, False)


async def test_a_channel_that_is_switched_off_answers_with_its_notice_and_records_nothing(gateway: Gateway) -> None:
    gateway.stores.switches.off("rest", "Tạm nghỉ đến 13 giờ.")
    off = (await gateway.say("chào")).json()
    gateway.stores.switches.on("rest")
    on = (await gateway.say("chào")).json()
    assert [m["text"] for m in (*off, *on)] == ["Tạm nghỉ đến 13 giờ.", "đáp: chào"]
    assert [text for _, text in gateway.engine.sent] == ["chào"]
