"""The Zalo channel's inbox and outbox: what is still to be done for each of its turns. The only place with these queries.

A message is recorded with its turn in one transaction and is worked on by whoever holds its user's lease: the user's messages one after
another, in the order in which they were said. One that waits for another attempt holds up the user's later ones, and nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from knowledge.progress.types import Evidence
from knowledge.store.forgetting import note_forgotten
from knowledge.store.tables import drafts, links, turns, zalo_deliveries, zalo_users
from knowledge.store.transactions import writing

State = Literal["waiting", "sending", "sent", "held", "dead"]
Obstacle = Literal["window", "unfollowed"]
CHANNEL = "zalo"
UNFINISHED = ("waiting", "sending")
IN_ORDER: tuple[ColumnElement[Any], ...] = (
    zalo_deliveries.c.state, zalo_deliveries.c.said_at, zalo_deliveries.c.seq,
)  # fmt: skip
"""A user's unfinished deliveries: one that is being sent, then those that wait, the oldest first."""
ANSWERED_BY_ENGINE = ("text", "file")
FREE_REPLIES = 8
"""Messages that may be sent to a user without charge until he writes again."""
FREE_TIME = timedelta(hours=48)
"""How long after a user's message they may be sent."""


@dataclass(frozen=True)
class Arrival:
    """A message as it came: `kind` says what it is, `said_at` when it was sent by Zalo's clock, `talk` is Zalo's conversation id of
    somebody who does not follow ("" of others)."""

    user: str
    message_id: str
    kind: str
    text: str
    said_at: datetime
    talk: str = ""
    attachments: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Delivery:
    """What is to be done for a turn. `parcels` are the messages of the reply (None until there is one), `sent` how many are sent."""

    seq: int
    turn: str
    user: str
    message_id: str
    kind: str
    talk: str
    attachments: tuple[dict[str, Any], ...]
    state: State
    parcels: tuple[dict[str, Any], ...] | None
    sent: int
    attempts: int
    said_at: datetime
    due_at: datetime
    reason: str


