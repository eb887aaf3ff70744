"""Reports of progress over the API: kept once, by whoever may, and shown to whoever may read them."""

from __future__ import annotations

import asyncio
import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from bot.gateway.library import Library
from bot.gateway.settings import Settings
from knowledge.progress.types import Content, Role
from knowledge.types import Key, Task
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
        account = self.gateway.stores.accounts.create(f"{role} {agency}", role, agency)
        return self.gateway.stores.accounts.issue_token(account.id)

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


async def test_a_report_is_undone_by_the_agency_that_wrote_it_and_once(api: Api) -> None:
    police, health = api.token("staff", "Công an tỉnh"), api.token("staff", "Sở Y tế")
    old = (await api.post(SOC, REPORT, police)).json()
    path = f"{SOC}/{old['receipt']}/undo"
    assert error(await api.post(path, None, health)) == (403, "forbidden")
    undone = (await api.post(path, None, police, key="k")).json()
    assert (undone["kind"], undone["corrects"], undone["percent"]) == ("undo", old["id"], None)
    assert (await api.post(path, None, police, key="k")).json() == undone
    assert (await api.get(SOC, police)).json() == []
    again = await api.post(path, None, police)
    assert (*error(again), again.json()["error"]["reason"]) == (422, "bad_progress", "undone")


@pytest.mark.parametrize("who", [("staff", "Sở Y tế"), ("leader", "Công an tỉnh"), ("editor", None), ("citizen", None)])
async def test_a_refusal_says_who_may_and_keeps_nothing(api: Api, who: tuple[Role, str | None]) -> None:
    token = "" if who[0] == "citizen" else api.token(*who)
    response = await api.post(SOC, REPORT, token)
    assert error(response) == (403, "forbidden")
    assert response.json()["error"]["who"] == ["Công an tỉnh"]
    assert "Công an tỉnh" in response.json()["error"]["message"]
    assert list(api.gateway.stores.ledger.everything()) == []


