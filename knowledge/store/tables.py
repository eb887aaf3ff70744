"""Every table of the database. Their history is in bot/migrations; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """A point in time, aware and in UTC on both databases (SQLite itself forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware again."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

turns = Table(
    "turns",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("channel", String(16), nullable=False),
    Column("conversation", String(64), nullable=False),
    Column("account", String(32), nullable=False, server_default=""),
    Column("message_id", String(128), nullable=False),
    Column("state", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("evidence", JSON(none_as_null=True), nullable=True),
    Column("replies", JSON(none_as_null=True), nullable=True),
    Column("received_at", Moment, nullable=False),
    Column("started_at", Moment, nullable=True),
    Column("finished_at", Moment, nullable=True),
    UniqueConstraint("conversation", "message_id"),
    CheckConstraint("state IN ('received', 'processing', 'done', 'failed')", name="state"),
    Index(None, "state", "received_at"),
)

# What people thought of an answer, kept for review; it goes with its turn.
feedback = Table(
    "feedback",
    metadata,
    Column("turn", String(32), ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
    Column("vote", String(8), nullable=False),
    Column("comment", Text, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("vote IN ('up', 'down')", name="vote"),
    Index(None, "at"),
)

# Conversations that are deleted here and that the dialogue engine has still to be told to forget.
forgotten = Table(
    "forgotten",
    metadata,
    Column("conversation", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("agency", Text, nullable=True),
    Column("subject", Text, nullable=True, unique=True),  # who it is to the sign-in provider: issuer and subject
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment, nullable=True),
    CheckConstraint("role IN ('staff', 'leader', 'editor', 'admin')", name="role"),
)

# Names stand alone, so that one can be erased while the ledger keeps its account ids.
account_names = Table(
    "account_names",
    metadata,
    Column("account", String(32), ForeignKey("accounts.id"), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

tokens = Table(
    "tokens",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", String(32), ForeignKey("accounts.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment, nullable=True),
    Index(None, "account"),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", String(32), ForeignKey("accounts.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=True),
)

# Who a user of a channel is: Zalo's user id, a browser's session.
links = Table(
    "links",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("external", String(128), primary_key=True),
    Column("account", String(32), ForeignKey("accounts.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "account"),
)

# Files that accounts have sent, for whom each counts, and when it came last.
evidence_files = Table(
    "evidence_files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("account", String(32), ForeignKey("accounts.id"), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "account"),
)

agencies = Table(
    "agencies",
    metadata,
    Column("name", Text, primary_key=True),
    Column("created_at", Moment, nullable=False),
)

# A report that is being told: it survives a restart, and can be finished on another channel.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("account", String(32), ForeignKey("accounts.id"), nullable=False),
    Column("conversation", String(64), nullable=False, unique=True),
    Column("state", JSON(none_as_null=True), nullable=False),
    Column("kept", Integer, nullable=False),  # 1 once the person put it off ("để mai"), 2 once it is saved
    Column("updated_at", Moment, nullable=False),
    Index(None, "account"),
)

entries = Table(
    "entries",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False, unique=True),
    Column("idempotency_key", String(160), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("record", String(32), nullable=False),
    Column("plan", String(64), nullable=False),
    Column("part", String(16), nullable=False),
    Column("item", String(32), nullable=False),
    Column("version", String(64), nullable=False),
    Column("corrects", String(32), nullable=True),
    Column("author", String(32), nullable=False),
    Column("agency", Text, nullable=True),
    Column("channel", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("percent", Integer, nullable=True),
    Column("status", String(16), nullable=True),
    Column("note", Text, nullable=False),
    Column("obstacle", Text, nullable=False),
    Column("next_step", Text, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("value", Float, nullable=True),
    Column("unit", Text, nullable=False),
    Column("measured_on", Date, nullable=True),
    Column("measure", Integer, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    CheckConstraint("kind IN ('update', 'measurement', 'correction', 'undo')", name="kind"),
    CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    CheckConstraint("status IN ('not_started', 'in_progress', 'done', 'delayed', 'blocked')", name="status"),
    Index(None, "record", "seq"),
    Index(None, "author"),
)

# The end of the chain. Whoever adds an entry holds this row, so that no two entries follow the same one.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("hash", String(64), nullable=False),
)

# Users of the Zalo channel. Whoever works on a user's messages holds the user's lease, so that they are answered one after another.
zalo_users = Table(
    "zalo_users",
    metadata,
    Column("user", String(64), primary_key=True),
    Column("last_at", Moment, nullable=False),  # when the user last wrote; from then on so many replies are free
    Column("replies", Integer, nullable=False),
    Column("following", Integer, nullable=False),
    Column("lease_by", String(32), nullable=False),
    Column("lease_until", Moment, nullable=True),
    Index(None, "last_at"),
)

# What is still to be done for a turn of Zalo's: answering it, then sending `parcels` one by one. It goes with its turn.
zalo_deliveries = Table(
    "zalo_deliveries",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("turn", String(32), ForeignKey("turns.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("user", String(64), nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("talk", String(64), nullable=False),  # Zalo's conversation id of somebody who does not follow, else ""
    Column("attachments", JSON(none_as_null=True), nullable=False),
    Column("state", String(16), nullable=False),
    Column("parcels", JSON(none_as_null=True), nullable=True),
    Column("sent", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("said_at", Moment, nullable=False),  # by the clock of Zalo, which may deliver a later message first
    Column("due_at", Moment, nullable=False),
    Column("reason", String(200), nullable=False),
    UniqueConstraint("user", "message_id"),
    CheckConstraint("state IN ('waiting', 'sending', 'sent', 'held', 'dead')", name="state"),
    Index(None, "state", "user", "seq"),
)

# The pair of tokens, sealed. One row; whoever exchanges it holds its lease.
zalo_tokens = Table(
    "zalo_tokens",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", Text, nullable=False),
    Column("access_until", Moment, nullable=False),
    Column("refresh_until", Moment, nullable=False),
    Column("lease_by", String(32), nullable=False),
    Column("lease_until", Moment, nullable=True),
)

# Channels that an operator has switched off, and what people are told there.
switches = Table(
    "switches",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("notice", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
