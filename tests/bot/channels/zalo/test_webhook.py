"""Which calls the webhook takes, and what it records."""

import asyncio
import hashlib
import json
import random
import time
from typing import Any

from sqlalchemy import text

from tests.bot.channels.zalo.conftest import Channel


def event(**more: Any) -> dict[str, Any]:
    return {
        "app_id": "sim-app", "user_id_by_app": "9", "event_name": "user_send_text",
        "timestamp": str(round(time.time() * 1000)), "sender": {"id": "u1"}, "recipient": {"id": "oa"},
        "message": {"msg_id": "m1", "text": "Ai chủ trì SOC?"}, **more,
    }  # fmt: skip


def as_zalo_writes(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def sign(raw: bytes, body: dict[str, Any], secret: str = "sim-oa-secret", app: str = "sim-app") -> dict[str, str]:
    """The header by Zalo's formula, written out here on its own."""
    mac = hashlib.sha256(app.encode() + raw + body["timestamp"].encode() + secret.encode()).hexdigest()
    return {"X-ZEvent-Signature": f"mac={mac}"}


def forgeries() -> list[tuple[bytes, dict[str, str]]]:
    """200 calls that look right and are not."""
    chance = random.Random(5)
    body = event()
    raw = as_zalo_writes(body)
    right = sign(raw, body)
    forged: list[tuple[bytes, dict[str, str]]] = []
    for place in chance.sample(range(len(raw) * 8), 80):
        flipped = bytearray(raw)
        flipped[place // 8] ^= 1 << place % 8
        forged.append((bytes(flipped), right))
    for place in chance.sample(range(64), 20):
        mac = right["X-ZEvent-Signature"]
        other = "0" if mac[4 + place] != "0" else "1"
        forged.append((raw, {"X-ZEvent-Signature": mac[: 4 + place] + other + mac[5 + place :]}))
    rewritten = [
        json.dumps(body).encode(), json.dumps(body, ensure_ascii=False, indent=1).encode(), raw + b"\n", b" " + raw,
        json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(),
    ]  # fmt: skip
    forged += [(again, right) for again in rewritten for _ in range(4)]
    keys = ["", "sim-app-secret", "sim-oa-secre", "sim-oa-secret ", *(f"{chance.random()}" for _ in range(16))]
    forged += [(raw, sign(raw, body, key)) for key in keys]
    forged += [
        (raw, headers) for headers in ({}, {"X-ZEvent-Signature": ""}, {"X-ZEvent-Signature": "mac="}) for _ in range(7)
    ][:20]
    for hours in range(3, 23):
        old = event(timestamp=str(round((time.time() - hours * 3600) * 1000)))
        forged.append((as_zalo_writes(old), sign(as_zalo_writes(old), old)))
    for number in range(20):
        foreign = event(app_id=f"app-{number}")
        forged.append((as_zalo_writes(foreign), sign(as_zalo_writes(foreign), foreign, app=f"app-{number}")))
    assert len(forged) == 200
    return forged


async def test_forged_calls_are_refused_and_leave_no_row(channel: Channel) -> None:
    answers = {
        (await channel.webhook.post("/webhooks/zalo", content=raw, headers=h)).status_code for raw, h in forgeries()
    }
    assert (answers, channel.rows()) == ({401}, [])


async def test_a_call_that_zalo_signed_is_taken(channel: Channel) -> None:
    raw = as_zalo_writes(event())
    answer = await channel.webhook.post("/webhooks/zalo", content=raw, headers=sign(raw, event(**json.loads(raw))))
    assert (answer.status_code, [row["text"] for row in channel.rows()]) == (200, ["Ai chủ trì SOC?"])


async def test_an_event_that_comes_fifty_times_is_one_turn_and_one_reply(channel: Channel) -> None:
    sent = channel.events.user_sends("u1", "text", {"text": "Ai chủ trì SOC?"})
    raw, headers = channel.events.signed(sent)
    calls = [channel.webhook.post("/webhooks/zalo", content=raw, headers=headers) for _ in range(50)]
    assert {answer.status_code for answer in await asyncio.gather(*calls)} == {200}
    await channel.quiet()
    assert (len(channel.rows()), len(channel.engine.sent), len(channel.heard())) == (1, 1, 1)


async def test_the_consoles_probe_and_what_is_not_understood_are_answered_without_a_row(channel: Channel) -> None:
    odd = event(message={"text": "no id"})
    seen = event(event_name="user_seen_message")
    calls = [(b"", {}), (b"{}", {}), *((as_zalo_writes(e), sign(as_zalo_writes(e), e)) for e in (odd, seen))]
    answers = [(await channel.webhook.post("/webhooks/zalo", content=raw, headers=h)).status_code for raw, h in calls]
    answers.append((await channel.webhook.get("/webhooks/zalo")).status_code)
    assert (answers, channel.rows()) == ([200] * 5, [])


async def test_who_withdraws_is_forgotten(channel: Channel) -> None:
    channel.say("bí mật")
    channel.say("của người khác", "u2")
    account = channel.accounts.create("Lan", "leader")
    channel.accounts.link(account.id, "zalo", "u1")
    await channel.quiet()
    wish = {"app_id": "sim-app", "user_id": "u1", "event_name": "user_withdraw", "timestamp": event()["timestamp"]}
    raw = as_zalo_writes(wish)
    await channel.webhook.post("/webhooks/zalo", content=raw, headers=sign(raw, wish))
    with channel.database.connect() as connection:
        left = [
            connection.execute(text(f'SELECT "user" FROM {t}')).scalars().all()
            for t in ("zalo_users", "zalo_deliveries")
        ]
    assert [row["text"] for row in channel.rows()] == ["của người khác"]
    assert (left, channel.accounts.linked("zalo", "u1")) == ([["u2"], ["u2"]], None)
