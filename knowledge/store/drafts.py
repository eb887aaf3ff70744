"""Reports that are still being told: kept so that they survive a restart and can be finished in another conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Engine, Row, delete, insert, select, update

from knowledge.store.tables import drafts
from knowledge.store.transactions import writing


@dataclass(frozen=True)
class Draft:
    """A report being told. `state` is a JSON object of the dialog's own; `kept` once the person put it off.

    `settled`: it is saved. What is left only says so, should the conversation's last message come again.
    """

    id: str
    account: str
    conversation: str
    state: dict[str, Any]
    kept: bool
    updated_at: datetime
    settled: bool = False


UNDER_WAY, KEPT, SETTLED = 0, 1, 2
"""What the column `kept` holds."""


class DraftStore:
    """Reads and writes drafts, at most one per conversation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, account: str, conversation: str, state: dict[str, Any], kept: bool = False) -> Draft:
        """Keep `state` as the conversation's draft, in place of the one it has."""
        return self._write(account, conversation, state, KEPT if kept else UNDER_WAY)

    def settle(self, account: str, conversation: str, state: dict[str, Any]) -> Draft:
        """Leave of the conversation's draft that it is saved."""
        return self._write(account, conversation, state, SETTLED)

    def of_conversation(self, conversation: str) -> Draft | None:
        """The conversation's draft, or what is left of the one that it saved last."""
        return next(iter(self._read(drafts.c.conversation == conversation)), None)

    def of_account(self, account: str) -> list[Draft]:
        """Every unfinished draft of an account, newest first."""
        return self._read((drafts.c.account == account) & (drafts.c.kept != SETTLED))

    def take(self, draft_id: str, conversation: str) -> Draft | None:
        """Move a draft to this conversation, in place of the one it has; None when the draft is gone.

        Whose draft it is, is for the caller to see: compare `account` before.
        """
        with writing(self._engine) as connection:
            wanted = drafts.c.id == draft_id
            if connection.execute(select(drafts.c.id).where(wanted).with_for_update()).first() is None:
                return None
            connection.execute(delete(drafts).where(drafts.c.conversation == conversation, drafts.c.id != draft_id))
            moved = {"conversation": conversation, "kept": UNDER_WAY, "updated_at": datetime.now(UTC)}
            connection.execute(update(drafts).where(wanted).values(moved))
            return _draft(connection.execute(select(drafts).where(wanted)).one())

    def remove(self, conversation: str) -> None:
        """Throw the conversation's draft away, if it has one."""
        with writing(self._engine) as connection:
            connection.execute(delete(drafts).where(drafts.c.conversation == conversation))

    def _write(self, account: str, conversation: str, state: dict[str, Any], kept: int) -> Draft:
        values = {"account": account, "state": state, "kept": kept, "updated_at": datetime.now(UTC)}
        mine = drafts.c.conversation == conversation
        # The turn's own row is written next, at once: the reply is not sent before the draft is on disk.
        with writing(self._engine, at_once=False) as connection:
            if connection.execute(update(drafts).where(mine).values(values)).rowcount == 0:
                connection.execute(insert(drafts).values(values | {"id": uuid4().hex, "conversation": conversation}))
            return _draft(connection.execute(select(drafts).where(mine)).one())

    def _read(self, which: ColumnElement[bool]) -> list[Draft]:
        query = select(drafts).where(which).order_by(drafts.c.updated_at.desc(), drafts.c.id)
        with self._engine.connect() as connection:
            return [_draft(row) for row in connection.execute(query)]


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        row.id, row.account, row.conversation, row.state, row.kept == KEPT, row.updated_at, row.kept == SETTLED
    )
