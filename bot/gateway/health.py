"""Is the service alive, is it ready, and how is it doing?"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from bot.gateway.library import Library
from bot.gateway.metrics import Metrics


def health_router(
    library: Library, engine_ready: Callable[[], Awaitable[bool]], database: Callable[[], bool], metrics: Metrics
) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`. `database` blocks until it knows whether the database answers."""
    router = APIRouter(tags=["operation"])

    @router.get("/healthz", summary="The process answers")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", summary="The dialogue engine is up, the index is loaded, the database answers")
    async def readyz() -> JSONResponse:
        parts = {
            "engine": await engine_ready(),
            "index": library.loaded,
            "database": await asyncio.to_thread(database),
        }
        ready = all(parts.values())
        return JSONResponse({"status": "ready" if ready else "not_ready", **parts}, 200 if ready else 503)

    @router.get("/metrics", summary="Prometheus metrics", response_class=Response)
    async def metrics_text() -> Response:
        return Response(await asyncio.to_thread(metrics.text), media_type=CONTENT_TYPE_LATEST)

    return router
