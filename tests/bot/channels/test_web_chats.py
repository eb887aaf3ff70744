"""Sessions, history, deletion and feedback of the widget, from our own pages and from those of other sites."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from bot.channels.web.session import COOKIE, HEADER, verified
from bot.gateway.settings import Settings
from bot.messages.catalog import message
from tests.bot.channels.test_web import ask, events
from tests.bot.conftest import SECRET, Gateway

SITE = {"Origin": "https://donviso.example"}
QUOTA = 3 * 1024**2


@pytest.fixture
def settings(tmp_path: Any) -> Settings:
    return Settings(
        var=tmp_path,
        cors_origins=(SITE["Origin"],),
        contact="Sở KHCN",
        retention_days=30,
        evidence_quota_bytes=QUOTA,
        rate_per_minute=1,
    )


async def history(gateway: Gateway, conversation: str = "tab", **more: Any) -> httpx.Response:
    return await gateway.client.get("/api/chat/history", params={"conversation": conversation}, **more)


async def opened(gateway: Gateway) -> dict[str, str]:
    """Headers of a page of another site with a session of its own."""
    response = await gateway.client.post("/api/chat/session", headers=SITE)
    return SITE | {HEADER: response.json()["session"]}


async def test_our_own_page_gets_its_session_as_a_cookie_that_scripts_can_not_read(gateway: Gateway) -> None:
    response = await gateway.client.post("/api/chat/session")
    about = {"contact": "Sở KHCN", "retention_days": 30, "message_limit": 2000}
    assert response.json() == {"session": None, "about": about}
    assert {"httponly", "samesite=strict"} <= set(response.headers["set-cookie"].lower().split("; "))


async def test_the_cookie_of_a_page_under_tls_travels_under_tls_alone(gateway: Gateway) -> None:
    host = gateway.client.base_url.netloc.decode()
    plain, private = [
        await gateway.client.post("/api/chat/session", headers={"Origin": f"{scheme}://{host}"})
        for scheme in ("http", "https")
    ]
    assert ["secure" in r.headers["set-cookie"].lower().split("; ") for r in (plain, private)] == [False, True]


async def test_a_page_of_another_site_gets_a_signed_token_and_no_cookie(gateway: Gateway) -> None:
    response = await gateway.client.post("/api/chat/session", headers=SITE)
    assert verified(SECRET, response.json()["session"]) is not None
    assert "set-cookie" not in response.headers
    assert response.headers["access-control-allow-origin"] == SITE["Origin"]
    again = await gateway.client.post("/api/chat/session", headers=SITE | {HEADER: response.json()["session"]})
    assert again.json()["session"] == response.json()["session"]


async def test_another_site_needs_a_token_that_this_server_signed(gateway: Gateway) -> None:
    for forged in ({}, {HEADER: "mine.0000"}, {HEADER: ""}):
        response = await ask(gateway, "chào", headers=SITE | forged)
        assert (response.status_code, response.json()["error"]["code"]) == (401, "no_session")
    assert (await ask(gateway, "chào", headers=await opened(gateway))).status_code == 200


async def test_another_sites_page_does_not_see_what_was_said_on_our_own(gateway: Gateway) -> None:
    await ask(gateway, "của tôi")
    cookie = {"Cookie": f"{COOKIE}={gateway.client.cookies[COOKIE]}"}
    assert (await history(gateway, headers=SITE | cookie)).status_code == 401
    assert (await history(gateway, headers=cookie)).json()[0]["text"] == "của tôi"


async def test_the_history_is_what_this_session_said_in_this_conversation(gateway: Gateway) -> None:
    one, other = await opened(gateway), await opened(gateway)
    (_, accepted), *_ = events(await ask(gateway, "chào", headers=one, message_id="m1"))
    (turn,) = (await history(gateway, headers=one)).json()
    assert turn == {
        "turn": accepted["turn"], "message_id": "m1", "files": [], "text": "chào", "state": "done", "vote": None, "at": turn["at"],
        "replies": [{"text": "đáp: chào", "custom": turn["replies"][0]["custom"]}],
    }  # fmt: skip
    assert (await history(gateway, "another", headers=one)).json() == []
    assert (await history(gateway, headers=other)).json() == []


async def test_there_is_no_history_without_a_session(gateway: Gateway) -> None:
    assert (await history(gateway)).status_code == 401


async def test_deleting_a_conversation_takes_what_is_being_answered_as_well(gateway: Gateway) -> None:
    asked, answer = asyncio.Event(), asyncio.Event()

    async def reply() -> list[dict[str, Any]]:
        asked.set()
        await answer.wait()
        return [{"text": "đáp"}]

    gateway.engine.reply = lambda _: reply()
    mine = await opened(gateway)
    turn = asyncio.create_task(ask(gateway, "xin chào", headers=mine))
    await asked.wait()
    deletion = asyncio.create_task(
        gateway.client.delete("/api/chat/history", headers=mine, params={"conversation": "tab"})
    )
    await asyncio.wait({deletion}, timeout=0.2)  # long enough for one that does not wait
    answer.set()
    assert (events(await turn)[-1][0], (await deletion).json()) == ("done", {"deleted": 1})
    assert (await history(gateway, headers=mine)).json() == []


async def test_a_conversation_can_be_deleted_by_its_own_session_alone(gateway: Gateway) -> None:
    one, other = await opened(gateway), await opened(gateway)
    await ask(gateway, "chào", headers=one)
    where = {"params": {"conversation": "tab"}}
    assert (await gateway.client.delete("/api/chat/history", headers=other, **where)).json() == {"deleted": 0}
    assert (await gateway.client.delete("/api/chat/history", headers=one, **where)).json() == {"deleted": 1}
    assert (await history(gateway, headers=one)).json() == []


async def rate(gateway: Gateway, turn: str, vote: object, **more: Any) -> httpx.Response:
    body = {"conversation": "tab", "turn": turn, "vote": vote, "comment": more.pop("comment", "")}
    return await gateway.client.post("/api/chat/feedback", json=body, **more)


async def test_an_answer_is_rated_by_those_who_got_it(gateway: Gateway) -> None:
    (_, accepted), *_ = events(await ask(gateway, "chào"))
    turn = accepted["turn"]
    assert (await rate(gateway, turn, "down", comment="thiếu\r\nnguồn")).json() == {"kept": True}
    assert [(o.turn, o.vote, o.comment) for o in gateway.stores.feedback.latest(9)] == [(turn, "down", "thiếu\nnguồn")]
    assert [t["vote"] for t in (await history(gateway)).json()] == ["down"]
    assert (await rate(gateway, turn, "up", headers=await opened(gateway))).status_code == 404
    assert (await rate(gateway, turn, "")).json() == {"kept": False}
    assert gateway.stores.feedback.latest(9) == []


@pytest.mark.parametrize("vote", ["maybe", 1, ["up"], {"vote": "up"}])
async def test_a_vote_is_up_or_down(gateway: Gateway, vote: object) -> None:
    await gateway.client.post("/api/chat/session")
    assert (await rate(gateway, "0" * 32, vote)).status_code == 422


async def test_a_comment_is_cut_to_its_limit(gateway: Gateway) -> None:
    (_, accepted), *_ = events(await ask(gateway, "chào"))
    await rate(gateway, accepted["turn"], "up", comment="á" * 5000)
    assert [len(o.comment) for o in gateway.stores.feedback.latest(1)] == [1000]


async def test_a_rasa_client_on_an_allowed_site_passes_the_browsers_preflight(gateway: Gateway) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = await gateway.client.options("/webhooks/rest/webhook", headers=SITE | asks)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, SITE["Origin"])
    assert "content-type" in allowed.headers["access-control-allow-headers"]
    refused = await gateway.client.options("/webhooks/rest/webhook", headers={"Origin": "https://evil.example"} | asks)
    assert (refused.status_code, "access-control-allow-origin" in refused.headers) == (400, False)


async def test_the_widgets_files_may_be_loaded_by_any_page_and_kept(gateway: Gateway) -> None:
    loader = await gateway.client.get("/widget.js")
    panel = await gateway.client.get("/static/panel.js?v=0")
    for response in (loader, panel):
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, "*")
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert (loader.headers["cache-control"], "immutable" in panel.headers["cache-control"]) == (
        "public, max-age=300", True,
    )  # fmt: skip


PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


async def send_file(gateway: Gateway, data: bytes = PNG, name: str = "ảnh.png", **more: Any) -> httpx.Response:
    where = {"conversation": "tab", "name": name, "message_id": more.pop("message_id", "f1")}
    return await gateway.client.post("/api/chat/evidence", params=where, content=data, **more)


async def staff(gateway: Gateway) -> None:
    """Sign the client's browser in."""
    await gateway.client.post("/api/chat/session")
    account = gateway.stores.accounts.create("Nguyễn An", "staff", "Công an tỉnh")
    code = gateway.stores.accounts.link_code(account.id)
    assert (await gateway.client.post("/staff/link", json={"code": code})).status_code == 200


