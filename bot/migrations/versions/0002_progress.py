"""Accounts, what binds people to them, drafts, and the ledger of progress, which can only be added to."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Forward."""
    op.add_column("turns", sa.Column("account", sa.String(32), nullable=False, server_default=""))
    _people()
    _ledger()
    _append_only(op.get_bind().dialect.name)


def downgrade() -> None:
    """Back, while the ledger is empty: entries are never thrown away."""
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM entries")).scalar():
        raise RuntimeError(f"{datetime.now(UTC):%Y-%m-%d}: the ledger holds entries; restore a backup instead")
    for table in (
        "ledger_head",
        "entries",
        "drafts",
        "agencies",
        "links",
        "link_codes",
        "tokens",
        "account_names",
        "accounts",
    ):
        op.drop_table(table)
    if connection.dialect.name == "postgresql":
        op.execute("DROP FUNCTION entries_are_kept()")
    with op.batch_alter_table("turns") as batch:
        batch.drop_column("account")


def _people() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("agency", sa.Text, nullable=True),
        sa.Column("subject", sa.Text, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.UniqueConstraint("subject", name="uq_accounts_subject"),
        sa.CheckConstraint("role IN ('staff', 'leader', 'editor', 'admin')", name="ck_accounts_role"),
    )
    op.create_table(
        "account_names",
        sa.Column("account", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.UniqueConstraint("name", name="uq_account_names_name"),
    )
    op.create_table(
        "tokens",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
    )
    op.create_index("ix_tokens_account", "tokens", ["account"])
    op.create_table(
        "link_codes",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
    )
    op.create_table(
        "links",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("external", sa.String(128), primary_key=True),
        sa.Column("account", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_links_account", "links", ["account"])
    op.create_table(
        "agencies",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("account", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("state", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kept", sa.Integer, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.UniqueConstraint("conversation", name="uq_drafts_conversation"),
    )
    op.create_index("ix_drafts_account", "drafts", ["account"])


def _ledger() -> None:
    op.create_table(
        "entries",
        sa.Column("seq", BIG, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("idempotency_key", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("record", sa.String(32), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("part", sa.String(16), nullable=False),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("corrects", sa.String(32), nullable=True),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("agency", sa.Text, nullable=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("percent", sa.Integer, nullable=True),
        sa.Column("status", sa.String(16), nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("obstacle", sa.Text, nullable=False),
        sa.Column("next_step", sa.Text, nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("value", sa.Float, nullable=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("measured_on", sa.Date, nullable=True),
        sa.Column("measure", sa.Integer, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("id", name="uq_entries_id"),
        sa.UniqueConstraint("idempotency_key", name="uq_entries_idempotency_key"),
        sa.UniqueConstraint("hash", name="uq_entries_hash"),
        sa.CheckConstraint("kind IN ('update', 'measurement', 'correction', 'undo')", name="ck_entries_kind"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="ck_entries_percent"),
        sa.CheckConstraint(
            "status IN ('not_started', 'in_progress', 'done', 'delayed', 'blocked')", name="ck_entries_status"
        ),
    )
    op.create_index("ix_entries_record_seq", "entries", ["record", "seq"])
    op.create_index("ix_entries_author", "entries", ["author"])
    head = op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": ""}])


def _append_only(dialect: str) -> None:
    """Let the database itself refuse to change or delete an entry."""
    if dialect == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER entries_no_{change.lower()} BEFORE {change} ON entries "
                "BEGIN SELECT RAISE(ABORT, 'entries are only ever added'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION entries_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'entries are only ever added'; END $$"
    )
    op.execute(
        "CREATE TRIGGER entries_no_change BEFORE UPDATE OR DELETE ON entries "
        "FOR EACH ROW EXECUTE FUNCTION entries_are_kept()"
    )
    op.execute(
        "CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION entries_are_kept()"
    )
