"""The read-only API over the published plans."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from bot.channels.auth import account_of
from bot.gateway.filters import LONGEST, DueAfter, DueBefore, Lead, Partner, PlanId, Section, TaskFilter, Words
from bot.gateway.guards import ERRORS, known_parameters
from bot.gateway.library import Library
from bot.gateway.reports import Reports, Wanted
from bot.gateway.schemas import HitOut, PlanOut, TargetOut, TaskOut
from knowledge.progress.overview import task_as_work
from knowledge.progress.types import Account
from knowledge.records import as_json, plain
from knowledge.text.normalise import clean
from knowledge.types import Key, Part, Plan


def api_router(library: Library, reports: Reports) -> APIRouter:
    """The routes under `/api/`."""
    guards = [Depends(account_of), Depends(known_parameters)]
    router = APIRouter(prefix="/api", tags=["plans"], dependencies=guards, responses=ERRORS)

    @router.get("/plans", response_model=list[PlanOut], summary="Published plans")
    async def plans() -> Any:
        return [_summary(plan) for plan in library.corpus.plans]

    @router.get("/tasks", response_model=list[TaskOut], summary="Tasks, all or those that fit every filter")
    def tasks(
        account: Annotated[Account, Depends(account_of)],
        plan: PlanId = None,
        lead: Lead = None,
        partner: Partner = None,
        section: Section = None,
        due_before: DueBefore = None,
        due_after: DueAfter = None,
        status: Annotated[Wanted | None, Query(description="Reported last; `unreported` where nobody has.")] = None,
        q: Words = None,
    ) -> Any:
        corpus = library.corpus
        chosen = (corpus.plan(plan),) if plan else corpus.plans
        wanted = TaskFilter(lead, partner, section, due_before, due_after, q)
        found = [task for p in chosen for task in p.tasks if wanted.keeps(task)]
        if status is not None:
            rows = reports.rows([task_as_work(corpus, task) for task in found], account, status)
            kept = {row["id"] for row in rows}
            found = [task for task in found if task.id in kept]
        return [as_json(task) for task in found]

    @router.get("/tasks/{plan}/{item}", response_model=TaskOut, summary="One task")
    async def task(plan: str, item: str) -> Any:
        return _record(library, plan, "tasks", item)

    @router.get("/targets", response_model=list[TargetOut], summary="Targets")
    async def targets(plan: PlanId = None) -> Any:
        corpus = library.corpus
        return [as_json(t) for p in ((corpus.plan(plan),) if plan else corpus.plans) for t in p.targets]

    @router.get("/targets/{plan}/{item}", response_model=TargetOut, summary="One target")
    async def target(plan: str, item: str) -> Any:
        return _record(library, plan, "targets", item)

    @router.get("/search", response_model=list[HitOut], summary="Records nearest to a query, by words and by meaning")
    async def search(
        q: Annotated[str, Query(description="The query.", min_length=1, max_length=LONGEST)],
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> Any:
        query = clean(q)
        if not query:
            return []
        return [
            {**_address(found.record.key), "text": plain(found.record), "score": round(found.score, 4)}
            for found in await library.search(query, limit)
        ]

    return router


def _record(library: Library, plan: str, part: Part, item: str) -> Any:
    library.corpus.plan(plan)
    return as_json(library.corpus.record(Key(plan, part, item)))


def _address(key: Key) -> dict[str, str]:
    return {"plan": key.plan, "part": key.part, "item": key.item}


def _summary(plan: Plan) -> dict[str, Any]:
    heads = ("id", "version", "title", "short", "issuer", "number", "date", "blanks", "signer", "sections")
    shown = {name: as_json(getattr(plan, name)) for name in heads}
    return shown | {"tasks": len(plan.tasks), "targets": len(plan.targets)}
