"""What the actions work with: the stores and the settings they are given when the service is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from knowledge.store.accounts import AccountStore
from knowledge.store.drafts import DraftStore
from knowledge.store.ledger import Ledger
from knowledge.store.turns import TurnStore


@dataclass(frozen=True)
class Services:
    """Stores and settings.

    `today` is the day in the province. `contact` is told to people who were not helped, "" for nobody. `public_progress` says whether
    citizens are shown progress. `patience` is how long a report waits for its next message.
    """

    turns: TurnStore
    accounts: AccountStore
    ledger: Ledger
    drafts: DraftStore
    today: Callable[[], date]
    contact: str = ""
    public_progress: bool = False
    patience: timedelta = timedelta(minutes=30)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
