"""The simulator as an application: the platform's addresses, a page on which one chats as a Zalo user, and the handles of tests."""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from bot.messages.catalog import Lang, message
from bot.zalosim.events import Events
from bot.zalosim.platform import platform_router
from bot.zalosim.world import Faults, User, World

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
WORDS = ("title", "user", "follow", "faults", "talk", "message", "send", "file", "picture")
FILE_LIMIT = 20 * 1024 * 1024
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def simulator(
    world: World,
    target: str,
    lang: Lang = "vi",
    pace: float = 1.0,
    transport: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """The application. `target` is the address of the channel's webhook; `pace` scales the pauses between deliveries of an event."""
    events = Events(world, target, pace, transport)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        await events.close()

    app = FastAPI(title="Zalo simulator", docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)
    app.state.events = events
    app.include_router(platform_router(world))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    page = _page(lang)

    @app.middleware("http")
    async def guarded(request: Request, call_next: Any) -> Response:
        response: Response = await call_next(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return Response(status_code=204)

    @app.get("/")
    async def chat() -> HTMLResponse:
        return HTMLResponse(page)

    @app.post("/sim/say")
    async def say(request: Request) -> dict[str, Any]:
        body = await request.json()
        return events.user_sends(str(body["user"]), str(body.get("kind", "text")), {"text": str(body["text"])})

    @app.post("/sim/know")
    async def know(request: Request) -> dict[str, int]:
        for user in (await request.json())["users"]:
            world.users.setdefault(str(user), User(str(user), world.now()))
        return {"users": len(world.users)}

    @app.post("/sim/sign")
    async def sign(request: Request) -> dict[str, Any]:
        body = await request.json()
        raw, headers = events.signed(events.written(str(body["user"]), "text", {"text": str(body["text"])}))
        return {"body": raw.decode(), "headers": headers}

    @app.post("/sim/follow")
    async def follow(request: Request) -> dict[str, Any]:
        body = await request.json()
        return events.follows(str(body["user"]), follows=bool(body.get("follows", True)))

    @app.post("/sim/file")
    async def file(request: Request, user: str, name: str) -> JSONResponse:
        data = await request.body()
        if len(data) > FILE_LIMIT:
            return JSONResponse({"error": "too large"}, 413)
        number = secrets.token_hex(8)
        world.files[number] = (name, data)
        url = f"{str(request.base_url).rstrip('/')}/files/{number}/{quote(name, safe='')}"
        picture = name.lower().endswith(PICTURES)
        payload = {"url": url, "thumbnail": url} if picture else {"url": url, "name": name, "size": str(len(data))}
        kind = "image" if picture else "file"
        return JSONResponse(events.user_sends(user, kind, {"attachments": [{"type": kind, "payload": payload}]}))

    @app.get("/sim/said")
    async def said(user: str = "", after: int = 0) -> list[dict[str, Any]]:
        return [m for m in world.said[after:] if not user or m["user"] == user]

    @app.get("/sim/taken")
    async def taken() -> list[str]:
        return sorted(events.taken)

    @app.get("/sim/state")
    async def state() -> dict[str, Any]:
        users = {user.id: asdict(user) for user in world.users.values()}
        counts = {
            "exchanges": world.exchanges,
            "calls": world.calls,
            "given_up": events.given_up,
            "under_way": events.under_way,
        }
        return {"users": users, "faults": asdict(world.faults), "refused": events.refused, **counts}

    @app.post("/sim/faults")
    async def faults(request: Request) -> dict[str, Any]:
        world.faults = Faults(**{**asdict(world.faults), **await request.json()})
        return asdict(world.faults)

    @app.post("/sim/block")
    async def block(request: Request) -> dict[str, Any]:
        body = await request.json()
        world.users[str(body["user"])].blocked = bool(body.get("blocked", True))
        return asdict(world.users[str(body["user"])])

    return app


def _page(lang: Lang) -> str:
    words = {word: message(f"zalosim.{word}", lang) for word in WORDS}
    page = (STATIC / "index.html").read_text(encoding="utf-8").replace("{{lang}}", lang)
    for name, text in words.items():
        page = page.replace("{{" + name + "}}", html.escape(text))
    return page.replace("{{strings}}", json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"))
