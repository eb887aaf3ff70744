"""What a sign-in that is under way remembers (state, nonce, code verifier): a signed cookie that ends after ten minutes.

It is "lax", so that it comes along when the provider sends the browser back, and goes to the sign-in routes alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "sauro_sign_in"
SECONDS = 600


def recall(request: Request, secret: bytes) -> None:
    """Give the request the session that Authlib expects: what the cookie holds, nothing if it is forged or too old."""
    request.scope["session"] = _read(request.cookies.get(COOKIE, ""), secret)


def remember(request: Request, response: Response, secret: bytes, path: str) -> None:
    """Keep the request's session in the cookie; without anything to keep the cookie goes."""
    if not request.session:
        response.delete_cookie(COOKIE, path)
        return
    held = json.dumps([int(time.time()) + SECONDS, request.session]).encode()
    value = base64.urlsafe_b64encode(held).decode()
    https = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, f"{value}.{_signature(value, secret)}", SECONDS, path=path, secure=https, httponly=True, samesite="lax"
    )


def _read(cookie: str, secret: bytes) -> dict[str, Any]:
    value, _, signature = cookie.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(value, secret).encode()):
        return {}
    until, session = json.loads(base64.urlsafe_b64decode(value))
    return dict(session) if time.time() < until else {}


def _signature(value: str, secret: bytes) -> str:
    return hmac.new(secret, b"sign-in under way\0" + value.encode(), hashlib.sha256).hexdigest()
