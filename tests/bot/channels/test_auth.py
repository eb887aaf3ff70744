"""Who a request speaks for: on every channel and on the API."""

from __future__ import annotations

import pytest

from bot.channels.web.session import COOKIE, HEADER, new_session, signed
from bot.gateway.settings import Settings
from bot.turns.identity import conversation_id
from knowledge.progress.types import Account
from tests.bot.conftest import SECRET, Gateway

SCIENCE = "Sở Khoa học và Công nghệ"
PORTAL = "https://portal.example"
MIRROR = "https://tintuc.example"
ROUTES = (
    ("POST", "/webhooks/rest/webhook"),
    ("POST", "/api/chat/stream"),
    ("GET", "/api/plans"),
    ("GET", "/api/tasks/kh-tu/1/updates"),
    ("POST", "/api/tasks/kh-tu/1/updates"),
    ("GET", "/api/progress"),
    ("GET", "/staff/me"),
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"cors_origins": (PORTAL, MIRROR), "staff_origins": (PORTAL,)})


@pytest.fixture
def an(gateway: Gateway) -> Account:
    return gateway.stores.accounts.create("An", "staff", SCIENCE)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer x", "Basic YTpi", "Bearer é", "Bearer " + "x" * 5000]
)
async def test_an_unknown_token_is_refused_everywhere(gateway: Gateway, header: str) -> None:
    for method, path in ROUTES:
        headers = {b"Authorization": header.encode()}
        response = await gateway.client.request(method, path, headers=headers, json={"message": "chào"})  # type: ignore[arg-type]
        assert (path, response.status_code, response.json()["error"]["code"]) == (path, 401, "unauthorized")
        assert response.headers["www-authenticate"] == "Bearer"
    assert gateway.engine.sent == []


async def test_a_revoked_token_and_a_disabled_account_end_at_once(gateway: Gateway, an: Account) -> None:
    old = gateway.stores.accounts.issue_token(an.id)
    new = gateway.stores.accounts.rotate_token(an.id)
    assert (await gateway.client.get("/staff/me", headers=bearer(new))).json()["account"]["name"] == "An"
    assert await statuses(gateway, bearer(old)) == {401}
    gateway.stores.accounts.disable(an.id)
    assert await statuses(gateway, bearer(new)) == {401}


async def statuses(gateway: Gateway, headers: dict[str, str]) -> set[int]:
    """The answers of all routes."""
    return {(await gateway.client.request(*route, headers=headers)).status_code for route in ROUTES}


async def test_a_token_makes_the_turn_its_accounts(gateway: Gateway, an: Account) -> None:
    headers = bearer(gateway.stores.accounts.issue_token(an.id))
    body = {"sender": "tab", "message": "chào", "account": "forged", "metadata": {"account": "forged"}}
    await gateway.client.post("/webhooks/rest/webhook", json=body, headers=headers)
    await gateway.client.post("/webhooks/rest/webhook", json=body)
    own, citizens = (conversation_id(SECRET, "rest", account, "tab") for account in (an.id, ""))
    assert [conversation for conversation, _ in gateway.engine.sent] == [own, citizens]


class TestSessions:
    """A session in which somebody has signed in."""

    @pytest.fixture
    def session(self, gateway: Gateway, an: Account) -> str:
        name = new_session()
        gateway.stores.accounts.link(an.id, "web", name)
        return signed(SECRET, name)

    async def test_stands_for_the_account_by_cookie_on_our_pages(self, gateway: Gateway, session: str) -> None:
        response = await gateway.client.get("/staff/me", headers={"Cookie": f"{COOKIE}={session}"})
        assert response.json()["account"]["name"] == "An"

    async def test_stands_for_the_account_by_header_on_a_named_site(self, gateway: Gateway, session: str) -> None:
        headers = {"Origin": PORTAL, HEADER: session}
        assert (await gateway.client.get("/staff/me", headers=headers)).json()["account"]["name"] == "An"

    async def test_is_handed_to_a_named_site_as_a_token(self, gateway: Gateway, an: Account) -> None:
        headers = {"Origin": PORTAL}
        body = {"code": gateway.stores.accounts.link_code(an.id)}
        response = await gateway.client.post("/staff/link", json=body, headers=headers)
        assert "set-cookie" not in response.headers
        headers[HEADER] = response.json()["session"]
        assert (await gateway.client.get("/staff/me", headers=headers)).json()["account"]["name"] == "An"

    async def test_is_a_citizens_on_a_site_that_is_not_for_staff(
        self, gateway: Gateway, an: Account, session: str
    ) -> None:
        headers = {"Origin": MIRROR, HEADER: session}
        told = (await gateway.client.get("/staff/me", headers=headers)).json()
        assert told == {"account": None, "sign_in": False, "oidc": False}
        body = {"code": gateway.stores.accounts.link_code(an.id)}
        refused = await gateway.client.post("/staff/link", json=body, headers=headers)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden_origin")

    @pytest.mark.parametrize("carrier", ["Cookie", HEADER])
    async def test_is_of_no_use_to_a_foreign_site(self, gateway: Gateway, session: str, carrier: str) -> None:
        carried = f"{COOKIE}={session}" if carrier == "Cookie" else session
        assert await statuses(gateway, {"Origin": "https://evil.example", carrier: carried}) == {403}

    @pytest.mark.parametrize("forged", ["", "x", f"{'0' * 32}.{'0' * 64}", "é.é"])
    async def test_that_this_server_did_not_sign_is_a_citizens(self, gateway: Gateway, forged: str) -> None:
        headers = {b"Cookie": f"{COOKIE}={forged}".encode()}
        assert (await gateway.client.get("/staff/me", headers=headers)).json()["account"] is None  # type: ignore[arg-type]

    async def test_gives_way_to_a_token(self, gateway: Gateway, session: str) -> None:
        chi = gateway.stores.accounts.create("Chi", "admin")
        headers = {"Cookie": f"{COOKIE}={session}", **bearer(gateway.stores.accounts.issue_token(chi.id))}
        assert (await gateway.client.get("/staff/me", headers=headers)).json()["account"]["name"] == "Chi"
