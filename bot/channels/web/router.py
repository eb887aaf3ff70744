"""The portal page, the widget's files and its calls."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.channels.web.chat import Chats, chat_router
from bot.channels.web.page import LANGS, STATIC, page
from bot.messages.catalog import Lang

# The widget's code is public: pages of any site may load it (what they may call is another matter).
SHARED_FILE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
LOADER_CACHE = "public, max-age=300"
# The loader asks for a file by its content's hash; without one, ask again each time.
FOREVER = "public, max-age=31536000, immutable"


class SharedFiles(StaticFiles):
    """Static files that pages of other sites may load."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with the headers that let it be used and kept."""
        response = await super().get_response(path, scope)
        response.headers.update(SHARED_FILE)
        response.headers["Cache-Control"] = FOREVER if scope.get("query_string") else "no-cache"
        return response


def web_router(chats: Chats) -> APIRouter:
    """The router of the web channel."""
    router = APIRouter()
    contact = str(chats.about.get("contact") or "")
    portal = {lang: page("portal", lang, contact=contact) for lang in LANGS}
    router.mount("/static", SharedFiles(directory=STATIC), name="static")
    router.include_router(chat_router(chats))

    @router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def portal_page(request: Request) -> HTMLResponse:
        lang: Lang = "en" if request.query_params.get("lang") == "en" else "vi"
        return HTMLResponse(portal[lang], headers={"Cache-Control": "no-cache"})

    @router.api_route("/widget.js", methods=["GET", "HEAD"], include_in_schema=False)
    async def loader() -> FileResponse:
        headers: dict[str, Any] = {**SHARED_FILE, "Cache-Control": LOADER_CACHE}
        return FileResponse(STATIC / "widget.js", media_type="text/javascript", headers=headers)

    return router
