"""Alembic's entry: runs the history on the connection that `bot.migrations.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from knowledge.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