async def test_a_signed_in_officials_file_comes_with_the_turn_and_is_kept_once(gateway: Gateway) -> None:
    await staff(gateway)
    sent = [events(await send_file(gateway)) for _ in range(2)]
    assert sent[0] == sent[1]
    (turn,) = (await history(gateway)).json()
    assert (turn["text"], turn["files"]) == ("", ["ảnh.png"])
    assert len(gateway.engine.sent) == 1


async def test_another_file_under_the_same_id_is_refused_and_not_lost_unsaid(gateway: Gateway) -> None:
    await staff(gateway)
    await send_file(gateway)
    response = await send_file(gateway, PNG + b"other")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "message_id_reused")


async def test_a_citizen_sends_no_files(gateway: Gateway) -> None:
    assert (await send_file(gateway)).status_code == 401
    await gateway.client.post("/api/chat/session")
    response = await send_file(gateway)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "sign_in_first")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [(b"", "a.png", "file_empty"), (PNG, "a.exe", "file_kind"), (b"MZ", "a.png", "file_content")],
)
async def test_a_file_that_is_not_taken_is_refused_with_the_reason(
    gateway: Gateway, data: bytes, name: str, code: str
) -> None:
    await staff(gateway)
    response = await send_file(gateway, data, name)
    assert (response.status_code, response.json()["error"]["code"]) == (422, code)


