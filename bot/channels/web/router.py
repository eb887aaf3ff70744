"""The first page and the call it makes."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles

from bot.channels.auth import account_of
from bot.channels.errors import ApiError
from bot.channels.sending import taken
from bot.channels.web.events import turn_events
from bot.channels.web.page import STATIC, page
from bot.channels.web.payload import parse
from bot.channels.web.session import COOKIE, new_session, signed, verified
from bot.turns.desk import Desk, Incoming


def web_router(desk: Desk, secret: bytes, origins: tuple[str, ...] = (), contact: str = "") -> APIRouter:
    """The router of the web channel. `origins` are other sites whose pages may call it."""
    router = APIRouter(tags=["chat"])
    first_page = page("chat", contact=contact)
    router.mount("/static", StaticFiles(directory=STATIC), name="static")

    @router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def chat_page() -> HTMLResponse:
        return HTMLResponse(first_page, headers={"Cache-Control": "no-cache"})

    @router.post(
        "/api/chat/stream", summary="The widget's call: a turn as server-sent events", response_class=StreamingResponse
    )
    async def stream(request: Request) -> StreamingResponse:
        _same_site(request, origins)
        account = account_of(request)
        sent = parse(await request.body())
        known = verified(secret, request.cookies.get(COOKIE))
        session = known or new_session()
        turn = await taken(desk, Incoming("web", f"{session} {sent.conversation}", sent.text, account, sent.message_id))
        response = StreamingResponse(
            turn_events(turn, sent.conversation),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        if known is None:
            https = request.url.scheme == "https"
            response.set_cookie(COOKIE, signed(secret, session), httponly=True, samesite="strict", secure=https)
        return response

    return router


def _same_site(request: Request, origins: tuple[str, ...]) -> None:
    """Refuse a call that a page of a foreign site makes with this browser's cookie."""
    origin = request.headers.get("origin")
    if origin is not None and origin not in origins and urlsplit(origin).netloc != request.headers.get("host"):
        raise ApiError(403, "forbidden_origin")
