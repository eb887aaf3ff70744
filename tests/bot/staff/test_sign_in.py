"""Signing in with a link code: in a browser, against the whole gateway."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
import pytest

from bot.channels.web.session import COOKIE, new_session, signed
from bot.messages.catalog import message, texts
from bot.staff.page import STATIC, page
from bot.turns.identity import conversation_id
from knowledge.progress.types import Account
from knowledge.store.links import TRIES
from tests.bot.conftest import SECRET, Gateway

SCIENCE = "Sở Khoa học và Công nghệ"
TOLD = {"role": "staff", "agency": SCIENCE, "name": "An"}


@pytest.fixture
def an(gateway: Gateway) -> Account:
    return gateway.stores.accounts.create("An", "staff", SCIENCE)


async def link(gateway: Gateway, code: str, **more: object) -> httpx.Response:
    return await gateway.client.post("/staff/link", json={"code": code}, **more)  # type: ignore[arg-type]


async def me(gateway: Gateway, **headers: str) -> dict[str, object]:
    found: dict[str, object] = (await gateway.client.get("/staff/me", headers=headers)).json()
    return found


def code_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def test_a_code_signs_the_browser_in_and_out_again(gateway: Gateway, an: Account) -> None:
    assert await me(gateway) == {"account": None, "sign_in": True, "oidc": False}
    response = await link(gateway, gateway.stores.accounts.link_code(an.id).lower())
    assert (response.status_code, response.json()) == (200, {"account": TOLD, "session": None})
    cookie = response.headers["set-cookie"].lower()
    assert ("httponly" in cookie, "samesite=strict" in cookie) == (True, True)
    assert await me(gateway) == {"account": TOLD, "sign_in": True, "oidc": False}
    out = await gateway.client.post("/staff/sign-out")
    assert (out.status_code, out.json()) == (200, {"account": None, "session": None})
    assert await me(gateway) == {"account": None, "sign_in": True, "oidc": False}


async def test_what_a_signed_in_browser_says_is_said_by_its_account(gateway: Gateway, an: Account) -> None:
    await link(gateway, gateway.stores.accounts.link_code(an.id))
    stream = await gateway.client.post("/api/chat/stream", json={"conversation": "tab", "message": "chào"})
    turn = re.findall(r'"turn": "(\w+)"', stream.text)[0]
    assert gateway.stores.turns.read(turn).account == an.id
    await gateway.say("chào", "tab")
    assert gateway.engine.sent[-1][0] == conversation_id(SECRET, "rest", an.id, "tab")


async def test_signing_in_and_out_gives_a_new_session_so_that_a_planted_one_is_worth_nothing(
    gateway: Gateway, an: Account
) -> None:
    planted = signed(SECRET, new_session())
    sent = {"Cookie": f"{COOKIE}={planted}"}
    await link(gateway, gateway.stores.accounts.link_code(an.id), headers=sent)
    during = gateway.client.cookies[COOKIE]
    gateway.client.cookies.clear()
    assert (await me(gateway, Cookie=f"{COOKIE}={planted}"))["account"] is None
    assert (await me(gateway, Cookie=f"{COOKIE}={during}"))["account"] == TOLD
    await gateway.client.post("/staff/sign-out", headers={"Cookie": f"{COOKIE}={during}"})
    gateway.client.cookies.clear()
    assert (await me(gateway, Cookie=f"{COOKIE}={during}"))["account"] is None


async def test_a_disabled_account_is_signed_out_at_once(gateway: Gateway, an: Account) -> None:
    await link(gateway, gateway.stores.accounts.link_code(an.id))
    gateway.stores.accounts.disable(an.id)
    assert (await me(gateway))["account"] is None


@pytest.mark.parametrize("code", ["", "ABCD EFGH", "x" * 10_000, "\u0000", "' OR 1=1"])
async def test_a_wrong_code_signs_nobody_in(gateway: Gateway, an: Account, code: str) -> None:
    gateway.stores.accounts.link_code(an.id)
    assert code_of(await link(gateway, code)) == (403, "bad_code")
    assert (await me(gateway))["account"] is None


async def test_a_code_works_once(gateway: Gateway, an: Account) -> None:
    code = gateway.stores.accounts.link_code(an.id)
    await link(gateway, code)
    gateway.client.cookies.clear()
    assert code_of(await link(gateway, code)) == (403, "bad_code")


async def test_guessing_is_slowed_down(gateway: Gateway, an: Account) -> None:
    await gateway.client.post("/api/chat/session")
    for _ in range(TRIES):
        assert (await link(gateway, "ABCD EFGH")).status_code == 403
    response = await link(gateway, gateway.stores.accounts.link_code(an.id))
    assert (code_of(response), int(response.headers["retry-after"]) > 500) == ((429, "too_many_codes"), True)


@pytest.mark.parametrize("path", ["/staff/link", "/staff/sign-out"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_a_foreign_page_signs_nobody_in_or_out(gateway: Gateway, an: Account, path: str, origin: str) -> None:
    await link(gateway, gateway.stores.accounts.link_code(an.id))
    body = {"code": gateway.stores.accounts.link_code(an.id)}
    assert code_of(await gateway.client.post(path, json=body, headers={"Origin": origin})) == (403, "forbidden_origin")
    assert (await me(gateway))["account"] == TOLD
    assert (await gateway.client.post(path, json=body, headers={"Origin": "http://test"})).status_code == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"code": 7}'])
async def test_a_broken_call_is_refused(gateway: Gateway, body: bytes) -> None:
    response = await gateway.client.post("/staff/link", content=body)
    assert response.status_code in (400, 422)


async def test_a_token_tells_who_it_stands_for_and_an_unknown_one_is_no_citizen(gateway: Gateway, an: Account) -> None:
    token = gateway.stores.accounts.issue_token(an.id)
    assert (await me(gateway, Authorization=f"Bearer {token}"))["account"] == TOLD
    response = await gateway.client.get("/staff/me", headers={"Authorization": "Bearer x"})
    assert code_of(response) == (401, "unauthorized")


async def test_without_a_provider_its_routes_are_not_there(gateway: Gateway) -> None:
    assert (await gateway.client.get("/staff/oidc/start")).status_code == 404


class Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [v for k, v in attrs if k in ("src", "href") and v]
        self.inline += [k for k, _ in attrs if k == "style" or k.startswith("on")]
        self.names += [v for k, v in attrs if k == "id" and v]
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.inline.append(tag)


@pytest.mark.parametrize("lang", ["vi", "en"])
async def test_the_page_speaks_both_languages_and_holds_nothing_inline(gateway: Gateway, lang: str) -> None:
    response = await gateway.client.get("/staff", params={"lang": lang})
    marks = Marks()
    marks.feed(response.text)
    assert (response.status_code, marks.inline, "{{" in response.text) == (200, [], False)
    assert f'<html lang="{lang}">' in response.text
    assert message("staff.page_title", lang) in response.text  # type: ignore[arg-type]
    assert "unsafe-inline" not in response.headers["content-security-policy"]
    for address in marks.addresses:
        assert address.startswith("/")
        if address.startswith("/staff/static/"):
            assert (await gateway.client.get(address)).status_code == 200
    script = (STATIC / "sign-in.js").read_text("utf-8")
    assert set(re.findall(r'part\("([a-z-]+)"\)', script)) <= set(marks.names)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_the_page_uses_every_text_of_its_own() -> None:
    places = set(re.findall(r"\{\{(\w+)\}\}", (STATIC / "sign-in.html").read_text("utf-8")))
    own = {key.removeprefix("staff.page_") for key in texts("vi") if key.startswith("staff.page_")}
    assert own == {p for p in places if not p.startswith("role_")} - {"lang", "oidc", "problem"}


def test_the_page_offers_the_provider_only_where_there_is_one() -> None:
    assert "<p hidden><a" in page("vi", oidc=False)
    assert "<p ><a" in page("vi", oidc=True)
