"""The progress table over the API: where every work stands, by what each agency reports, as JSON or as a file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from bot.channels.auth import account_of
from bot.gateway.filters import DueAfter, DueBefore, Lead, PlanId, TaskFilter, Words
from bot.gateway.guards import ERRORS, known_parameters
from bot.gateway.library import Library
from bot.gateway.progress_schemas import StandingOut
from bot.gateway.reports import Reports, Wanted
from bot.gateway.sheets import CSV_TYPE, XLSX_TYPE, csv_file, xlsx_file
from bot.messages.catalog import Lang, message, preferred
from knowledge.progress.overview import tasks_as_works
from knowledge.progress.types import Account

COLUMNS = (
    "plan", "item", "title", "lead", "timeframe", "due", "agency", "percent", "percent_at", "status", "updated_on", "overdue",
    "receipt", "note", "obstacle", "next_step",
)  # fmt: skip


def standings_router(library: Library, reports: Reports) -> APIRouter:
    """The route of the table."""
    router = APIRouter(prefix="/api", tags=["progress"], responses=ERRORS | {403: ERRORS[401]})

    @router.get(
        "/progress",
        response_model=list[StandingOut],
        summary="Where every task stands: a row per work and reporting agency",
        dependencies=[Depends(known_parameters)],
        responses={200: {"content": {"text/csv": {}, XLSX_TYPE: {}}}},
    )
    def progress(
        request: Request,
        account: Annotated[Account, Depends(account_of)],
        plan: PlanId = None,
        lead: Lead = None,
        status: Annotated[
            Wanted | None, Query(description="Last status; `unreported` where nobody has reported.")
        ] = None,
        overdue: Annotated[bool | None, Query(description="Deadline passed and not done. Not for citizens.")] = None,
        due_before: DueBefore = None,
        due_after: DueAfter = None,
        q: Words = None,
        format: Annotated[Literal["json", "csv", "xlsx"], Query()] = "json",
    ) -> Any:
        corpus = library.corpus
        wanted = TaskFilter(lead, None, None, due_before, due_after, q)
        plans = (corpus.plan(plan),) if plan else tuple(reversed(corpus.plans))
        works = tasks_as_works(corpus, [t for p in plans for t in p.tasks if wanted.keeps(t)])
        rows = reports.rows(works, account, status, overdue)
        if format == "json":
            return rows
        return _file(rows, format, reports.today(), preferred(request.headers.get("accept-language")))

    return router


def _file(rows: list[dict[str, Any]], kind: Literal["csv", "xlsx"], today: date, lang: Lang) -> Response:
    columns = {name: message(f"column.{name}", lang) for name in COLUMNS}
    shown = [{**row, **_in_words(row, lang)} for row in rows]
    if kind == "csv":
        body, media_type = csv_file(columns, shown), CSV_TYPE
    else:
        body, media_type = xlsx_file(message("column.sheet", lang), columns, shown), XLSX_TYPE
    name = f"sauro-{today.isoformat()}.{kind}"
    return Response(body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _in_words(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """Dates stay as ISO writes them: spreadsheets know them in every country."""
    status = row["status"]
    late = {None: None, True: message("column.yes", lang), False: ""}
    return {"status": message(f"progress_status.{status}", lang) if status else None, "overdue": late[row["overdue"]]}