def kept(settings: Settings) -> int:
    """How many files are on disk."""
    return sum(path.is_file() for path in settings.var.rglob("evidence/*/*"))


async def test_no_byte_is_written_for_who_sends_too_fast_or_on_a_channel_that_is_off(
    gateway: Gateway, settings: Settings
) -> None:
    await staff(gateway)
    gateway.stores.switches.off("web", "Tạm nghỉ.")
    assert "Tạm nghỉ." in (await send_file(gateway)).text
    gateway.stores.switches.on("web")
    codes = [(await ask(gateway, f"câu {n}")).status_code for n in range(settings.rate_burst)]
    assert (codes[0], (await send_file(gateway)).status_code, kept(settings)) == (200, 429, 0)


async def test_an_account_that_has_used_up_its_room_is_told_so(gateway: Gateway, settings: Settings) -> None:
    await staff(gateway)
    half = PNG + bytes(QUOTA // 2)
    sent = [await send_file(gateway, half + bytes(n), message_id=f"f{n}") for n in range(2)]
    assert [response.status_code for response in sent] == [200, 422]
    assert sent[1].json()["error"] == {"code": "file_full", "message": message("error.file_full", megabytes=3)}
    assert kept(settings) == 1


async def test_a_file_may_be_larger_than_a_message_and_not_larger_than_its_own_limit(gateway: Gateway) -> None:
    await staff(gateway)
    assert (await send_file(gateway, PNG + bytes(100_000))).status_code == 200
    assert (await send_file(gateway, bytes(10 * 1024 * 1024 + 1))).status_code == 413
