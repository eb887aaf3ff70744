"""The widget's session: a random name that this server signed; nobody can step into another browser's conversations.

On the assistant's own pages it is a cookie that scripts can not read. A page of another site gets it as a token and sends it
in a header, because browsers do not let cookies travel there.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import Request, Response

from bot.channels.errors import ApiError

COOKIE = "sauro_session"
HEADER = "x-sauro-session"
COOKIE_SECONDS = 180 * 24 * 3600


def new_session() -> str:
    """A random session name: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def signed(secret: bytes, session: str) -> str:
    """What is handed out: the session and its signature."""
    return f"{session}.{_signature(secret, session)}"


def verified(secret: bytes, handed: str | None) -> str | None:
    """The session of a cookie or token that this server signed, else None."""
    session, _, signature = (handed or "").partition(".")
    expected = _signature(secret, session)
    return session if session and hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode()) else None


def foreign(request: Request, origins: tuple[str, ...]) -> bool:
    """Does a page of another site call?

    Raises:
        ApiError: 403 when that site is not among `origins`.
    """
    origin = request.headers.get("origin")
    if origin is None or origin.partition("://")[2] == request.headers.get("host"):
        return False
    if origin not in origins:
        raise ApiError(403, "forbidden_origin")
    return True


def session_of(request: Request, secret: bytes, origins: tuple[str, ...]) -> str | None:
    """The session that a request proves: by header from another site's page, by cookie from our own; None without one.

    Raises:
        ApiError: 403 when another site's page calls that may not.
    """
    there = foreign(request, origins)
    return verified(secret, request.headers.get(HEADER) if there else request.cookies.get(COOKIE))


def hand_out(response: Response, request: Request, secret: bytes, session: str) -> None:
    """Set the cookie of a session on a response to one of our own pages."""
    # Behind a proxy that does not tell of TLS, the page's own origin does.
    https = request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")
    response.set_cookie(COOKIE, signed(secret, session), COOKIE_SECONDS, httponly=True, samesite="strict", secure=https)


def _signature(secret: bytes, session: str) -> str:
    return hmac.new(secret, b"web session\0" + session.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
