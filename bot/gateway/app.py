"""The public application: channels, API and health checks behind the limits and headers that hold for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from starlette.middleware.cors import CORSMiddleware

from bot.channels.auth import Identity
from bot.channels.rest.router import rest_router
from bot.channels.web.chat import EVIDENCE, Chats
from bot.channels.web.page import page
from bot.channels.web.router import web_router
from bot.gateway.api import api_router
from bot.gateway.errors import handle_errors
from bot.gateway.evidence import evidence_router
from bot.gateway.health import health_router
from bot.gateway.library import Library
from bot.gateway.limits import BodyLimit
from bot.gateway.metrics import Metrics
from bot.gateway.progress import progress_router
from bot.gateway.reports import Reports
from bot.gateway.requests import RequestGuard
from bot.gateway.settings import Settings
from bot.gateway.standings import standings_router
from bot.staff.claims import Provider
from bot.staff.router import staff_router
from bot.turns.desk import Desk
from bot.turns.forgetting import Forgetter
from knowledge.store.accounts import SIGNED_IN, AccountStore
from knowledge.store.feedback import FeedbackStore
from knowledge.store.turns import TurnStore
from knowledge.store.uploads import Uploads


@dataclass(frozen=True)
class Parts:
    """What the application serves. It owns none of it: whoever made the parts starts and closes them.

    `ready` tells whether a turn can go all the way.
    """

    desk: Desk
    forgetter: Forgetter
    library: Library
    reports: Reports
    metrics: Metrics
    ready: Callable[[], Awaitable[bool]]
    accounts: AccountStore
    turns: TurnStore
    feedback: FeedbackStore
    uploads: Uploads


def create_app(settings: Settings, secret: bytes, parts: Parts, channels: Sequence[APIRouter] = ()) -> FastAPI:
    """Build the application; `secret` signs sessions, `channels` are the routers of those channels that are not always there."""
    app = FastAPI(
        title="Sáu Rõ",
        version=version("sauro"),
        description="Cited answers over a province's official plans.",
        docs_url=None,
        redoc_url=None,
    )
    handle_errors(app)
    signed_in = timedelta(hours=settings.sign_in_hours)
    app.state.identity = Identity(parts.accounts, secret, settings.cors_origins, signed_in, settings.staff_origins)
    library, reports, files = parts.library, parts.reports, parts.uploads.files
    for router in (
        rest_router(parts.desk),
        web_router(_chats(settings, secret, parts)),
        *channels,
        staff_router(app.state.identity, _provider(settings)),
        api_router(library, reports),
        progress_router(library, reports, files),
        evidence_router(library, reports, files),
        standings_router(library, reports),
        health_router(library, parts.ready, parts.turns.reachable, parts.metrics),
    ):
        app.include_router(router)
    api_page = page("docs")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(api_page)

    app.add_middleware(BodyLimit, limit=settings.body_limit, larger={EVIDENCE: settings.evidence_max_bytes})
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["*"],
        )
    # Added last, so outermost: even a refused body gets its request id, headers and log line.
    app.add_middleware(RequestGuard, metrics=parts.metrics)
    return app


def _chats(settings: Settings, secret: bytes, parts: Parts) -> Chats:
    """What the widget's calls work on."""
    about = {
        "contact": settings.contact,
        "retention_days": settings.retention_days,
        "message_limit": settings.message_limit,
    }
    return Chats(
        parts.desk,
        parts.turns,
        parts.feedback,
        parts.uploads,
        parts.forgetter,
        secret,
        settings.cors_origins,
        about,
    )


def _provider(settings: Settings) -> Provider | None:
    """Where staff may sign in besides with a link code."""
    if not settings.oidc_issuer:
        return None
    secret = settings.oidc_client_secret
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        secret.get_secret_value() if secret else "",
        settings.oidc_scopes,
        settings.oidc_role_claim,
        settings.oidc_roles or {role: role for role in SIGNED_IN},
        settings.oidc_agency_claim,
        settings.oidc_agencies,
        settings.oidc_redirect_url,
    )
