"""Turns that the end of a process left without an answer.

Whoever sent such a message over REST or from the page sends it again under its id, and is answered then. What nobody asks for
again is marked as failed, so that it does not look under way for ever and goes with the other old turns.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from knowledge.store.turns import TurnStore

log = structlog.get_logger(__name__)

RESENT = ("rest", "web")
"""Channels whose clients send a message again when they got no answer."""
LONGEST = timedelta(minutes=15)
"""No turn takes as long, its wait for the ones before it included: other gateways of the same database keep theirs."""


async def give_up_leftovers(store: TurnStore) -> None:
    """Mark them, now and from time to time. Runs until it is cancelled."""
    while True:
        try:
            given_up = await asyncio.to_thread(store.give_up, datetime.now(UTC) - LONGEST, RESENT)
            if given_up:
                log.warning("turns left unanswered", turns=given_up)
        except SQLAlchemyError as error:  # the next time will do
            log.warning("unanswered turns not marked", reason=type(error).__name__)
        await asyncio.sleep(LONGEST.total_seconds())
