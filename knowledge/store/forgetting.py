"""What was said is deleted: at a person's wish, at an operator's word, or because it is old.

The dialogue engine remembers the last turns of a conversation on its own. Each deletion notes, in its own transaction, which conversations
the engine has still to forget; `bot.turns.forgetting` tells it, whenever it is there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, Select, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.store.tables import drafts, forgotten, turns, zalo_users
from knowledge.store.turns import ANSWERED

ENGINE_MEMORY = timedelta(days=31)
"""The engine forgets a conversation by itself that has been silent for 30 days."""


class ForgettingStore:
    """Deletes what was said. Every method is one committed transaction and blocks on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def conversation(self, name: str) -> int:
        """Delete the answered turns of a conversation, the opinions on them and its unfinished report; how many turns these were."""
        with self._engine.begin() as connection:
            note_forgotten(connection, select(literal(name).label("conversation")))
            connection.execute(delete(drafts).where(drafts.c.conversation == name))
            answered = (turns.c.conversation == name) & turns.c.state.in_(ANSWERED)
            return connection.execute(delete(turns).where(answered)).rowcount

    def conversation_of(self, turn: str) -> str | None:
        """The conversation that has this turn; None when there is none."""
        with self._engine.connect() as connection:
            return connection.execute(select(turns.c.conversation).where(turns.c.id == turn)).scalar()

    def purge(self, before: datetime) -> int:
        """Delete the answered turns received before a moment, and what was said about them; how many these were.

        Zalo users who have not written since are forgotten with them, and drafts that nobody went on with.
        """
        gone = (turns.c.received_at < before) & turns.c.state.in_(ANSWERED)
        going_on = select(turns.c.conversation).where(turns.c.received_at >= before)
        remembered = turns.c.received_at > datetime.now(UTC) - ENGINE_MEMORY
        with self._engine.begin() as connection:
            over = select(turns.c.conversation).where(gone, remembered, turns.c.conversation.not_in(going_on))
            note_forgotten(connection, over.distinct())
            connection.execute(delete(zalo_users).where(zalo_users.c.last_at < before))
            connection.execute(delete(drafts).where(drafts.c.updated_at < before))
            return connection.execute(delete(turns).where(gone)).rowcount

    def left(self, limit: int) -> list[str]:
        """Conversations that the engine has still to forget, those that wait longest first."""
        query = select(forgotten.c.conversation).order_by(forgotten.c.at, forgotten.c.conversation).limit(limit)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def settle(self, name: str) -> None:
        """The engine has forgotten a conversation."""
        with self._engine.begin() as connection:
            connection.execute(delete(forgotten).where(forgotten.c.conversation == name))


def note_forgotten(connection: Connection, conversations: Select[tuple[str]]) -> None:
    """Note, in the transaction that deletes them, which conversations the engine has still to forget."""
    add = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    names = conversations.subquery()
    now = literal(datetime.now(UTC), forgotten.c.at.type)
    rows = select(names.c[0], now).where(names.c[0].is_not(None))  # SQLite needs a condition before "on conflict"
    connection.execute(add(forgotten).from_select(["conversation", "at"], rows).on_conflict_do_nothing())
