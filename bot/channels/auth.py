"""Who sends a request: a citizen without a token. An unknown token is refused, never taken for a citizen."""

from __future__ import annotations

from fastapi import Request

from bot.channels.errors import ApiError

CITIZEN = ""


def account_of(request: Request) -> str:
    """The account of a request: `CITIZEN` when there is no Authorization header.

    Raises:
        ApiError: 401 for a header that names no known account.
    """
    if "authorization" in request.headers:
        raise ApiError(401, "unauthorized", {"WWW-Authenticate": "Bearer"})
    return CITIZEN
