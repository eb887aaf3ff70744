"""Files that prove a report, for those who may read the report they came with."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse

from bot.channels.auth import account_of
from bot.channels.errors import ApiError
from bot.gateway.guards import ERRORS, known_parameters
from bot.gateway.library import Library
from bot.gateway.reports import Reports
from knowledge.progress.overview import same_work
from knowledge.progress.rights import may_read_notes
from knowledge.progress.types import Account, Entry, Evidence
from knowledge.store.entry_log import log_of
from knowledge.store.evidence import EvidenceStore


def evidence_router(library: Library, reports: Reports, store: EvidenceStore) -> APIRouter:
    """The route that hands out files. It is always a download: no file is shown as a page of this site."""
    errors = ERRORS | {403: ERRORS[401]}
    router = APIRouter(prefix="/api", tags=["progress"], dependencies=[Depends(known_parameters)], responses=errors)

    @router.get("/evidence/{sha256}", response_class=FileResponse, summary="A file that proves a report")
    def file(sha256: str, account: Annotated[Account, Depends(account_of)]) -> FileResponse:
        reports.admit(account)
        found = [
            p
            for e in log_of(reports.ledger).with_file(sha256)
            if _reads(library, account, e)
            for p in _named(e, sha256)
        ]
        if not found:
            raise ApiError(404, "not_found")
        return FileResponse(
            store.open(sha256),
            200,
            {"Content-Security-Policy": "sandbox"},
            found[-1].media_type,
            filename=found[-1].name,
        )

    return router


def _reads(library: Library, account: Account, entry: Entry) -> bool:
    record = next((r for r in library.corpus.records if r.id == entry.record), None)
    return may_read_notes(account, entry, same_work(library.corpus, record) if record else ())


def _named(entry: Entry, sha256: str) -> list[Evidence]:
    return [piece for piece in entry.content.evidence if piece.sha256 == sha256]
