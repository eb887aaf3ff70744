"""Signing in at a real OpenID Connect provider, asked over HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.channels.web.session import COOKIE
from bot.gateway.settings import Settings
from bot.messages.catalog import message
from bot.staff.claims import Provider, Refused, person
from bot.staff.waiting import COOKIE as WAITING
from tests.bot.conftest import Gateway
from tests.provider import know, running_provider
from tests.system.conftest import PLAIN

SCIENCE = "Sở Khoa học và Công nghệ"
ROLES = "can-bo=staff; lanh-dao=leader; quan-tri=admin"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with running_provider() as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path, provider: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return Settings(
        var=tmp_path,
        oidc_issuer=provider,
        oidc_client_id="sauro",
        oidc_client_secret="of the client",  # type: ignore[arg-type]
        oidc_role_claim="realm.roles",
        oidc_roles=ROLES,  # type: ignore[arg-type]
        oidc_agency_claim="unit",
    )


class Browser:
    """What a person's browser does at the provider."""

    def __init__(self, gateway: Gateway, provider: str) -> None:
        self.gateway = gateway
        self.client = gateway.client
        self.provider = provider

    def known(self, sub: str, **claims: object) -> None:
        """What the provider knows about a person from now on."""
        know(self.provider, sub, **claims)

    async def leave(self) -> str:
        response = await self.client.get("/staff/oidc/start")
        assert response.status_code == 302
        return response.headers["location"]

    def allow(self, address: str, sub: str = "", **form: str) -> str:
        """Sign in at the provider; where it sends the browser back to."""
        response = httpx.post(address, data=form or {"sub": sub}, trust_env=False, verify=PLAIN)
        assert response.status_code == 302, response.text
        return response.headers["location"]

    async def sign_in(self, sub: str) -> httpx.Response:
        return await self.client.get(self.allow(await self.leave(), sub))

    async def me(self) -> dict[str, object]:
        found: dict[str, object] = (await self.client.get("/staff/me")).json()
        return found


@pytest.fixture
def browser(gateway: Gateway, provider: str) -> Browser:
    return Browser(gateway, provider)


def an(**more: object) -> dict[str, object]:
    return {"name": "Nguyễn Văn An", "realm": {"roles": ["khac", "can-bo"]}, "unit": "so khcn", **more}


async def test_a_person_signs_in_with_the_role_and_agency_the_provider_tells(browser: Browser) -> None:
    browser.known("an", **an())
    response = await browser.sign_in("an")
    assert (response.status_code, message("staff.page_title") in response.text) == (200, True)
    cookie = response.headers.get_list("set-cookie")
    assert [c.startswith(f"{COOKIE}=") and "samesite=strict" in c.lower() for c in cookie] == [True, False]
    told = {"role": "staff", "agency": SCIENCE, "name": "Nguyễn Văn An"}
    assert await browser.me() == {"account": told, "sign_in": True, "oidc": True}
    assert [(a.role, a.agency) for a in browser.gateway.stores.accounts.list()] == [("staff", SCIENCE)]


async def test_the_page_speaks_the_language_in_which_the_person_left(browser: Browser) -> None:
    browser.known("an", **an())
    browser.client.headers["Accept-Language"] = "en-US"
    for lang in ("vi", "en"):
        left = await browser.client.get("/staff/oidc/start", params={"lang": lang})
        page = (await browser.client.get(browser.allow(left.headers["location"], "an"))).text
        assert (message("staff.page_title", lang) in page, WAITING in browser.client.cookies) == (True, False)


async def test_the_way_there_carries_state_nonce_and_a_code_challenge(browser: Browser, provider: str) -> None:
    address = urlsplit(await browser.leave())
    asked = {k: v[0] for k, v in parse_qs(address.query).items()}
    held = json.loads(base64.urlsafe_b64decode(browser.client.cookies[WAITING].partition(".")[0]))[1]
    assert held.pop("lang") == "vi"
    (kept,) = (value["data"] for value in held.values())
    digest = hashlib.sha256(kept["code_verifier"].encode()).digest()
    assert f"{address.scheme}://{address.netloc}" == provider
    assert asked == {
        "response_type": "code",
        "client_id": "sauro",
        "redirect_uri": "http://test/staff/oidc/callback",
        "scope": "openid profile",
        "state": asked["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }


async def test_a_change_at_the_provider_counts_from_the_next_sign_in(browser: Browser) -> None:
    browser.known("binh", **an(name="Bình"))
    await browser.sign_in("binh")
    (first,) = browser.gateway.stores.accounts.list()
    browser.known("binh", **an(name="Bình", unit="Công an tỉnh", realm={"roles": "lanh-dao"}))
    assert browser.gateway.stores.accounts.list() == [first]
    await browser.sign_in("binh")
    (moved,) = browser.gateway.stores.accounts.list()
    assert (moved.id, moved.role, moved.agency) == (first.id, "leader", "Công an tỉnh")


async def test_signing_in_gives_a_new_session(browser: Browser) -> None:
    browser.known("an", **an())
    await browser.client.post("/api/chat/session")
    before = browser.client.cookies[COOKIE]
    await browser.sign_in("an")
    assert browser.client.cookies[COOKIE] != before
    browser.client.cookies.clear()
    browser.client.cookies.set(COOKIE, before)
    assert (await browser.me())["account"] is None


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        (an(realm={}), "role"),
        (an(realm={"roles": ["vua"]}), "role"),
        (an(realm={"roles": ["staff"]}), "role"),
        (an(unit=None), "agency"),
        (an(unit="Bộ Quốc phòng"), "agency"),
        (an(unit=["", 7]), "agency"),
    ],
)
async def test_who_has_no_role_or_agency_here_is_refused_politely(
    browser: Browser, claims: dict[str, object], reason: str
) -> None:
    browser.known("la", **claims)
    response = await browser.sign_in("la")
    assert (response.status_code, message(f"staff.refused_{reason}") in response.text) == (403, True)
    assert ((await browser.me())["account"], browser.gateway.stores.accounts.list()) == (None, [])


