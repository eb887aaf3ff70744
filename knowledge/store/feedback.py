"""What people thought of an answer: one vote and comment per turn, for those who look after the assistant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, delete, insert, select

from knowledge.store.tables import feedback, turns

Vote = Literal["up", "down"]


@dataclass(frozen=True)
class Opinion:
    """A vote on a turn, with the turn's own words: `text` is what was asked, `replies` what was answered."""

    turn: str
    channel: str
    vote: Vote
    comment: str
    at: datetime
    text: str
    replies: list[dict[str, Any]]


class FeedbackStore:
    """Reads and writes opinions. Every method is one committed transaction and blocks on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, conversation: str, turn: str, vote: Vote | None, comment: str = "") -> bool:
        """Record what a conversation thinks of one of its turns; None takes it back. False when it has no such turn."""
        own = select(turns.c.id).where((turns.c.id == turn) & (turns.c.conversation == conversation))
        with self._engine.begin() as connection:
            if connection.execute(own.with_for_update()).first() is None:
                return False
            connection.execute(delete(feedback).where(feedback.c.turn == turn))
            if vote is not None:
                row = {"turn": turn, "vote": vote, "comment": comment, "at": datetime.now(UTC)}
                connection.execute(insert(feedback).values(row))
        return True

    def votes(self, conversation: str) -> dict[str, Vote]:
        """The votes of a conversation by turn id."""
        own = select(feedback.c.turn, feedback.c.vote).join(turns, turns.c.id == feedback.c.turn)
        with self._engine.connect() as connection:
            rows = connection.execute(own.where(turns.c.conversation == conversation)).all()
        return {row.turn: row.vote for row in rows}

    def latest(self, limit: int, vote: Vote | None = None) -> list[Opinion]:
        """The last `limit` opinions, of one vote or of both, newest first."""
        wanted = select(feedback, turns.c.channel, turns.c.text, turns.c.replies).join(turns)
        if vote is not None:
            wanted = wanted.where(feedback.c.vote == vote)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(feedback.c.at.desc()).limit(limit)).all()
        return [Opinion(r.turn, r.channel, r.vote, r.comment, r.at, r.text, r.replies or []) for r in rows]