class DeliveryStore:
    """Reads and writes deliveries. Every method is one committed transaction and blocks on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def receive(self, arrival: Arrival, conversation: str, at: datetime) -> bool:
        """Record a message with its turn; False when it was recorded before. What was held for its user may be sent from now on."""
        turn = uuid4().hex
        row = {
            "id": turn, "channel": CHANNEL, "conversation": conversation, "message_id": arrival.message_id,
            "account": "", "state": "received", "text": arrival.text, "received_at": at,
        }  # fmt: skip
        mine = zalo_deliveries.c.user == arrival.user
        try:
            with self._engine.begin() as connection:
                _seen(connection, arrival.user, at)
                connection.execute(insert(turns).values(row))
                connection.execute(insert(zalo_deliveries).values(_row(arrival, turn, at)))
                held = mine & (zalo_deliveries.c.state == "held")
                connection.execute(update(zalo_deliveries).where(held).values(state="waiting", attempts=0, due_at=at))
        except IntegrityError:
            return False
        return True

    def left(self, user: str, at: datetime) -> None:
        """A user followed no longer at a moment; he counts as following again when he does, or writes."""
        before = (zalo_users.c.user == user) & (zalo_users.c.last_at <= at)  # and not an event that comes late
        with self._engine.begin() as connection:
            connection.execute(update(zalo_users).where(before).values(following=0))

    def forget(self, user: str) -> int:
        """Delete everything about a user but what he reported; how many turns these were."""
        own = select(zalo_deliveries.c.turn).where(zalo_deliveries.c.user == user)
        talks = select(turns.c.conversation).where(turns.c.id.in_(own)).distinct()
        with self._engine.begin() as connection:
            note_forgotten(connection, talks)
            connection.execute(delete(drafts).where(drafts.c.conversation.in_(talks)))
            gone = connection.execute(delete(turns).where(turns.c.id.in_(own))).rowcount
            connection.execute(delete(zalo_users).where(zalo_users.c.user == user))
            connection.execute(delete(links).where((links.c.channel == CHANNEL) & (links.c.external == user)))
        return gone

    def claim(self, by: str, at: datetime, until: datetime, most: int, answer_before: datetime) -> list[str]:
        """Take the leases of at most `most` users for whom there is something to do now; the users.

        Messages that only the dialogue engine can answer count when they were said before `answer_before`.
        """
        place = func.row_number().over(partition_by=zalo_deliveries.c.user, order_by=IN_ORDER).label("place")
        first = select(zalo_deliveries, place).where(zalo_deliveries.c.state.in_(UNFINISHED)).subquery()
        free = or_(zalo_users.c.lease_until.is_(None), zalo_users.c.lease_until <= at)
        ready = (
            select(zalo_users.c.user)
            .join(first, first.c.user == zalo_users.c.user)
            .where(first.c.place == 1, free, _workable(first.c, answer_before), first.c.due_at <= at)
            .order_by(first.c.due_at, first.c.seq)
            .limit(most)
        )
        # Most looks find nothing: they are answered without putting a backlog in order.
        some = select(zalo_deliveries.c.seq).where(
            zalo_deliveries.c.state.in_(UNFINISHED),
            zalo_deliveries.c.due_at <= at,
            _workable(zalo_deliveries.c, answer_before),
        )
        with self._engine.connect() as connection:
            if connection.execute(some.limit(1)).first() is None:
                return []
            users = list(connection.execute(ready).scalars())
        return [user for user in users if self._take(user, by, at, until)]

    def keep(self, users: Iterable[str], by: str, at: datetime, until: datetime) -> list[str]:
        """Make those of these leases last longer that one still has; their users."""
        own = zalo_users.c.user.in_(list(users)) & (zalo_users.c.lease_by == by) & (zalo_users.c.lease_until > at)
        longer = update(zalo_users).where(own).values(lease_until=until).returning(zalo_users.c.user)
        with self._engine.begin() as connection:
            return list(connection.execute(longer).scalars())

    def release(self, users: Iterable[str], by: str) -> None:
        """Give leases back."""
        own = zalo_users.c.user.in_(list(users)) & (zalo_users.c.lease_by == by)
        with self._engine.begin() as connection:
            connection.execute(update(zalo_users).where(own).values(lease_until=None))

    def next(self, user: str) -> Delivery | None:
        """The oldest unfinished delivery of a user, due or not."""
        own = (zalo_deliveries.c.user == user) & zalo_deliveries.c.state.in_(UNFINISHED)
        return next(iter(self._read(own, 1, *IN_ORDER)), None)

    def address(self, turn: str, conversation: str, account: str, evidence: Sequence[Evidence] = ()) -> None:
        """Say who wrote a message that nobody has worked on, and what came with it."""
        fresh = (turns.c.id == turn) & (turns.c.state == "received")
        values = {"conversation": conversation, "account": account, "evidence": [asdict(e) for e in evidence] or None}
        with self._engine.begin() as connection:
            connection.execute(update(turns).where(fresh).values(values))

    def wrap(self, seq: int, parcels: Sequence[dict[str, Any]], sent: int = 0) -> None:
        """Store the messages of the reply, of which so many are sent: the others are to be sent."""
        state: State = "sending" if len(parcels) > sent else "sent"
        self._set(seq, parcels=list(parcels), state=state, attempts=0, reason="")

    def sent(self, seq: int, count: int, user: str, *, last: bool) -> None:
        """Record that `count` messages of a delivery are sent by now."""
        one = zalo_users.c.user == user
        values = {"sent": count, "attempts": 0, "reason": "", "state": "sent" if last else "sending"}
        with self._engine.begin() as connection:
            connection.execute(update(zalo_users).where(one).values(replies=zalo_users.c.replies + 1))
            connection.execute(update(zalo_deliveries).where(zalo_deliveries.c.seq == seq).values(values))

    def later(self, seq: int, due_at: datetime, reason: str, attempts: int | None = None) -> None:
        """Try again at a moment; `attempts` is how many there were, None when this one does not count."""
        counted = {} if attempts is None else {"attempts": attempts}
        self._set(seq, due_at=due_at, reason=reason[:200], **counted)

    def end(self, seq: int, reason: str) -> None:
        """Lay a delivery aside as dead, until an operator resends it."""
        self._set(seq, state="dead", reason=reason[:200])

    def heard(self, user: str) -> datetime | None:
        """When a user wrote last; None for one who never did."""
        with self._engine.connect() as connection:
            return connection.execute(select(zalo_users.c.last_at).where(zalo_users.c.user == user)).scalar()

    def hold(self, seq: int, user: str, reason: str, heard: datetime | None) -> bool:
        """Hold a delivery until its user writes again; False, and nothing is held, when he has written since he was `heard`."""
        one = zalo_users.c.user == user
        with writing(self._engine) as connection:
            # A message that comes in takes this row first: either it finds the delivery held, or it is seen here.
            row = connection.execute(select(zalo_users.c.last_at).where(one).with_for_update()).first()
            if row is not None and row.last_at != heard:
                return False
            mine = zalo_deliveries.c.seq == seq
            connection.execute(update(zalo_deliveries).where(mine).values(state="held", reason=reason[:200]))
        return True

    def obstacle(self, user: str, at: datetime) -> Obstacle | None:
        """Why another message to a user has to wait: it would not be free of charge, or he follows no longer; None when it may go out."""
        with self._engine.connect() as connection:
            row = connection.execute(select(zalo_users).where(zalo_users.c.user == user)).first()
        if row is None or row.replies >= FREE_REPLIES or at - row.last_at >= FREE_TIME:
            return "window"
        return None if row.following else "unfollowed"

    def aside(self, limit: int) -> list[Delivery]:
        """Deliveries that are dead or held, newest first."""
        return self._read(zalo_deliveries.c.state.in_(("held", "dead")), limit, zalo_deliveries.c.seq.desc())

    def resend(self, which: Sequence[str], at: datetime) -> int:
        """Try dead deliveries again, by their turns' ids; how many these were."""
        mine = zalo_deliveries.c.turn.in_(which) & (zalo_deliveries.c.state == "dead")
        values = {"state": "waiting", "attempts": 0, "due_at": at, "reason": ""}
        with self._engine.begin() as connection:
            return connection.execute(update(zalo_deliveries).where(mine).values(values)).rowcount

    def counts(self) -> dict[str, int]:
        """How many deliveries are in each state but "sent"."""
        query = select(zalo_deliveries.c.state, func.count()).where(zalo_deliveries.c.state != "sent")
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(zalo_deliveries.c.state))}

    def _take(self, user: str, by: str, at: datetime, until: datetime) -> bool:
        free = or_(zalo_users.c.lease_until.is_(None), zalo_users.c.lease_until <= at)
        taken = update(zalo_users).where((zalo_users.c.user == user) & free)
        with self._engine.begin() as connection:
            return connection.execute(taken.values(lease_by=by, lease_until=until)).rowcount == 1

    def _set(self, seq: int, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(zalo_deliveries).where(zalo_deliveries.c.seq == seq).values(**values))

    def _read(self, which: ColumnElement[bool], limit: int, *order: ColumnElement[Any]) -> list[Delivery]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(zalo_deliveries).where(which).order_by(*order).limit(limit))
            return [_delivery(row) for row in rows]


