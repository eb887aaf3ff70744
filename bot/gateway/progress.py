"""Reports of progress over the API. They are kept by the ledger, as those of a dialog are: one validation, one check of rights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Header, Query

from bot.channels.auth import account_of
from bot.gateway.guards import ERRORS, known_parameters
from bot.gateway.library import Library
from bot.gateway.progress_schemas import EntryOut, MeasurementIn, UpdateIn
from bot.gateway.reports import Reports
from knowledge.errors import BadProgress
from knowledge.progress.overview import same_work
from knowledge.progress.rights import authorise, may_log, sees, shown
from knowledge.progress.state import standing
from knowledge.progress.types import Account, Content, Entry, EntryKind, Evidence
from knowledge.store.evidence import EvidenceStore
from knowledge.types import Key, Part, Target, Task

CHANNEL = "api"
KEY_LIMIT = 100
"""Characters of an Idempotency-Key."""

IdempotencyKey = Annotated[
    str | None,
    Header(
        max_length=KEY_LIMIT, pattern="^[!-~]+$", description="Sent again with the same key, a report is kept once."
    ),
]
Who = Annotated[Account, Depends(account_of)]
History = Annotated[
    bool, Query(description="Also what was corrected or undone, and the corrections and undos themselves.")
]


def progress_router(library: Library, reports: Reports, store: EvidenceStore) -> APIRouter:
    """The routes that list and take reports on one task or target."""
    errors = ERRORS | {403: ERRORS[401], 409: ERRORS[401]}
    router = APIRouter(prefix="/api", tags=["progress"], dependencies=[Depends(known_parameters)], responses=errors)

    @router.get(
        "/tasks/{plan}/{item}/updates", response_model=list[EntryOut], summary="Reports on a task and its twins"
    )
    def updates(plan: str, item: str, account: Who, history: History = False) -> Any:
        return _listed(reports, reports.admit(account), _work(library, plan, "tasks", item), history)

    @router.post("/tasks/{plan}/{item}/updates", response_model=EntryOut, status_code=201, summary="Report on a task")
    def update(plan: str, item: str, sent: UpdateIn, account: Who, idempotency_key: IdempotencyKey = None) -> Any:
        evidence = _links(store, sent.links)
        content = Content(sent.percent, sent.status, sent.note, sent.obstacle, sent.next_step, evidence)
        work = _work(library, plan, "tasks", item)
        return _kept(reports, account, work, "update", content, sent.corrects, idempotency_key)

    @router.post(
        "/tasks/{plan}/{item}/updates/{entry}/undo", response_model=EntryOut, status_code=201, summary="Undo a report"
    )
    def undo(plan: str, item: str, entry: str, account: Who, idempotency_key: IdempotencyKey = None) -> Any:
        work = _work(library, plan, "tasks", item)
        return _kept(reports, account, work, "undo", Content(), entry, idempotency_key)

    @router.get(
        "/targets/{plan}/{item}/measurements", response_model=list[EntryOut], summary="Measured values of a target"
    )
    def measurements(plan: str, item: str, account: Who, history: History = False) -> Any:
        return _listed(reports, reports.admit(account), _work(library, plan, "targets", item), history)

    @router.post(
        "/targets/{plan}/{item}/measurements",
        response_model=EntryOut,
        status_code=201,
        summary="Report a measured value",
    )
    def measurement(
        plan: str, item: str, sent: MeasurementIn, account: Who, idempotency_key: IdempotencyKey = None
    ) -> Any:
        work = _work(library, plan, "targets", item)
        content = _measured(store, work[0], sent)
        return _kept(reports, account, work[:1], "measurement", content, sent.corrects, idempotency_key)

    @router.post(
        "/targets/{plan}/{item}/measurements/{entry}/undo",
        response_model=EntryOut,
        status_code=201,
        summary="Undo a measured value",
    )
    def undo_measurement(plan: str, item: str, entry: str, account: Who, idempotency_key: IdempotencyKey = None) -> Any:
        work = _work(library, plan, "targets", item)
        return _kept(reports, account, work, "undo", Content(), entry, idempotency_key)

    return router


def _work(library: Library, plan: str, part: Part, item: str) -> tuple[Task | Target, ...]:
    corpus = library.corpus
    corpus.plan(plan)
    return same_work(corpus, corpus.record(Key(plan, part, item)))


def _listed(reports: Reports, account: Account, work: Sequence[Task | Target], history: bool) -> list[dict[str, Any]]:
    """The entries of a work that an account may see, oldest first: those that hold or, where asked for, all."""
    found = reports.ledger.entries([r.id for r in work])
    if not history or sees(account, reports.public) == "public":
        found = standing(found)
    return [out for e in found if (out := shown(e, account, work, reports.public)) is not None]


def _kept(
    reports: Reports, account: Account, work: Sequence[Task | Target], kind: EntryKind, content: Content,
    corrects: str | None, idempotency_key: str | None,
) -> dict[str, Any] | None:  # fmt: skip
    """Keep a report on a work: on the record that was addressed, or on the twin that the account may report on."""
    if account.role == "citizen":
        # Refused before the ledger is asked: which receipts there are, of whom and about what, is not for citizens.
        authorise(account, work[0], "update")
    if corrects is None:
        record = next((r for r in work if may_log(account, r)), work[0])
    else:
        kind = "undo" if kind == "undo" else "correction"
        record = _record_of(reports.ledger.entry(corrects), work)
    key = f"{CHANNEL}:{account.id}:{idempotency_key or uuid4().hex}"
    entry = reports.ledger.append(account.id, record, content, CHANNEL, key, kind=kind, corrects=corrects)
    return shown(entry, account, work, reports.public)


def _record_of(entry: Entry, work: Sequence[Task | Target]) -> Task | Target:
    record = next((r for r in work if r.id == entry.record), None)
    if record is None:
        raise BadProgress(f"{entry.id} is about another record", field="corrects", reason="other_record")
    return record


def _measured(store: EvidenceStore, target: Task | Target, sent: MeasurementIn) -> Content:
    """What a measurement says; its unit is that of the target's value unless another is named."""
    values = target.values if isinstance(target, Target) else ()
    planned = values[sent.measure].unit if sent.measure < len(values) else ""
    return Content(
        note=sent.note, obstacle=sent.obstacle, next_step=sent.next_step, evidence=_links(store, sent.links),
        value=_number(sent.value), unit=planned if sent.unit is None else sent.unit,
        measured_on=date.fromisoformat(sent.measured_on), measure=sent.measure,
    )  # fmt: skip


def _number(value: float) -> float:
    try:
        return float(value)
    except OverflowError:  # JSON knows integers of any length
        raise BadProgress("no such number", field="value", reason="range") from None


def _links(store: EvidenceStore, links: Sequence[str]) -> tuple[Evidence, ...]:
    return tuple(store.link(url) for url in links)
