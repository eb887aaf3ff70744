"""How replies go out: limits, windows, faults of the platform, order."""

from datetime import timedelta

from bot.messages.catalog import message
from bot.zalosim.world import Faults
from tests.bot.channels.zalo.conftest import Channel

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


async def test_with_every_third_send_failing_everything_arrives_once_and_in_order(channel: Channel) -> None:
    channel.world.faults = Faults(rate=0.3, stall=0, again=0.2)
    said = {f"u{u}": [f"câu {u}.{n}" for n in range(8)] for u in range(6)}
    for n in range(8):
        for user, texts in said.items():
            channel.say(texts[n], user)
        await channel.events.settle()
    await channel.quiet()
    assert {user: channel.heard(user) for user in said} == {
        u: [f"đáp: {t}" for t in texts] for u, texts in said.items()
    }
    assert channel.world.calls > 48
    assert channel.deliveries.counts() == {}


async def test_what_never_goes_through_is_laid_aside_until_an_operator_resends_it(channel: Channel) -> None:
    channel.world.faults = Faults(rate=1, stall=0)
    channel.say("câu 1")
    await channel.quiet()
    calls = channel.world.calls
    channel.world.faults = Faults()
    channel.say("câu 2")
    await channel.quiet()
    (dead,) = channel.deliveries.aside(10)
    assert (calls, dead.state, channel.heard()) == (8, "dead", ["đáp: câu 2"])
    assert channel.deliveries.resend([dead.turn], dead.said_at) == 1
    await channel.quiet()
    assert channel.heard() == ["đáp: câu 2", "đáp: câu 1"]
    assert len(channel.engine.sent) == 2


async def test_who_has_blocked_the_account_gets_nothing_and_holds_up_nobody(channel: Channel) -> None:
    channel.say("câu 1")
    await channel.quiet()
    channel.world.users["u1"].blocked = True
    channel.say("câu 2")
    channel.say("câu 1", "u2")
    await channel.quiet()
    assert ([d.reason for d in channel.deliveries.aside(10)], channel.heard("u2")) == (
        ["status 200, error -244"],
        ["đáp: câu 1"],
    )


async def test_what_is_ready_for_somebody_who_left_goes_out_when_he_follows_again(channel: Channel) -> None:
    channel.engine.up = False
    channel.say("câu 1")
    await channel.events.settle()
    channel.events.follows("u1", follows=False)
    await channel.events.settle()
    calls = channel.world.calls
    channel.engine.up = True
    await channel.quiet()
    assert ([d.reason for d in channel.deliveries.aside(10)], channel.world.calls) == (["unfollowed"], calls)
    channel.events.follows("u1")
    await channel.quiet()
    assert channel.heard() == ["đáp: câu 1", message("zalo.greeting")]


async def test_who_sends_too_fast_is_told_so_once(channel: Channel) -> None:
    for n in range(64):
        channel.say(f"câu {n}")
        await channel.events.settle()
    await channel.quiet()
    assert (channel.heard().count(message("zalo.too_fast")), len(channel.rows())) == (1, 61)
    assert [row["text"] for row in channel.rows()] == [*(f"câu {n}" for n in range(60)), ""]


async def test_beyond_the_free_replies_the_rest_is_held_until_the_user_writes_again(channel: Channel) -> None:
    channel.engine.reply = lambda text: [{"text": "a" * 1990 + "."}] * 10
    channel.say("dài")
    await channel.quiet()
    assert len(channel.heard()) == 8
    assert channel.deliveries.counts() == {"held": 1}
    channel.engine.reply = lambda text: [{"text": "ngắn"}]
    channel.say("tiếp")
    await channel.quiet()
    assert len(channel.heard()) == 11
    assert channel.heard()[-1] == "ngắn"


async def test_two_days_after_the_users_message_nothing_is_sent(channel: Channel) -> None:
    channel.engine.up = False
    channel.say("câu 1")
    await channel.events.settle()
    channel.clock[0] = timedelta(hours=49)
    await channel.quiet()
    assert (channel.deliveries.counts(), channel.heard()) == ({"held": 1}, [])


async def test_a_text_that_zalo_finds_too_long_is_cut_again(channel: Channel, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("bot.zalosim.world.TEXT", 900)
    sentence = "Nhiệm vụ này do Sở Khoa học và Công nghệ chủ trì. "
    channel.engine.reply = lambda text: [{"text": sentence * 36, "buttons": [{"title": "Có", "payload": "có"}]}]
    channel.say("dài")
    await channel.quiet()
    heard = channel.heard()
    assert " ".join(heard) == (sentence * 36).strip()
    assert max(map(len, heard)) <= 900
    assert ["attachment" in m for m in channel.world.said if m["from"] == "oa"] == [False, True]


async def test_a_picture_is_uploaded_and_goes_before_its_text(channel: Channel) -> None:
    channel.engine.reply = lambda text: [{"text": "Biểu đồ", "image": PIXEL}]
    channel.say("biểu đồ")
    await channel.quiet()
    picture, words = (m for m in channel.world.said if m["from"] == "oa")
    (element,) = picture["attachment"]["payload"]["elements"]
    assert (channel.world.pictures[element["attachment_id"]][0], words["text"]) == ("image/png", "Biểu đồ")


async def test_a_pressed_button_comes_back_as_a_message(channel: Channel) -> None:
    channel.engine.reply = lambda text: [
        {"text": "Chọn", "buttons": [{"title": "Nhiệm vụ 3", "payload": "nhiệm vụ 3"}]}
    ]
    channel.say("SOC")
    await channel.quiet()
    (button,) = channel.world.said[-1]["attachment"]["payload"]["buttons"]
    channel.say(button["payload"])
    await channel.quiet()
    assert [text for _, text in channel.engine.sent] == ["SOC", "nhiệm vụ 3"]


async def test_while_the_engine_is_down_messages_wait_and_are_then_answered_in_order(channel: Channel) -> None:
    channel.engine.up = False
    for n in range(3):
        channel.say(f"câu {n}")
        await channel.events.settle()
    assert channel.deliveries.counts() == {"waiting": 3}
    channel.engine.up = True
    await channel.quiet()
    assert channel.heard() == [f"đáp: câu {n}" for n in range(3)]


async def test_when_patience_ends_the_provisional_answer_is_sent(channel: Channel) -> None:
    channel.engine.up = False
    channel.say("câu 1")
    await channel.events.settle()
    channel.clock[0] = timedelta(minutes=11)
    await channel.quiet()
    (heard,) = channel.heard()
    assert heard.startswith("Theo kế hoạch…")
    assert message("turn.degraded") in heard


async def test_somebody_who_does_not_follow_is_answered_in_his_conversation(channel: Channel) -> None:
    channel.world.wrote("anon", {})
    event = channel.events._event("anonymous_send_text", sender={"id": "anon"}, recipient={"id": "oa"})
    channel.events.emit(event | {"message": {"msg_id": "m1", "text": "alo", "conversation_id": "c1"}})
    await channel.quiet()
    assert channel.heard("anon") == ["đáp: alo"]


async def test_a_channel_that_is_switched_off_tells_so_and_asks_nobody(channel: Channel) -> None:
    channel.switches.off("zalo", "Tạm nghỉ đến 13 giờ.")
    channel.say("câu 1")
    await channel.quiet()
    channel.switches.on("zalo")
    channel.say("câu 2")
    await channel.quiet()
    assert (channel.heard(), len(channel.engine.sent)) == (["Tạm nghỉ đến 13 giờ.", "đáp: câu 2"], 1)
