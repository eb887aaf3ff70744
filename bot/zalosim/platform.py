"""The addresses of the simulated platform that the channel calls: tokens, messages, uploads, users' files."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from bot.zalosim.world import PICTURE, World

TEXTS = {0: "Success", -216: "Access token is invalid", -220: "Access token is expired", -210: "Message is too long"}
STATUS = {"500": 500, "429": 429, "timeout": 504}


def platform_router(world: World) -> APIRouter:
    """The routes under the paths of `openapi.zalo.me` and `oauth.zaloapp.com`."""
    router = APIRouter()

    @router.post("/v4/oa/access_token")
    async def token(request: Request) -> JSONResponse:
        form = {k: str(v) for k, v in (await request.form()).items()}
        secret = request.headers.get("secret_key", "")
        if form.get("grant_type") != "refresh_token":
            return JSONResponse({"error_name": "Invalid grant type", "error": -14002})
        return JSONResponse(world.exchange(form.get("refresh_token", ""), form.get("app_id", ""), secret))

    @router.post("/v3.0/oa/message/cs")
    @router.post("/v2.0/oa/message")
    async def send(request: Request) -> Response:
        body = await request.json()
        recipient, message = body["recipient"], body["message"]
        refused = world.token_error(request.headers.get("access_token", ""))
        if refused:
            return _verdict(refused)
        fault = world.fault()
        if fault == "timeout":
            await asyncio.sleep(world.faults.stall)
        if isinstance(fault, str):
            return Response("trouble", STATUS[fault])
        user = str(recipient.get("user_id") or recipient.get("anonymous_id") or "")
        code = fault or world.send(user, _shown(message))
        return _verdict(code, {"message_id": secrets.token_hex(10), "user_id": user} if not code else None)

    @router.post("/v2.0/oa/upload/image")
    async def upload(request: Request) -> Response:
        refused = world.token_error(request.headers.get("access_token", ""))
        if refused:
            return _verdict(refused)
        file = (await request.form())["file"]
        data = await file.read()  # type: ignore[union-attr]  # a form field with a file name
        if len(data) > PICTURE:
            return _verdict(-210)
        name = secrets.token_hex(8)
        world.pictures[name] = (str(file.content_type), data)  # type: ignore[union-attr]
        return _verdict(0, {"attachment_id": name})

    @router.get("/files/{number}/{_name}")
    async def file(number: str) -> Response:
        known = world.files.get(number)
        return Response(known[1], media_type="application/octet-stream") if known else Response(status_code=404)

    @router.get("/pictures/{name}")
    async def picture(name: str) -> Response:
        known = world.pictures.get(name)
        return Response(known[1], media_type=known[0]) if known else Response(status_code=404)

    return router


def _verdict(code: int, data: dict[str, Any] | None = None) -> JSONResponse:
    """Zalo tells every outcome with HTTP status 200."""
    return JSONResponse({"error": code, "message": TEXTS.get(code, "Error"), **({"data": data} if data else {})})


def _shown(message: dict[str, Any]) -> dict[str, Any]:
    """A message as its reader sees it, from what was sent."""
    return {key: message[key] for key in ("text", "attachment") if key in message}
