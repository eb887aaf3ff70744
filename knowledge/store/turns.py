"""The turns table: one row per message, from receipt to stored replies. The only place with its queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Engine, Row, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection

from knowledge.progress.types import Evidence
from knowledge.store.tables import turns
from knowledge.store.transactions import writing

State = Literal["received", "processing", "done", "failed"]
Message = dict[str, Any]
ANSWERED = ("done", "failed")

# Written down once: putting a statement together takes longer than SQLite takes to carry it out.
_RECEIVE = insert(turns)
_CHANGE = update(turns).where(turns.c.id == bindparam("turn"))
_UNDER_WAY = (
    select(turns)
    .where(turns.c.conversation == bindparam("of"), turns.c.state == "processing")
    .order_by(turns.c.started_at.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Turn:
    """A row. `account` is "" for a citizen; `text` keeps the line breaks that were typed.

    `replies` are the messages of the answer without their recipient; None until it is done or failed. `evidence` are the files that came
    with the message.
    """

    id: str
    channel: str
    conversation: str
    message_id: str
    state: State
    text: str
    replies: list[Message] | None = None
    account: str = ""
    received_at: datetime | None = field(default=None, compare=False)
    evidence: tuple[Evidence, ...] = ()


class TurnStore:
    """Reads and writes turns. Every method is one committed transaction and blocks on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reachable(self) -> bool:
        """Does the database answer?"""
        try:
            with self._engine.connect() as connection:
                connection.execute(select(1))
        except (DBAPIError, NoConnection):
            return False
        return True

    def receive(
        self,
        channel: str,
        conversation: str,
        text: str,
        message_id: str | None = None,
        account: str = "",
        evidence: Sequence[Evidence] = (),
        started: bool = False,
    ) -> tuple[Turn, bool]:
        """Record a message as received: (its row, True), or (the row that already has its conversation and id, False).

        Without a client's message id every call is a new turn. `started` says that the dialogue engine sees it at once, nothing of its
        conversation being before it: one write for what else takes `start` as well. It is on disk with the first write that waits for it,
        which is before anybody gets an answer: what a power cut takes with it was answered to nobody.
        """
        now = datetime.now(UTC)
        own_id, sent = uuid4().hex, message_id or uuid4().hex
        state: State = "processing" if started else "received"
        turn = Turn(own_id, channel, conversation, sent, state, text, None, account, now, tuple(evidence))
        row = {
            "id": turn.id, "channel": channel, "conversation": conversation, "message_id": turn.message_id,
            "account": account, "state": turn.state, "text": text, "received_at": now,
            "started_at": now if started else None,
            "evidence": [asdict(e) for e in evidence] or None,
        }  # fmt: skip
        try:
            with writing(self._engine, at_once=False) as connection:
                connection.execute(_RECEIVE, row)
        except IntegrityError:
            with self._engine.connect() as connection:
                known = (turns.c.conversation == conversation) & (turns.c.message_id == turn.message_id)
                return _turn(connection.execute(select(turns).where(known)).one()), False
        return turn, True

    def read(self, turn_id: str) -> Turn:
        """The turn with this id, which must be there."""
        with self._engine.connect() as connection:
            return _turn(connection.execute(select(turns).where(turns.c.id == turn_id)).one())

    def under_way(self, conversation: str) -> Turn | None:
        """The turn of a conversation that the dialogue engine is working on; None when there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(_UNDER_WAY, {"of": conversation}).first()
        return _turn(row) if row else None

    def history(self, conversation: str, limit: int) -> list[Turn]:
        """The last `limit` turns of a conversation, oldest first."""
        own = select(turns).where(turns.c.conversation == conversation).order_by(turns.c.seq.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [_turn(row) for row in reversed(connection.execute(own).all())]

    def start(self, turn_id: str) -> None:
        """Record that the dialogue engine is about to see the turn."""
        self._set(turn_id, at_once=False, state="processing", started_at=datetime.now(UTC))

    def finish(self, turn_id: str, state: Literal["done", "failed"], replies: list[Message]) -> None:
        """Store the replies; `failed` when the message may be sent again under the same id."""
        self._set(turn_id, state=state, replies=replies, finished_at=datetime.now(UTC))

    def give_up(self, before: datetime, channels: Collection[str]) -> int:
        """Mark as failed what was received before a moment over these channels and never answered; how many these were."""
        left = turns.c.state.not_in(ANSWERED) & (turns.c.received_at < before) & turns.c.channel.in_(channels)
        with self._engine.begin() as connection:
            now = datetime.now(UTC)
            return connection.execute(update(turns).where(left).values(state="failed", finished_at=now)).rowcount

    def _set(self, turn_id: str, *, at_once: bool = True, **values: object) -> None:
        with writing(self._engine, at_once=at_once) as connection:
            connection.execute(_CHANGE, {"turn": turn_id, **values})


def _turn(row: Row[Any]) -> Turn:
    return Turn(
        row.id, row.channel, row.conversation, row.message_id, row.state, row.text, row.replies, row.account,
        row.received_at, tuple(Evidence(**e) for e in row.evidence or ()),
    )  # fmt: skip
