"""Channels that an operator has switched off, with the notice that people get there instead of answers."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, delete, insert, select

from knowledge.store.tables import switches


class SwitchStore:
    """Reads and writes the switches. Every method is one committed transaction and blocks on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def off(self, channel: str, notice: str) -> None:
        """Switch a channel off, or change its notice."""
        with self._engine.begin() as connection:
            connection.execute(delete(switches).where(switches.c.channel == channel))
            connection.execute(insert(switches).values(channel=channel, notice=notice, at=datetime.now(UTC)))

    def on(self, channel: str) -> bool:
        """Switch a channel on again; False when it was not off."""
        with self._engine.begin() as connection:
            return connection.execute(delete(switches).where(switches.c.channel == channel)).rowcount > 0

    def notices(self) -> dict[str, str]:
        """The notice of each channel that is off."""
        with self._engine.connect() as connection:
            return {row.channel: row.notice for row in connection.execute(select(switches))}