@pytest.mark.parametrize("path", [SOC, "tasks/kh-tu/1/updates"])
@pytest.mark.parametrize("receipt", ["SR-000001", "SR-000009"])
async def test_a_citizen_does_not_learn_which_reports_there_are(api: Api, path: str, receipt: str) -> None:
    await api.post(SOC, REPORT, api.token("staff", "Công an tỉnh"))
    refused = (await api.post(path, {"percent": 1})).json()
    assert refused["error"]["code"] in ("forbidden", "forbidden_all")
    assert (await api.post(path, {"percent": 1, "corrects": receipt})).json() == refused
    assert (await api.post(f"{path}/{receipt}/undo", None)).json() == refused


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
async def test_where_progress_is_public_citizens_see_state_agency_and_day_alone(api: Api) -> None:
    posted = (await api.post(SOC, REPORT | {"status": "delayed"}, api.token("staff", "Công an tỉnh"))).json()
    (seen,) = (await api.get(SOC)).json()
    assert {k: v for k, v in seen.items() if v is not None} == {
        "id": posted["id"], "at": "2026-07-01", "percent": 35, "status": "in_progress", "unit": "", "measure": 0,
        "agency": "Công an tỉnh",
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
        ({"value": 10**400, "measured_on": "2026-06-30"}, "value"),
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


async def test_a_file_is_handed_out_to_those_who_may_read_the_report_it_proves(api: Api) -> None:
    piece = api.gateway.stores.evidence.keep("Báo cáo.txt", "đã xong".encode())
    police = api.gateway.stores.accounts.create("An", "staff", "Công an tỉnh")
    task = api.gateway.library.corpus.record(Key("kh-ubnd", "tasks", "34"))
    assert isinstance(task, Task)
    content = Content(percent=100, evidence=(piece,))
    api.gateway.stores.ledger.append(police.id, task, content, "rest", "k")
    path = f"evidence/{piece.sha256}"
    response = await api.get(path, api.gateway.stores.accounts.issue_token(police.id))
    assert (response.status_code, response.text) == (200, "đã xong")
    assert response.headers["content-disposition"] == "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o.txt"
    assert (response.headers["x-content-type-options"], response.headers["content-security-policy"]) == (
        "nosniff",
        "sandbox",
    )
    for token, seen in ((api.token("leader", "Sở Y tế"), 200), (api.token("editor"), 404)):
        assert (await api.get(path, token)).status_code == seen
    assert error(await api.get(path)) == (403, "progress_internal")
    admin = api.token("admin")
    for unknown in ("0" * 64, "..%2f..%2fsecret", "x"):
        assert error(await api.get(f"evidence/{unknown}", admin)) == (404, "not_found")


async def test_the_table_has_a_row_per_work_and_reporting_agency(api: Api) -> None:
    science, health = api.token("staff", "Sở Khoa học và Công nghệ"), api.token("staff", "Sở Y tế")
    leader = api.token("leader", "Sở Nội vụ")
    for token, percent in ((science, 40), (health, 10)):
        await api.post("tasks/kh-ubnd/8/updates", {"percent": percent}, token)
    await api.post(
        "tasks/kh-ubnd/13/updates", {"percent": 80, "note": "=cmd|' /C calc'!A0"}, api.token("staff", "Công an tỉnh")
    )
    rows = (await api.get("progress", leader)).json()
    assert len(rows) == 35
    assert [(r["agency"], r["percent"]) for r in rows if r["item"] == "8"] == [
        ("Sở Y tế", 10),
        ("Sở Khoa học và Công nghệ", 40),
    ]
    (late,) = (await api.get("progress", leader, overdue=True)).json()
    assert late == {
        "plan": "kh-ubnd", "part": "tasks", "item": "13", "id": late["id"],
        "title": "Triển khai hệ thống điều hành giao thông thông minh", "lead": "Công an tỉnh", "timeframe": late["timeframe"],
        "due": "2026-06-30", "twins": late["twins"], "agency": "Công an tỉnh", "percent": 80, "percent_at": "2026-07-01",
        "status": "in_progress", "updated_on": "2026-07-01", "overdue": True,
        "receipt": "SR-000003", "note": "=cmd|' /C calc'!A0", "obstacle": "", "next_step": "",
    }  # fmt: skip
    items = [r["item"] for r in (await api.get("progress", leader, status="unreported", lead="Sở Nội vụ")).json()]
    assert items == ["32"]
    assert [r["item"] for r in (await api.get("progress", leader, due_before="2026-07-01", plan="kh-ubnd")).json()] == [
        "13"
    ]


async def test_the_table_as_files_opens_in_a_spreadsheet_and_holds_no_formula(api: Api) -> None:
    note = "=cmd|' /C calc'!A0"
    await api.post("tasks/kh-ubnd/13/updates", {"percent": 80, "note": note}, api.token("staff", "Công an tỉnh"))
    admin = api.token("admin")
    text = (await api.get("progress", admin, format="csv", overdue=True)).content
    assert text.startswith(b"\xef\xbb\xbf")
    heading, row = csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";")
    assert dict(zip(heading, row, strict=True)) == {
        "Kế hoạch": "kh-ubnd", "Số thứ tự": "13", "Nhiệm vụ": "Triển khai hệ thống điều hành giao thông thông minh",
        "Cơ quan chủ trì": "Công an tỉnh", "Thời gian thực hiện": row[4], "Hạn": "2026-06-30", "Cơ quan báo cáo": "Công an tỉnh",
        "Phần trăm": "80", "Ngày báo cáo phần trăm": "2026-07-01", "Trạng thái": "đang triển khai",
        "Cập nhật lần cuối": "2026-07-01", "Quá hạn": "có", "Số biên nhận": "SR-000001", "Nội dung": f"'{note}",
        "Khó khăn, vướng mắc": "", "Việc tiếp theo": "",
    }  # fmt: skip
    workbook = await api.get("progress", admin, format="xlsx", overdue=True)
    assert workbook.headers["content-disposition"] == 'attachment; filename="sauro-2026-07-01.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content)).active
    cell = sheet.cell(2, heading.index("Nội dung") + 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (note, "s", True)
    assert [c.value for c in sheet[1]] == heading
