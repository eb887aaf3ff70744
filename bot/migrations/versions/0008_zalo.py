"""The Zalo channel: its users, what is to be sent to them, its tokens; and switches of channels."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "zalo_users",
        sa.Column("user", sa.String(64), primary_key=True),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("replies", sa.Integer, nullable=False),
        sa.Column("following", sa.Integer, nullable=False),
        sa.Column("lease_by", sa.String(32), nullable=False),
        sa.Column("lease_until", moment, nullable=True),
    )
    op.create_index("ix_zalo_users_last_at", "zalo_users", ["last_at"])
    op.create_table(
        "zalo_deliveries",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("turn", sa.String(32), sa.ForeignKey("turns.id", ondelete="CASCADE"), nullable=False, unique=True),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("talk", sa.String(64), nullable=False),
        sa.Column("attachments", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("parcels", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("said_at", moment, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.UniqueConstraint("user", "message_id", name="uq_zalo_deliveries_user_message_id"),
        sa.CheckConstraint("state IN ('waiting', 'sending', 'sent', 'held', 'dead')", name="ck_zalo_deliveries_state"),
    )
    op.create_index("ix_zalo_deliveries_state_user_seq", "zalo_deliveries", ["state", "user", "seq"])
    op.create_table(
        "zalo_tokens",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("access_until", moment, nullable=False),
        sa.Column("refresh_until", moment, nullable=False),
        sa.Column("lease_by", sa.String(32), nullable=False),
        sa.Column("lease_until", moment, nullable=True),
    )
    op.create_table(
        "switches",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("notice", sa.Text, nullable=False),
        sa.Column("at", moment, nullable=False),
    )


def downgrade() -> None:
    """Back."""
    for table in ("switches", "zalo_tokens", "zalo_deliveries", "zalo_users"):
        op.drop_table(table)
