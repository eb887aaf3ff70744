"""Every error as `{"error": {"code", "message"}}`, in the reader's language, without a trace of the inside."""

from __future__ import annotations

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from bot.channels.errors import ApiError
from bot.messages.catalog import message, preferred
from knowledge.errors import (
    BadEvidence,
    BadProgress,
    Forbidden,
    KeyReused,
    ProgressError,
    UnknownEntry,
    UnknownPlan,
    UnknownRecord,
)

log = structlog.get_logger(__name__)

CODES = {
    404: "not_found",
    405: "method_not_allowed",
}
RETRY_SECONDS = "30"
PROGRESS_STATUS: dict[type[ProgressError], int] = {
    Forbidden: 403, UnknownEntry: 404, KeyReused: 409, BadProgress: 422, BadEvidence: 422,
}  # fmt: skip


def error_body(code: str, accept_language: str | None, **values: object) -> dict[str, dict[str, Any]]:
    """The JSON of an error; its text is `error.<code>` of the message catalog."""
    return {"error": {"code": code, "message": message(f"error.{code}", preferred(accept_language), **values)}}


def handle_errors(app: FastAPI) -> None:
    """Register the handlers."""

    def reply(
        request: Request, status: int, code: str, headers: dict[str, str] | None = None, **values: object
    ) -> JSONResponse:
        body = error_body(code, request.headers.get("accept-language"), **values)
        return JSONResponse(body, status, headers=headers)

    @app.exception_handler(ApiError)
    async def api_error(request: Request, error: ApiError) -> JSONResponse:
        return reply(request, error.status, error.code, error.headers, **error.values)

    @app.exception_handler(UnknownPlan)
    async def unknown_plan(request: Request, error: UnknownPlan) -> JSONResponse:
        return reply(request, 404, "unknown_plan", plan=error.details["plan"])

    @app.exception_handler(UnknownRecord)
    async def unknown_record(request: Request, error: UnknownRecord) -> JSONResponse:
        plan, _, item = str(error.details["key"]).split("/", 2)
        return reply(request, 404, "unknown_record", plan=plan, item=item)

    @app.exception_handler(ProgressError)
    async def progress_error(request: Request, error: ProgressError) -> JSONResponse:
        status = PROGRESS_STATUS.get(type(error))
        if status is None:
            raise error
        body = progress_body(error, request.headers.get("accept-language"))
        return JSONResponse(body, status)

    async def no_database(request: Request, error: Exception) -> JSONResponse:
        log.error("database failed", reason=str(getattr(error, "orig", error)).partition("\n")[0])
        return reply(request, 503, "storage", {"Retry-After": RETRY_SECONDS})

    for kind in (OperationalError, InterfaceError, NoConnection):  # it is away, full or has no connection left
        app.add_exception_handler(kind, no_database)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return reply(request, 400, "bad_json")
        where = first["loc"]  # ("body", "links", 3), ("query", "limit")
        field = str(where[1] if len(where) > 1 else where[0])
        body = error_body("bad_request", request.headers.get("accept-language"), field=field)
        return JSONResponse(_with(body, field=field), 422)

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        code = CODES.get(error.status_code)
        if code is None:
            return reply(request, error.status_code, "bad_request", field=error.detail)
        return reply(request, error.status_code, code, dict(error.headers or {}))


def progress_body(error: ProgressError, accept_language: str | None) -> dict[str, dict[str, Any]]:
    """The JSON of a report that can not be kept: which field and why, or who may report."""
    if isinstance(error, Forbidden):
        who = [str(name) for name in error.details["who"]]  # type: ignore[attr-defined]  # names of agencies
        code = "forbidden" if who else "forbidden_all"
        return _with(error_body(code, accept_language, who=", ".join(who)), code=error.code, who=who)
    if isinstance(error, BadProgress):
        field, reason = str(error.details["field"]), str(error.details["reason"])
        why = message(f"reason.{reason}", preferred(accept_language), limit=error.details.get("limit", ""))
        return _with(error_body(error.code, accept_language, field=field, why=why), field=field, reason=reason)
    if isinstance(error, BadEvidence):
        body = error_body(error.code, accept_language)
        return _with(body, field="links", reason=str(error.details.get("reason", "")))
    return error_body(error.code, accept_language)


def _with(body: dict[str, dict[str, Any]], **more: object) -> dict[str, dict[str, Any]]:
    return {"error": {**body["error"], **more}}