def _workable(columns: Any, answer_before: datetime) -> ColumnElement[bool]:
    """Whether something can be done for a delivery: all but what waits for the dialogue engine."""
    return or_(columns.parcels.is_not(None), columns.kind.not_in(ANSWERED_BY_ENGINE), columns.said_at <= answer_before)


def _seen(connection: Connection, user: str, at: datetime) -> None:
    """The user has written: replies are free again. Made in one statement, for two first messages may come at once."""
    add = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    seen = {"last_at": at, "replies": 0, "following": 1}
    row = add(zalo_users).values(seen | {"user": user, "lease_by": "", "lease_until": None})
    connection.execute(row.on_conflict_do_update(index_elements=[zalo_users.c.user], set_=seen))


def _row(arrival: Arrival, turn: str, at: datetime) -> dict[str, Any]:
    return {
        "turn": turn, "user": arrival.user, "message_id": arrival.message_id, "kind": arrival.kind,
        "talk": arrival.talk, "attachments": list(arrival.attachments), "state": "waiting", "parcels": None,
        "sent": 0, "attempts": 0, "said_at": min(arrival.said_at, at), "due_at": at, "reason": "",
    }  # fmt: skip


def _delivery(row: Row[Any]) -> Delivery:
    parcels = None if row.parcels is None else tuple(row.parcels)
    return Delivery(
        row.seq, row.turn, row.user, row.message_id, row.kind, row.talk, tuple(row.attachments), row.state, parcels,
        row.sent, row.attempts, row.said_at, row.due_at, row.reason,
    )  # fmt: skip
