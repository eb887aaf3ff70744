"""Accounts: who may be known to the assistant, the tokens and channel users that stand for them, the agencies they work at.

Tokens and link codes are kept as SHA-256 alone. Names stand in a table of their own, so that one can be erased while entries of the
ledger keep their account id.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledge.errors import BadAccount, BadCode, UnknownAccount, UnknownAgency
from knowledge.progress.membership import canonical, plan_agencies
from knowledge.progress.types import CITIZEN, Account, Role
from knowledge.store.links import Attempts, bind, new_code, unbind, unbind_old, use_code
from knowledge.store.tables import account_names, accounts, agencies, link_codes, links, tokens
from knowledge.store.tokens import is_live, issue, revoke
from knowledge.text.normalise import clean

NAME_LIMIT = 200
SIGNED_IN: tuple[Role, ...] = ("staff", "leader", "editor", "admin")
"""The roles an account may have: everybody but citizens."""


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class AccountStore:
    """Reads and writes accounts. Every method but `read` is one committed transaction and blocks on the database."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now) -> None:
        self._engine = engine
        self._clock = clock
        self._attempts = Attempts()

    def create(self, name: str, role: str, agency: str | None = None) -> Account:
        """Make an account; `agency` in any spelling.

        Raises:
            BadAccount: `reason` is "name_empty", "name_long", "name_taken", "role" or "agency_missing".
            UnknownAgency: nobody knows the agency.
        """
        account = self._made(name, role, agency)
        self._insert(account, None)
        return account

    def get(self, account_id: str) -> Account:
        """The account with this id, disabled ones too; `CITIZEN` for "".

        Raises:
            UnknownAccount: there is none.
        """
        with self._engine.connect() as connection:
            return self.read(connection, account_id)

    def read(self, connection: Connection, account_id: str) -> Account:
        """`get` inside a caller's transaction."""
        if not account_id:
            return CITIZEN
        row = connection.execute(_accounts().where(accounts.c.id == account_id)).first()
        if row is None:
            raise UnknownAccount(account_id, account=account_id)
        return _account(row)

    def named(self, id_or_name: str) -> Account:
        """The account with this id or name.

        Raises:
            UnknownAccount: there is none.
        """
        wanted = clean(id_or_name)
        with self._engine.connect() as connection:
            # Names may be what a sign-in provider lets people call themselves: an id is never somebody's name.
            by_id = accounts.c.id == wanted
            row = connection.execute(
                _accounts().where(by_id | (account_names.c.name == wanted)).order_by(by_id.desc())
            ).first()
        if row is None:
            raise UnknownAccount(id_or_name, account=id_or_name)
        return _account(row)

    def list(self) -> builtins.list[Account]:
        """Every account, oldest first."""
        with self._engine.connect() as connection:
            return [_account(row) for row in connection.execute(_accounts().order_by(accounts.c.created_at))]

    def disable(self, account_id: str) -> None:
        """Shut an account out; its tokens end for good."""
        with self._engine.begin() as connection:
            self.read(connection, account_id)
            at = self._clock()
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(disabled_at=at))
            revoke(connection, at, account_id)

    def erase_name(self, account_id: str) -> None:
        """Forget the name; the account and what it reported stay."""
        with self._engine.begin() as connection:
            self.read(connection, account_id)
            connection.execute(delete(account_names).where(account_names.c.account == account_id))

    def issue_token(self, account_id: str) -> str:
        """A new bearer token (43 characters of base64url); it is shown this once and kept hashed."""
        with self._engine.begin() as connection:
            return self._issue(connection, account_id)

    def rotate_token(self, account_id: str) -> str:
        """A new token in place of every token the account has."""
        with self._engine.begin() as connection:
            revoke(connection, self._clock(), account_id)
            return self._issue(connection, account_id)

    def revoke_all(self) -> None:
        """End every token, link code, signed-in browser and linked Zalo user: after a restore, those revoked since would count again."""
        with self._engine.begin() as connection:
            revoke(connection, self._clock())
            for table in (link_codes, links):
                connection.execute(delete(table))

    def by_token(self, token: str) -> Account | None:
        """The account of a token; None for an unknown or revoked one and for a disabled account."""
        query = _accounts().join(tokens, tokens.c.account == accounts.c.id)
        with self._engine.connect() as connection:
            row = connection.execute(query.where(is_live(token), accounts.c.disabled_at.is_(None))).first()
        return _account(row) if row else None

    def agencies(self) -> builtins.list[str]:
        """Every known agency: those of the plans and those that were added."""
        return sorted(plan_agencies() | set(self.added_agencies()))

    def added_agencies(self) -> builtins.list[str]:
        """The agencies an operator has added."""
        with self._engine.connect() as connection:
            return sorted(connection.execute(select(agencies.c.name)).scalars())

    def add_agency(self, name: str) -> str:
        """Make an agency known that no plan names; its name, cleaned.

        Raises:
            BadAccount: `reason` is "agency_known" (`agency` is its name), "name_empty" or "name_long".
        """
        wanted = _name(name)
        try:
            known = canonical(wanted, self.added_agencies())
        except UnknownAgency:
            pass
        else:
            raise BadAccount(wanted, reason="agency_known", agency=known)
        with self._engine.begin() as connection:
            connection.execute(insert(agencies).values(name=wanted, created_at=self._clock()))
        return wanted

    def link_code(self, account_id: str) -> str:
        """A one-time code with which its holder binds a channel user to the account: "ABCD 2345", good for ten minutes."""
        with self._engine.begin() as connection:
            self.read(connection, account_id)
            return new_code(connection, account_id, self._clock())

    def redeem(self, code: str, channel: str, external: str, bound: str | None = None) -> Account:
        """Bind a channel user to the account of a code; `bound` in place of `external`, whose tries are counted.

        Raises:
            BadCode: it is wrong, used or too old, or (detail `seconds`) this user has tried too often.
        """
        at = self._clock()
        self._attempts.take(channel, external, at)
        with self._engine.begin() as connection:
            account = self.read(connection, use_code(connection, code, at))
            if account.disabled:
                raise BadCode("disabled")
            bind(connection, channel, bound or external, account.id, at)
        self._attempts.forget(channel, external)
        return account

    def link(self, account_id: str, channel: str, external: str, lifetime: timedelta | None = None) -> None:
        """Bind a channel user that has proven itself in another way; what is bound to the channel for longer than `lifetime` goes."""
        at = self._clock()
        with self._engine.begin() as connection:
            if lifetime is not None:
                unbind_old(connection, channel, at - lifetime)
            bind(connection, channel, external, account_id, at)

    def unlink(self, channel: str, external: str) -> bool:
        """Whether the channel user stood for an account; it no longer does."""
        with self._engine.begin() as connection:
            return unbind(connection, channel, external)

    def linked(self, channel: str, external: str, within: timedelta | None = None) -> Account | None:
        """The account a channel user stands for; None when there is none, when it is disabled, or bound longer ago than `within`."""
        found = (links.c.channel == channel) & (links.c.external == external) & accounts.c.disabled_at.is_(None)
        if within is not None:
            found &= links.c.created_at > self._clock() - within
        with self._engine.connect() as connection:
            row = connection.execute(_accounts().join(links, links.c.account == accounts.c.id).where(found)).first()
        return _account(row) if row else None

    def signed_in(self, subject: str, name: str, role: str, agency: str | None) -> Account:
        """The account of a sign-in provider's user (`subject`: issuer and the provider's id), made at the first sign-in.

        Role and agency become what the provider says now; a name that was erased stays erased, one that is taken gets a number.

        Raises:
            BadAccount: as `create`, or `reason` "disabled_account".
            UnknownAgency: nobody knows the agency.
        """
        for number in range(1, 100):
            # Looked up each time: another sign-in of the same person may have made the account meanwhile.
            known = self._of_subject(subject)
            if known is not None:
                return self._renewed(known, role, agency)
            account = self._made(name if number == 1 else f"{name} ({number})", role, agency)
            try:
                self._insert(account, subject)
            except BadAccount:
                continue
            return account
        raise BadAccount(name, reason="name_taken", name=name)

    def _of_subject(self, subject: str) -> Account | None:
        with self._engine.connect() as connection:
            row = connection.execute(_accounts().where(accounts.c.subject == subject)).first()
        return _account(row) if row else None

    def _renewed(self, known: Account, role: str, agency: str | None) -> Account:
        if known.disabled:
            raise BadAccount(known.id, reason="disabled_account")
        stands = self._role_and_agency(role, agency)
        with self._engine.begin() as connection:
            mine = update(accounts).where(accounts.c.id == known.id)
            connection.execute(mine.values(role=stands[0], agency=stands[1]))
            return self.read(connection, known.id)

    def _made(self, name: str, role: str, agency: str | None) -> Account:
        wanted = _name(name)
        return Account(uuid4().hex, *self._role_and_agency(role, agency), wanted)

    def _role_and_agency(self, role: str, agency: str | None) -> tuple[Role, str | None]:
        known = next((r for r in SIGNED_IN if r == role), None)
        if known is None:
            raise BadAccount(role, reason="role", role=role, known=", ".join(SIGNED_IN))
        if agency is not None:
            return known, canonical(agency, self.added_agencies())
        if known == "staff":
            raise BadAccount(role, reason="agency_missing")
        return known, None

    def _insert(self, account: Account, subject: str | None) -> None:
        row = {"id": account.id, "role": account.role, "agency": account.agency, "subject": subject}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(accounts).values(**row, created_at=self._clock()))
                connection.execute(insert(account_names).values(account=account.id, name=account.name))
        except IntegrityError:
            raise BadAccount(account.name, reason="name_taken", name=account.name) from None

    def _issue(self, connection: Connection, account_id: str) -> str:
        if self.read(connection, account_id).disabled:
            raise BadAccount(account_id, reason="disabled_account")
        return issue(connection, account_id, self._clock())


def _accounts() -> Select[Any]:
    return select(accounts, account_names.c.name).outerjoin(account_names, account_names.c.account == accounts.c.id)


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.role, row.agency, row.name or "", row.disabled_at is not None)


def _name(text: str) -> str:
    name = clean(text)
    if not name:
        raise BadAccount(text, reason="name_empty")
    if len(name) > NAME_LIMIT:
        raise BadAccount(text, reason="name_long", limit=NAME_LIMIT)
    return name
