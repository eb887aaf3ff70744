"""Sign-in of staff in a browser: by link code or at the agency's own provider, and who is signed in.

Signing in and out gives the browser a new session, so that nobody who knew the old one shares what follows.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from bot.channels.auth import WEB, Identity, account_of
from bot.channels.body import json_object, text_of
from bot.channels.errors import ApiError
from bot.channels.web.session import COOKIE, foreign, hand_out, new_session, session_of, signed, verified
from bot.messages.catalog import Lang, preferred
from bot.staff.claims import Person, Provider, Refused, person
from bot.staff.oidc import SignIn
from bot.staff.page import STATIC, page
from bot.staff.waiting import recall, remember
from knowledge.errors import BadAccount, BadCode, UnknownAgency
from knowledge.progress.types import Account

WAY = "/staff/oidc"
CODE_LIMIT = 64


def staff_router(identity: Identity, provider: Provider | None) -> APIRouter:
    """The routes under `/staff`. Without a provider people sign in by link code alone."""
    router = APIRouter(prefix="/staff", tags=["staff"])
    router.mount("/staff/static", StaticFiles(directory=STATIC), name="staff-static")
    if provider is not None:
        _add_provider(router, identity, SignIn(provider))

    @router.get("", include_in_schema=False)
    async def sign_in_page(request: Request) -> HTMLResponse:
        return HTMLResponse(page(_lang(request), provider is not None), headers={"Cache-Control": "no-cache"})

    @router.get("/me", summary="Who is signed in")
    async def me(request: Request, account: Annotated[Account, Depends(account_of)]) -> JSONResponse:
        told = {"account": _told(account), "sign_in": identity.for_staff(request), "oidc": provider is not None}
        return JSONResponse(told)

    @router.post("/link", summary="Sign in with a link code")
    async def link(request: Request) -> JSONResponse:
        if not identity.for_staff(request):
            raise ApiError(403, "forbidden_origin")
        code = text_of(json_object(await request.body()), "code")[:CODE_LIMIT]
        old = session_of(request, identity.secret, identity.origins)
        account, session = await asyncio.to_thread(_redeemed, identity, code, old or new_session())
        return _answer(request, identity, account, session)

    @router.post("/sign-out", summary="Sign out")
    async def sign_out(request: Request) -> JSONResponse:
        foreign(request, identity.origins)
        old = session_of(request, identity.secret, identity.origins)
        if old is not None:
            await asyncio.to_thread(identity.accounts.unlink, WEB, old)
        return _answer(request, identity, None, new_session())

    return router


def _redeemed(identity: Identity, code: str, old: str) -> tuple[Account, str]:
    session = new_session()
    try:
        account = identity.accounts.redeem(code, WEB, old, session)
    except BadCode as error:
        seconds = error.details.get("seconds")
        if seconds is None:
            raise ApiError(403, "bad_code") from None
        raise ApiError(429, "too_many_codes", {"Retry-After": str(seconds)}, seconds=seconds) from None
    return account, _renewed(identity, account, old, session)


def _renewed(identity: Identity, account: Account, old: str | None, session: str) -> str:
    """The new session, which stands for the account; the old one stands for nobody."""
    identity.accounts.link(account.id, WEB, session, identity.signed_in)
    if old is not None:
        identity.accounts.unlink(WEB, old)
    return session


def _answer(request: Request, identity: Identity, account: Account | None, session: str) -> JSONResponse:
    """`session` goes to our own pages as a cookie, to a page of another site as a token."""
    there = foreign(request, identity.origins)
    token = signed(identity.secret, session) if there else None
    response = JSONResponse({"account": account and _told(account), "session": token})
    if not there:
        hand_out(response, request, identity.secret, session)
    return response


def _add_provider(router: APIRouter, identity: Identity, sign_in: SignIn) -> None:
    @router.get("/oidc/start", include_in_schema=False)
    async def start(request: Request) -> Response:
        recall(request, identity.secret)
        try:
            response = await sign_in.leave(request, str(request.url_for("oidc_callback")))
        except Refused as error:
            return _refusal(_lang(request), error.reason)
        request.session["lang"] = _lang(request)
        remember(request, response, identity.secret, WAY)
        return response

    @router.get("/oidc/callback", include_in_schema=False, name="oidc_callback")
    async def callback(request: Request) -> Response:
        recall(request, identity.secret)
        lang = request.session.pop("lang", None) or _lang(request)
        try:
            who = person(await sign_in.claims(request), sign_in.provider)
            account = await asyncio.to_thread(_account_of, identity, who)
        except Refused as error:
            response = _refusal(lang, error.reason)
        else:
            # The cookie of our own pages is not sent along from another site; where a browser sends it, it ends.
            old = verified(identity.secret, request.cookies.get(COOKIE))
            session = await asyncio.to_thread(_renewed, identity, account, old, new_session())
            # A page and not a redirect: after one that another site began, the browser would hold back the new cookie.
            response = HTMLResponse(page(lang, oidc=True))
            hand_out(response, request, identity.secret, session)
        remember(request, response, identity.secret, WAY)
        return response


def _account_of(identity: Identity, who: Person) -> Account:
    try:
        return identity.accounts.signed_in(who.subject, who.name, who.role, who.agency)
    except UnknownAgency as error:
        raise Refused("agency") from error
    except BadAccount as error:
        raise Refused("disabled" if error.details["reason"] == "disabled_account" else "failed") from error


def _refusal(lang: Lang, reason: str) -> HTMLResponse:
    status = 502 if reason == "unreachable" else 403
    return HTMLResponse(page(lang, oidc=True, problem=reason), status)


def _told(account: Account) -> dict[str, Any] | None:
    if not account.id:
        return None
    return {"role": account.role, "agency": account.agency, "name": account.name}


def _lang(request: Request) -> Lang:
    asked = request.query_params.get("lang")
    return "en" if asked == "en" else "vi" if asked == "vi" else preferred(request.headers.get("accept-language"))
