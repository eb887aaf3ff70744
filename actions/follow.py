"""Questions about progress: answered from the ledger and the plans, within the rights of who asks."""

from __future__ import annotations

from functools import partial

from actions.services import Services
from knowledge.errors import UnknownAccount
from knowledge.progress.answers.asked import Desk
from knowledge.progress.answers.follow import follow
from knowledge.progress.types import Account
from knowledge.store.entry_log import log_of
from knowledge.types import Answer, Question


def followed(question: Question, services: Services, account: Account) -> Answer:
    """The answer to a question about progress, as far as an account may have it."""
    entries = log_of(services.ledger).entries
    desk = Desk(account, services.today(), entries, partial(_name_of, services), services.public_progress,
                services.accounts.added_agencies)  # fmt: skip
    return follow(question, desk)


def _name_of(services: Services, account: str) -> str:
    try:
        return services.accounts.get(account).name
    except UnknownAccount:
        return ""
