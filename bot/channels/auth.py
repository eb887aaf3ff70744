"""Who sends a request: by bearer token, or by a browser session in which somebody has signed in; a citizen without either.

A token nobody has, or that was revoked, is refused and never taken for a citizen. Look-ups are indexed reads that block: routers
name `account_of` as a dependency, which FastAPI runs on a thread, or `recognise`, which takes one only where there is something to look
up; a route then gets what was found. Nothing is remembered beyond the request, so that a revoked token or a disabled account ends at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from bot.channels.errors import ApiError
from bot.channels.web.session import COOKIE, HEADER, foreign, session_of
from knowledge.progress.types import CITIZEN, Account
from knowledge.store.accounts import AccountStore

WEB = "web"


@dataclass(frozen=True)
class Identity:
    """What identity is decided by. `secret` signs sessions, `origins` are other sites whose pages may call, `staff_origins` those of
    them on whose pages staff may be signed in, `signed_in` is how long a browser stays so."""

    accounts: AccountStore
    secret: bytes
    origins: tuple[str, ...] = ()
    signed_in: timedelta = timedelta(hours=12)
    staff_origins: tuple[str, ...] = ()

    def account(self, request: Request) -> Account:
        """The account of a request; blocks on the database.

        Raises:
            ApiError: 401 for a token that stands for no account, 403 when a page of a foreign site uses this browser's session.
        """
        if anonymous(request):
            return CITIZEN
        if "authorization" in request.headers:
            return self._bearer(request.headers["authorization"])
        session = session_of(request, self.secret, self.origins)
        if not self.for_staff(request):
            return CITIZEN
        return (session and self.accounts.linked(WEB, session, self.signed_in)) or CITIZEN

    def for_staff(self, request: Request) -> bool:
        """Whether staff may be signed in on the page that calls: what it shows and asks for is in that site's hands.

        Raises:
            ApiError: 403 when the page is of a site that may not call at all.
        """
        return not foreign(request, self.origins) or request.headers["origin"] in self.staff_origins

    def _bearer(self, header: str) -> Account:
        scheme, _, token = header.partition(" ")
        account = self.accounts.by_token(token.strip()) if scheme.lower() == "bearer" else None
        if account is None:
            raise ApiError(401, "unauthorized", {"WWW-Authenticate": "Bearer"})
        return account


def anonymous(request: Request) -> bool:
    """Whether a request brings nothing that could stand for an account."""
    return not ("authorization" in request.headers or COOKIE in request.cookies or HEADER in request.headers)


async def recognise(request: Request) -> None:
    """Find out whose request it is before it is served, on a thread where the database is to be asked.

    Raises:
        ApiError: as `Identity.account`.
    """
    if anonymous(request):
        request.state.account = CITIZEN
    else:
        await run_in_threadpool(account_of, request)


def account_of(request: Request) -> Account:
    """The account of a request, `CITIZEN` when nobody has signed in.

    Raises:
        ApiError: as `Identity.account`.
    """
    found: Account | None = getattr(request.state, "account", None)
    if found is None:
        identity: Identity = request.app.state.identity
        found = request.state.account = identity.account(request)
    return found