async def test_a_disabled_account_is_refused(browser: Browser) -> None:
    browser.known("an", **an())
    await browser.sign_in("an")
    (account,) = browser.gateway.stores.accounts.list()
    browser.gateway.stores.accounts.disable(account.id)
    response = await browser.sign_in("an")
    assert (response.status_code, message("staff.refused_disabled") in response.text) == (403, True)
    assert (await browser.me())["account"] is None


async def refused(browser: Browser, address: str) -> bool:
    response = await browser.client.get(address)
    assert (await browser.me())["account"] is None
    return response.status_code == 403 and message("staff.refused_failed") in response.text


class TestForgeries:
    @pytest.fixture(autouse=True)
    def people(self, browser: Browser) -> None:
        browser.known("an", **an())

    async def test_a_return_without_having_left(self, browser: Browser) -> None:
        back = browser.allow(await browser.leave(), "an")
        browser.client.cookies.clear()
        assert await refused(browser, back)

    async def test_another_state(self, browser: Browser) -> None:
        back = browser.allow(await browser.leave(), "an")
        assert await refused(browser, back.replace("state=", "state=x"))

    async def test_a_changed_cookie(self, browser: Browser) -> None:
        back = browser.allow(await browser.leave(), "an")
        kept = browser.client.cookies[WAITING]
        browser.client.cookies.clear()
        browser.client.cookies.set(WAITING, kept[:-1] + ("0" if kept[-1] != "0" else "1"))
        assert await refused(browser, back)

    async def test_the_code_of_another_sign_in_has_another_nonce(self, browser: Browser) -> None:
        stolen = parse_qs(urlsplit(browser.allow(await browser.leave(), "an")).query)["code"][0]
        own = browser.allow(await browser.leave(), "an")
        code = parse_qs(urlsplit(own).query)["code"][0]
        assert await refused(browser, own.replace(code, stolen))

    async def test_a_return_used_twice(self, browser: Browser) -> None:
        back = browser.allow(await browser.leave(), "an")
        await browser.client.get(back)
        await browser.client.post("/staff/sign-out")
        assert await refused(browser, back)

    async def test_a_made_up_code(self, browser: Browser) -> None:
        back = browser.allow(await browser.leave(), "an")
        code = parse_qs(urlsplit(back).query)["code"][0]
        assert await refused(browser, back.replace(code, "x"))

    async def test_a_person_who_declines(self, browser: Browser) -> None:
        state = parse_qs(urlsplit(await browser.leave()).query)["state"][0]
        assert await refused(browser, f"/staff/oidc/callback?error=access_denied&state={state}")

    @pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=%00"])
    async def test_nonsense(self, browser: Browser, query: str) -> None:
        assert await refused(browser, f"/staff/oidc/callback{query}")


class TestAway:
    @pytest.fixture
    def provider(self) -> str:
        return "http://127.0.0.1:9"

    async def test_a_provider_that_is_down_is_said_to_be(self, gateway: Gateway) -> None:
        response = await gateway.client.get("/staff/oidc/start")
        assert (response.status_code, message("staff.refused_unreachable") in response.text) == (502, True)


class TestClaims:
    """How claims are read, whatever their shape."""

    PROVIDER = Provider("https://id", "sauro", roles={"quan-tri": "admin", "can-bo": "staff"}, agencies={"07": SCIENCE})

    @pytest.mark.parametrize(
        ("claims", "role", "agency"),
        [
            ({"role": "can-bo", "agency": "07"}, "staff", SCIENCE),
            ({"role": ["can-bo", "quan-tri"], "agency": "07"}, "admin", None),
            ({"role": " can-bo ", "agency": ["99", "07"]}, "staff", SCIENCE),
        ],
    )
    def test_the_first_value_of_the_settings_that_fits_counts(
        self, claims: dict[str, object], role: str, agency: str | None
    ) -> None:
        found = person({"sub": "1", **claims}, self.PROVIDER)
        assert (found.subject, found.name, found.role, found.agency) == ("https://id 1", "1", role, agency)

    @pytest.mark.parametrize("claims", [{"role": "can-bo", "agency": SCIENCE}, {"role": {"can-bo": 1}}, {}])
    def test_what_the_settings_do_not_name_is_refused(self, claims: dict[str, object]) -> None:
        with pytest.raises(Refused):
            person({"sub": "1", **claims}, self.PROVIDER)
