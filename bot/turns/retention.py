"""Nothing is kept longer than people are told: old turns and files of no report are deleted at start-up and then once a day."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from knowledge.store.forgetting import ForgettingStore
from knowledge.store.uploads import Uploads

log = structlog.get_logger(__name__)
DAY_SECONDS = 24 * 3600.0


async def keep_for(store: ForgettingStore, days: int) -> None:
    """Delete what is older than `days`, today and every day after; 0 keeps all. Runs until it is cancelled."""
    while days:
        try:
            deleted = await asyncio.to_thread(store.purge, datetime.now(UTC) - timedelta(days=days))
            log.info("old turns deleted", turns=deleted, days=days)
        except SQLAlchemyError as error:  # tomorrow is another day
            log.warning("old turns not deleted", reason=type(error).__name__)
        await asyncio.sleep(DAY_SECONDS)


async def sweep_files(uploads: Uploads, days: int) -> None:
    """Delete files that `days` after they were sent belong to no report, today and every day after; 0 keeps all. Runs until cancelled."""
    while days:
        try:
            swept = await asyncio.to_thread(uploads.sweep, datetime.now(UTC) - timedelta(days=days))
            log.info("files of no report deleted", files=swept, days=days)
        except (SQLAlchemyError, OSError) as error:
            log.warning("files of no report not deleted", reason=type(error).__name__)
        await asyncio.sleep(DAY_SECONDS)
