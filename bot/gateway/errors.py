"""Every error as `{"error": {"code", "message"}}`, in the reader's language, without a trace of the inside."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.channels.errors import ApiError
from bot.messages.catalog import message, preferred
from knowledge.errors import UnknownPlan, UnknownRecord

CODES = {
    404: "not_found",
    405: "method_not_allowed",
}


def error_body(code: str, accept_language: str | None, **values: object) -> dict[str, dict[str, str]]:
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

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return reply(request, 422, "bad_request", field=str(error.errors()[0]["loc"][-1]))

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        code = CODES.get(error.status_code)
        if code is None:
            return reply(request, error.status_code, "bad_request", field=error.detail)
        return reply(request, error.status_code, code, dict(error.headers or {}))
