"""Reports of progress over the API: kept once, by whoever may, and shown to whoever may read them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.gateway.library import Library
from bot.gateway.settings import Settings
from knowledge.progress.types import Role
from tests.bot.conftest import Gateway

TODAY = date(2026, 7, 1)
SOC = "tasks/kh-ubnd/34/updates"
TWIN = "tasks/kh-tu/32/updates"
REPORT = {
    "percent": 35, "status": "in_progress", "note": "đã khảo sát hạ tầng", "obstacle": "thiếu vốn", "next_step": "trình dự toán",
    "links": ["https://example.org/bao-cao"],
}  # fmt: skip


@pytest.fixture(params=[False])
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    return Settings(var=tmp_path, today=TODAY, public_progress=request.param)


public = pytest.mark.parametrize("settings", [True], indirect=True)


@dataclass
class Api:
    gateway: Gateway

    def token(self, role: Role, agency: str | None = None) -> str:
        account = self.gateway.accounts.create(f"{role} {agency}", role, agency)
        return self.gateway.accounts.issue_token(account.id)

    async def get(self, path: str, token: str = "", **query: object) -> httpx.Response:
        params = {k: str(v) for k, v in query.items()} or None  # none at all, so that a query in the path stands
        return await self.gateway.client.get(f"/api/{path}", headers=_headers(token), params=params)

    async def post(self, path: str, body: object, token: str = "", key: str = "") -> httpx.Response:
        headers = _headers(token) | ({"Idempotency-Key": key} if key else {})
        return await self.gateway.client.post(f"/api/{path}", headers=headers, json=body)


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def error(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


@pytest.fixture(scope="module")
def library() -> Library:
    """Loaded once: nothing here changes it."""
    loaded = Library()
    asyncio.run(loaded.load())
    return loaded


@pytest.fixture
def api(gateway: Gateway) -> Api:
    return Api(gateway)


async def test_a_report_is_kept_and_shows_on_both_twins_under_one_id(api: Api) -> None:
    police, admin = api.token("staff", "Công an tỉnh"), api.token("admin")
    assert (await api.get(SOC, admin)).json() == []
    posted = await api.post(SOC, REPORT, police)
    assert posted.status_code == 201
    kept = posted.json()
    evidence = {
        "kind": "link",
        "name": kept["evidence"][0]["name"],
        "url": "https://example.org/bao-cao",
        "sha256": "",
        "media_type": "",
        "size": 0,
    }
    assert kept == {
        "id": kept["id"], "at": kept["at"], "percent": 35, "status": "in_progress", "note": "đã khảo sát hạ tầng",
        "obstacle": "thiếu vốn", "next_step": "trình dự toán", "evidence": [evidence], "value": None, "unit": "",
        "measured_on": None, "measure": 0, "author": kept["author"], "receipt": "SR-000001", "kind": "update", "corrects": None,
        "plan": "kh-ubnd", "part": "tasks", "item": "34", "agency": "Công an tỉnh", "channel": "api",
    }  # fmt: skip
    assert [(await api.get(path, admin)).json() for path in (SOC, TWIN)] == [[kept], [kept]]


async def test_a_report_on_the_twin_is_kept_on_the_record_that_the_agency_leads(api: Api) -> None:
    posted = await api.post("tasks/kh-tu/13/updates", {"percent": 5}, api.token("staff", "Sở Khoa học và Công nghệ"))
    assert posted.status_code == 201
    assert (posted.json()["plan"], posted.json()["item"]) == ("kh-ubnd", "14")


async def test_a_key_sent_again_keeps_one_report_and_another_report_under_it_is_refused(api: Api) -> None:
    police = api.token("staff", "Công an tỉnh")
    first, again = [(await api.post(SOC, REPORT, police, "k-1")).json() for _ in range(2)]
    assert first == again
    assert error(await api.post(SOC, REPORT | {"percent": 36}, police, "k-1")) == (409, "key_reused")
    assert [e["id"] for e in (await api.get(SOC, police)).json()] == [first["id"]]


async def test_the_keys_of_two_accounts_are_apart(api: Api) -> None:
    replies = [await api.post(SOC, REPORT, api.token(*who), "k-1") for who in (("staff", "Công an tỉnh"), ("admin",))]  # type: ignore[arg-type]
    assert [r.status_code for r in replies] == [201, 201]
    assert replies[0].json()["id"] != replies[1].json()["id"]


async def test_a_correction_takes_the_place_of_the_report_and_the_history_shows_both(api: Api) -> None:
    police = api.token("staff", "Công an tỉnh")
    first = (await api.post(SOC, REPORT, police)).json()
    second = (await api.post(SOC, {"percent": 42, "corrects": first["receipt"]}, police)).json()
    assert (second["kind"], second["corrects"]) == ("correction", first["id"])
    assert (await api.get(SOC, police)).json() == [second]
    assert (await api.get(TWIN, police, history=True)).json() == [first, second]


@pytest.mark.parametrize(
    ("body", "code", "field", "reason"),
    [
        ({"percent": 150}, "bad_progress", "percent", "range"),
        ({"percent": -5}, "bad_progress", "percent", "range"),
        ({}, "bad_progress", "percent", "nothing_said"),
        ({"percent": 10, "note": "a" * 2001}, "bad_progress", "note", "long"),
        ({"percent": 10, "note": "\u0000"}, "bad_progress", "note", "characters"),
        ({"percent": "45"}, "bad_request", "percent", None),
        ({"percent": True}, "bad_request", "percent", None),
        ({"status": "almost"}, "bad_request", "status", None),
        ({"percent": 5, "author": "x"}, "bad_request", "author", None),
        ({"percent": 5, "links": [7]}, "bad_request", "links", None),
        ([], "bad_request", "body", None),
    ],
)
async def test_what_can_not_be_kept_names_the_field(
    api: Api, body: Any, code: str, field: str, reason: str | None
) -> None:
    police = api.token("staff", "Công an tỉnh")
    response = await api.post(SOC, body, police)
    told = response.json()["error"]
    assert (response.status_code, told["code"], told["field"], told.get("reason")) == (422, code, field, reason)
    assert (await api.get(SOC, police)).json() == []


async def test_links_that_are_none_and_bodies_that_are_no_json(api: Api) -> None:
    police = api.token("staff", "Công an tỉnh")
    assert (await api.post(SOC, {"percent": 1, "links": ["javascript:alert(1)"]}, police)).status_code == 422
    broken = await api.gateway.client.post(
        f"/api/{SOC}", headers=_headers(police) | {"Content-Type": "application/json"}, content="{"
    )
    assert error(broken) == (400, "bad_json")


@pytest.mark.parametrize("who", [("staff", "Sở Y tế"), ("leader", "Công an tỉnh"), ("editor", None), ("citizen", None)])
async def test_a_refusal_says_who_may_and_keeps_nothing(api: Api, who: tuple[Role, str | None]) -> None:
    token = "" if who[0] == "citizen" else api.token(*who)
    response = await api.post(SOC, REPORT, token)
    assert error(response) == (403, "forbidden")
    assert response.json()["error"]["who"] == ["Công an tỉnh"]
    assert "Công an tỉnh" in response.json()["error"]["message"]
    assert list(api.gateway.ledger.everything()) == []


async def test_nobody_is_taken_for_somebody_else(api: Api) -> None:
    assert error(await api.post(SOC, REPORT, "not-a-token")) == (401, "unauthorized")
    admin = api.token("admin")
    assert error(await api.post("tasks/kh-ubnd/99/updates", REPORT, admin)) == (404, "unknown_record")
    foreign = (await api.post("tasks/kh-ubnd/13/updates", REPORT, api.token("staff", "Công an tỉnh"))).json()
    response = await api.post(SOC, REPORT | {"corrects": foreign["id"]}, admin)
    assert (*error(response), response.json()["error"]["reason"]) == (422, "bad_progress", "other_record")
    assert error(await api.post(SOC, REPORT | {"corrects": "SR-999999"}, api.token("staff", "Sở Y tế"))) == (
        404,
        "unknown_entry",
    )


async def test_citizens_see_no_progress_while_it_is_internal(api: Api) -> None:
    for path in (SOC, "targets/kh-ubnd/5/measurements", "progress", "tasks?status=done"):
        assert error(await api.get(path)) == (403, "progress_internal")


@public
async def test_where_progress_is_public_citizens_see_state_and_day_alone(api: Api) -> None:
    posted = (await api.post(SOC, REPORT | {"status": "delayed"}, api.token("staff", "Công an tỉnh"))).json()
    (seen,) = (await api.get(SOC)).json()
    assert {k: v for k, v in seen.items() if v is not None} == {
        "id": posted["id"], "at": "2026-07-01", "percent": 35, "status": "in_progress", "unit": "", "measure": 0,
    }  # fmt: skip
    assert error(await api.get("progress", overdue=True)) == (403, "progress_internal")
    row = next(r for r in (await api.get("progress", q="an ninh mạng soc")).json())
    assert (row["percent"], row["status"], row["overdue"], row["note"], row["receipt"]) == (
        35,
        "in_progress",
        None,
        None,
        None,
    )


async def test_a_measured_value_is_kept_with_the_unit_of_its_target(api: Api) -> None:
    monitor = api.token("staff", "Văn phòng UBND tỉnh")
    path = "targets/kh-ubnd/5/measurements"
    kept = (await api.post(path, {"value": 72, "measured_on": "2026-06-30"}, monitor)).json()
    assert (kept["value"], kept["unit"], kept["measured_on"], kept["kind"]) == (72.0, "%", "2026-06-30", "measurement")
    assert (await api.get(path, monitor)).json() == [kept]
    assert (await api.get("targets/kh-tu/4/measurements", monitor)).json() == [kept]
    for body, field in (
        ({"value": 72, "measured_on": "2026-07-02"}, "measured_on"),
        ({"value": 172, "measured_on": "2026-06-30"}, "value"),
        ({"value": 72, "measured_on": "30/6"}, "measured_on"),
        ({"value": 72, "measured_on": "2026-06-30", "unit": "km"}, "unit"),
        ({"value": 72, "measured_on": "2026-06-30", "measure": 3}, "measure"),
    ):
        response = await api.post(path, body, monitor)
        assert (response.status_code, response.json()["error"]["field"]) == (422, field)


async def test_tasks_are_filtered_by_what_is_reported(api: Api) -> None:
    admin = api.token("admin")
    await api.post(SOC, {"percent": 100}, api.token("staff", "Công an tỉnh"))
    for status, items in (("done", ["34"]), ("blocked", [])):
        assert [t["item"] for t in (await api.get("tasks", admin, plan="kh-ubnd", status=status)).json()] == items
    unreported = (await api.get("tasks", admin, plan="kh-ubnd", status="unreported")).json()
    assert len(unreported) == 33
    assert error(await api.get("tasks", admin, status="almost")) == (422, "bad_request")
