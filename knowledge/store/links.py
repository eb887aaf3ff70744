"""Link codes and what they bind: a user of a channel (Zalo's user id, a browser's session) to an account.

A code is eight characters out of 31 (no 0/O, 1/I/L), shown as two groups and taken in any case and spacing: 31^8 = 8.5e11 codes. It
lives ten minutes, once, and a new one ends the account's older ones. A channel user has five tries in ten minutes. With 1,000 codes
alive at once, five guesses hit with 5 * 1,000 / 8.5e11 = 6e-9; ten thousand made-up users guessing round the clock would need half a
year of it for one hit (10,000 * 144 * 6e-9 = 0.8 % a day), and the rate limits in front of the channels let no such number through.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from knowledge.errors import BadCode
from knowledge.store.tables import link_codes, links
from knowledge.text.fold import fold

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
LIFETIME = timedelta(minutes=10)
TRIES = 5


class Attempts:
    """Counts the tries of channel users, in memory: a restart gives nobody more than five again."""

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._tries: OrderedDict[tuple[str, str], list[datetime]] = OrderedDict()

    def take(self, channel: str, external: str, at: datetime) -> None:
        """Count a try.

        Raises:
            BadCode: too many lately; the detail `seconds` says how long to wait.
        """
        recent = [t for t in self._tries.pop((channel, external), []) if at - t < LIFETIME]
        full = len(recent) >= TRIES
        self._tries[channel, external] = recent if full else [*recent, at]
        if len(self._tries) > self._most:
            self._tries.popitem(last=False)
        if full:
            raise BadCode("too many tries", seconds=int((recent[0] + LIFETIME - at).total_seconds()) + 1)

    def forget(self, channel: str, external: str) -> None:
        """Count from nothing again: the user gave a right code."""
        self._tries.pop((channel, external), None)


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


def _hashed(code: str) -> str:
    typed = "".join(c for c in fold(code[:64]).upper() if c.isalnum())
    return hashlib.sha256(typed.encode("utf-8", "replace")).hexdigest()
