"""The read-only API over the published plans."""

from datetime import date
from typing import Any

import pytest

from knowledge.records import as_json, read_plans
from tests.bot.conftest import Gateway

PLANS = {p.id: p for p in read_plans()}
TASKS = [t for p in PLANS.values() for t in p.tasks]


@pytest.fixture
async def api(gateway: Gateway) -> Gateway:
    await gateway.library.load()
    return gateway


async def get(api: Gateway, path: str, **query: object) -> Any:
    response = await api.client.get(f"/api/{path}", params={k: str(v) for k, v in query.items()})
    assert response.status_code == 200
    return response.json()


async def test_plans_are_listed_with_what_they_hold(api: Gateway) -> None:
    assert [(p["id"], p["version"], p["tasks"], p["targets"]) for p in await get(api, "plans")] == [
        (p.id, p.version, len(p.tasks), len(p.targets)) for p in PLANS.values()
    ]


async def test_all_tasks_are_the_records_themselves(api: Gateway) -> None:
    assert await get(api, "tasks") == [as_json(t) for t in TASKS]


async def test_one_task_and_one_target(api: Gateway) -> None:
    task, target = PLANS["kh-ubnd"].tasks[11], PLANS["kh-tu"].targets[0]
    assert await get(api, f"tasks/kh-ubnd/{task.key.item}") == as_json(task)
    assert await get(api, f"targets/kh-tu/{target.key.item}") == as_json(target)
    assert await get(api, "targets", plan="kh-tu") == [as_json(t) for t in PLANS["kh-tu"].targets]


@pytest.mark.parametrize("name", ["Sở Khoa học và Công nghệ", "so khoa hoc cong nghe", "Sở KHCN"])
async def test_a_lead_may_be_named_in_any_spelling(api: Gateway, name: str) -> None:
    expected = [as_json(t) for t in PLANS["kh-ubnd"].tasks if "Sở Khoa học và Công nghệ" in t.lead.agencies]
    assert expected
    assert await get(api, "tasks", plan="kh-ubnd", lead=name) == expected


async def test_filters_hold_together(api: Gateway) -> None:
    start, end = date(2026, 6, 30), date(2027, 1, 1)
    expected = [
        as_json(t)
        for t in PLANS["kh-tu"].tasks
        if t.timeframe.due and start < t.timeframe.due < end and t.section == "II"
    ]
    assert expected
    assert await get(api, "tasks", plan="kh-tu", section="II", due_after=start, due_before=end) == expected


async def test_words_of_a_title_are_found_without_diacritics(api: Gateway) -> None:
    titles = [t["title"]["text"] for t in await get(api, "tasks", q="an ninh mang")]
    assert titles
    assert all("an ninh mạng" in title.lower() for title in titles)


async def test_words_of_the_partners_cell_are_found_where_they_name_no_agency(api: Gateway) -> None:
    expected = [as_json(t) for t in TASKS if "tổ chức tài chính" in t.partners.text.lower()]
    assert expected
    assert await get(api, "tasks", partner="to chuc tai chinh") == expected


async def test_search_finds_records_nearest_first(api: Gateway) -> None:
    hits = await get(api, "search", q="trung tâm điều hành an ninh mạng SOC", limit=5)
    assert {(h["plan"], h["part"], h["item"]) for h in hits[:2]} == {
        ("kh-ubnd", "tasks", "34"),
        ("kh-tu", "tasks", "32"),
    }
    assert [h["score"] for h in hits] == sorted((h["score"] for h in hits), reverse=True)
    assert await get(api, "search", q="\u200b") == []


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("tasks/kh-ubnd/99", 404, "unknown_record"),
        ("tasks/khong-co/1", 404, "unknown_plan"),
        ("tasks?plan=khong-co", 404, "unknown_plan"),
        ("tasks?due_before=hom-nay", 422, "bad_request"),
        ("tasks?state=done", 422, "bad_request"),
        *((f"tasks?{name}={'s' * 501}", 422, "bad_request") for name in ("lead", "partner", "q")),
        (f"progress?lead={'s' * 501}", 422, "bad_request"),
        ("search", 422, "bad_request"),
        ("search?q=a&limit=1000", 422, "bad_request"),
        ("nothing", 404, "not_found"),
    ],
)
async def test_what_is_not_there_or_not_understood_is_a_typed_error(
    api: Gateway, path: str, status: int, code: str
) -> None:
    response = await api.client.get(f"/api/{path}")
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


async def test_hostile_paths_and_queries_are_no_server_errors(api: Gateway) -> None:
    for path in (
        "tasks/%00/1",
        "tasks/kh-tu/%ed%a0%80",
        "tasks/kh-tu/" + "9" * 3000,
        "search?q=%00%ff",
        "tasks?lead=%ff",
    ):
        assert (await api.client.get(f"/api/{path}")).status_code < 500


async def test_a_token_nobody_gave_out_is_refused(api: Gateway) -> None:
    response = await api.client.get("/api/plans", headers={"Authorization": "Bearer abc"})
    assert response.status_code == 401


async def test_until_the_plans_are_loaded_the_api_says_so(gateway: Gateway) -> None:
    response = await gateway.client.get("/api/tasks")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "not_ready")
    assert (await gateway.client.get("/api/search?q=a")).status_code == 503
