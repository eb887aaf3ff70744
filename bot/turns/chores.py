"""What has to be done again and again while the service runs: deleting what is old, marking what was left, having the engine forget.

Nothing is kept longer than people are told. A message that the end of a process left without an answer is sent again under its id, over
REST or from the page, and is answered then; one that nobody sends again is marked as failed, so that it does not look under way for ever
and goes with the other old turns.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from knowledge.store.forgetting import ForgettingStore
from knowledge.store.turns import TurnStore
from knowledge.store.uploads import Uploads

log = structlog.get_logger(__name__)

DAY_SECONDS = 24 * 3600.0
RESENT = ("rest", "web")
"""Channels whose clients send a message again when they got no answer."""
LONGEST = timedelta(minutes=15)
"""No turn takes as long, its wait for the ones before it included: other gateways of the same database keep theirs."""


@dataclass(frozen=True)
class Chore:
    """`work` is done at once and then every `seconds`; `name` stands in the log when it fails."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[None]]


async def keep_doing(chore: Chore) -> None:
    """Do a chore from time to time; what fails is tried again the next time. Runs until it is cancelled."""
    while True:
        try:
            await chore.work()
        except (SQLAlchemyError, OSError) as error:
            log.warning("chore failed", chore=chore.name, reason=type(error).__name__)
        except Exception:  # a mistake of ours must not end the chore for as long as the service runs
            log.exception("chore failed", chore=chore.name)
        await asyncio.sleep(chore.seconds)


def delete_old(store: ForgettingStore, days: int) -> None:
    """Delete turns that are older than `days`; 0 keeps all. Blocks on the database."""
    if days:
        deleted = store.purge(datetime.now(UTC) - timedelta(days=days))
        log.info("old turns deleted", turns=deleted, days=days)


def sweep_files(uploads: Uploads, days: int) -> None:
    """Delete files that `days` after they were sent belong to no report; 0 keeps all. Blocks on database and disk."""
    if days:
        swept = uploads.sweep(datetime.now(UTC) - timedelta(days=days))
        log.info("files of no report deleted", files=swept, days=days)


def give_up_leftovers(store: TurnStore) -> None:
    """Mark turns as failed that nobody is working on and nobody has sent again. Blocks on the database."""
    given_up = store.give_up(datetime.now(UTC) - LONGEST, RESENT)
    if given_up:
        log.warning("turns left unanswered", turns=given_up)
