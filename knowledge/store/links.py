"""Link codes and what they bind: a user of a channel (Zalo's user id, a browser's session) to an account.

A code is eight characters out of 31 (no 0/O, 1/I/L), shown as two groups and taken in any case and spacing: 31^8 = 8.5e11 codes. It
lives ten minutes, once, and a new one ends the account's older ones. In ten minutes a channel user has 5 tries, and all together have
500 wrong ones: with 100 codes alive at once a guess hits with 1.2e-10, and guessing round the clock (144 * 500 tries a day) hits once
in some 300 years. Whoever uses up the 500 keeps others from signing in by code for ten minutes; tokens and the provider still work.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection, delete, insert, select, update

from knowledge.errors import BadCode
from knowledge.store.tables import link_codes, links
from knowledge.text.fold import fold

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
LIFETIME = timedelta(minutes=10)
TRIES = 5
TRIES_OF_ALL = 500


class Attempts:
    """Counts the tries of channel users that did not end well, in memory: a restart gives nobody more than the same again.

    Tries come from several threads at once.
    """

    def __init__(self) -> None:
        self._tries: deque[tuple[datetime, tuple[str, str]]] = deque()
        self._lock = Lock()

    def take(self, channel: str, external: str, at: datetime) -> None:
        """Count a try.

        Raises:
            BadCode: too many lately, of this user or of all; the detail `seconds` says how long to wait.
        """
        with self._lock:
            while self._tries and at - self._tries[0][0] >= LIFETIME:
                self._tries.popleft()
            own = [t for t, user in self._tries if user == (channel, external)]
            full = own[0] if len(own) >= TRIES else self._tries[0][0] if len(self._tries) >= TRIES_OF_ALL else None
            if full is not None:
                raise BadCode("too many tries", seconds=int((full + LIFETIME - at).total_seconds()) + 1)
            self._tries.append((at, (channel, external)))

    def forget(self, channel: str, external: str) -> None:
        """Take back the tries of a user who gave a right code."""
        with self._lock:
            self._tries = deque(t for t in self._tries if t[1] != (channel, external))


def new_code(connection: Connection, account_id: str, at: datetime) -> str:
    """Make a code for an account and end its older ones and everything that is too old."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    over = (link_codes.c.account == account_id) | (link_codes.c.expires_at <= at)
    connection.execute(delete(link_codes).where(over))
    row = {"hash": _hashed(code), "account": account_id, "expires_at": at + LIFETIME, "used_at": None}
    connection.execute(insert(link_codes).values(row))
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def use_code(connection: Connection, code: str, at: datetime) -> str:
    """The account of a code, which is used up by this.

    Raises:
        BadCode: it is wrong, used or too old.
    """
    known = link_codes.c.hash == _hashed(code)
    live = known & link_codes.c.used_at.is_(None) & (link_codes.c.expires_at > at)
    if connection.execute(update(link_codes).where(live).values(used_at=at)).rowcount != 1:
        raise BadCode("no such code")
    account: str = connection.execute(select(link_codes.c.account).where(known)).scalar_one()
    return account


def bind(connection: Connection, channel: str, external: str, account_id: str, at: datetime) -> None:
    """Make a channel user stand for an account, and for no other."""
    unbind(connection, channel, external)
    row = {"channel": channel, "external": external, "account": account_id, "created_at": at}
    connection.execute(insert(links).values(row))


def unbind(connection: Connection, channel: str, external: str) -> bool:
    """Whether the channel user stood for an account; it no longer does."""
    gone = connection.execute(delete(links).where((links.c.channel == channel) & (links.c.external == external)))
    return gone.rowcount > 0


def unbind_old(connection: Connection, channel: str, before: datetime) -> None:
    """End what was bound to a channel before a moment."""
    connection.execute(delete(links).where((links.c.channel == channel) & (links.c.created_at <= before)))


def _hashed(code: str) -> str:
    typed = "".join(c for c in fold(code[:64]).upper() if c.isalnum())
    return hashlib.sha256(typed.encode("utf-8", "replace")).hexdigest()
