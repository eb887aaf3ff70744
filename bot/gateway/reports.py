"""Reports of progress as the API gives them: where they are read, who may see them, which rows a query means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.channels.errors import ApiError
from knowledge.progress.overview import Work, record_ids, with_entries
from knowledge.progress.rights import sees
from knowledge.progress.table import table
from knowledge.progress.types import Account, ProgressStatus
from knowledge.store.entry_log import log_of
from knowledge.store.ledger import Ledger

Wanted = ProgressStatus | Literal["unreported"]


@dataclass(frozen=True)
class Reports:
    """What the progress API reads and writes. `public` is whether citizens are shown percentages and statuses."""

    ledger: Ledger
    today: Callable[[], date]
    public: bool = False

    def admit(self, account: Account) -> Account:
        """Let an account pass that may see progress.

        Raises:
            ApiError: 403 for citizens while progress is internal.
        """
        if sees(account, self.public) == "nothing":
            raise ApiError(403, "progress_internal")
        return account

    def rows(
        self, works: Sequence[Work], account: Account, status: Wanted | None = None, overdue: bool | None = None
    ) -> list[dict[str, Any]]:
        """The rows of the progress table for some works, of any state or those reported as `status` and `overdue`.

        Raises:
            ApiError: 403 when the account may not see them, or asks what is late and is a citizen.
        """
        self.admit(account)
        if overdue is not None and sees(account, self.public) == "public":
            raise ApiError(403, "progress_internal")
        known = with_entries(works, log_of(self.ledger).entries(record_ids(works)))
        rows = table(known, account, self.today(), self.public)
        return [r for r in rows if _in_state(r, status) and (overdue is None or r["overdue"] is overdue)]


def _in_state(row: dict[str, Any], status: Wanted | None) -> bool:
    if status is None:
        return True
    return row["updated_on"] is None if status == "unreported" else row["status"] == status
