"""What a Zalo user may ask of the channel itself: to be linked with a staff account, and not to be any more."""

from __future__ import annotations

import re
from typing import Literal

from bot.messages.catalog import Lang, message
from knowledge.errors import BadCode
from knowledge.progress.types import Account
from knowledge.store.accounts import AccountStore
from knowledge.text.fold import fold

CHANNEL = "zalo"
Command = tuple[Literal["link", "unlink"], str]

_LINK = re.compile(r"(?:lien ket|link)(?: tai khoan| account)?\s*[:-]?\s*")
_UNLINK = re.compile(r"(?:huy lien ket|unlink)(?: tai khoan| account)?")
_CODE = re.compile(r"[A-Za-z0-9]{6,10}")
"""A code, or something near enough to be meant as one; what has other letters is a sentence that happens to begin like this."""


def command_of(text: str) -> Command | None:
    """The command that a message is: ("link", code, "" when it is missing) or ("unlink", ""); None for any other message."""
    line = " ".join(text.split()).rstrip(".!")
    folded = fold(line)
    if _UNLINK.fullmatch(folded):
        return "unlink", ""
    begins = _LINK.match(folded)
    if begins is None or len(folded) != len(line):
        return None
    code = re.sub(r"[\s-]", "", line[begins.end() :])
    return ("link", code) if not code or _CODE.fullmatch(code) else None


def obeyed(command: Command, accounts: AccountStore, user: str, lang: Lang, *, again: bool) -> str:
    """Carry a command out and say so; `again` when it may have been carried out before. Blocks on the database."""
    what, code = command
    if what == "unlink":
        gone = accounts.unlink(CHANNEL, user) or again
        return message("zalo.unlinked" if gone else "zalo.not_linked", lang)
    if not code:
        return message("zalo.link_how", lang)
    try:
        return _welcome(accounts.redeem(code, CHANNEL, user), lang)
    except BadCode as error:
        known = accounts.linked(CHANNEL, user) if again else None
        if known is not None:
            return _welcome(known, lang)
        seconds = error.details.get("seconds")
        return message("zalo.code_wait", lang, seconds=seconds) if seconds else message("zalo.code_bad", lang)


def _welcome(account: Account, lang: Lang) -> str:
    key = "zalo.linked" if account.agency else "zalo.linked_without_agency"
    return message(key, lang, name=account.name, agency=account.agency or "")
