"""Bearer tokens that stand for accounts: 256 random bits, shown once and kept as SHA-256 alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, false, insert, true, update

from knowledge.store.tables import tokens

TOKEN_LIMIT = 200
"""Characters; what is longer is no token, and is not hashed to see that."""


def issue(connection: Connection, account_id: str, at: datetime) -> str:
    """A new token of an account (43 characters of base64url)."""
    token = secrets.token_urlsafe(32)
    row = {"hash": _digest(token), "account": account_id, "created_at": at}
    connection.execute(insert(tokens).values(row))
    return token


def revoke(connection: Connection, at: datetime, account_id: str | None = None) -> None:
    """End every token of an account, or of all of them."""
    whose = true() if account_id is None else tokens.c.account == account_id
    connection.execute(update(tokens).where(whose, tokens.c.revoked_at.is_(None)).values(revoked_at=at))


def is_live(token: str) -> ColumnElement[bool]:
    """The condition on the table's rows that they keep this token and that it has not ended."""
    if not 0 < len(token) <= TOKEN_LIMIT:
        return false()
    return (tokens.c.hash == _digest(token)) & tokens.c.revoked_at.is_(None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
