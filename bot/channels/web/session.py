"""The widget's session: a random name in a signed cookie; nobody can step into another browser's conversations."""

from __future__ import annotations

import hashlib
import hmac
import secrets

COOKIE = "sauro_session"


def new_session() -> str:
    """A random session name: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def signed(secret: bytes, session: str) -> str:
    """The cookie's value: the session and its signature."""
    return f"{session}.{_signature(secret, session)}"


def verified(secret: bytes, cookie: str | None) -> str | None:
    """The session of a cookie that this server signed, else None."""
    session, _, signature = (cookie or "").partition(".")
    expected = _signature(secret, session)
    return session if session and hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode()) else None


def _signature(secret: bytes, session: str) -> str:
    return hmac.new(secret, b"web session\0" + session.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
