"""`sauro ledger`: whether the records still are what was written, and the last of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.messages.catalog import Lang, message

if TYPE_CHECKING:
    from knowledge.progress.types import Entry

ledger = typer.Typer(no_args_is_help=True, help=message("ledger.help"))


@ledger.command("verify", help=message("ledger.verify_help"))
def verify() -> None:
    """Recompute the chain; ends with 0 when it holds and 1 when it does not, with the first bad row."""
    from bot.cli.stores import opened
    from bot.cli.terminal import fail

    with opened() as (settings, stores):
        kept, lang = stores.ledger, settings.language
        fault = kept.verify()
        if fault is not None:
            why = message(f"ledger.fault_{fault.reason}", lang)
            fail(message("ledger.broken", lang, row=f"SR-{fault.seq:06d}", why=why))
        last = next(iter(kept.latest(1)), None)
        print(message("ledger.sound", lang, count=last.seq, hash=last.hash) if last else message("ledger.empty", lang))


@ledger.command("list", help=message("ledger.list_help"))
def list_entries(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=message("ledger.limit_help"))] = 20,
) -> None:
    """Print the last entries, newest first."""
    from bot.cli.stores import opened

    with opened() as (settings, stores):
        lang = settings.language
        names = {account.id: account.name for account in stores.accounts.list()}
        found = stores.ledger.latest(limit)
        if not found:
            print(message("ledger.none", lang))
        for entry in found:
            told = _told(entry, lang) | {"author": names.get(entry.author) or entry.author}
            print(message("ledger.row", lang, **told))


def _told(entry: Entry, lang: Lang) -> dict[str, str]:
    from bot.cli.terminal import local_time

    content = entry.content
    said = [
        f"{content.percent}%" if content.percent is not None else "",
        message(f"progress_status.{content.status}", lang) if content.status else "",
        f"{content.value:g} {content.unit} ({content.measured_on})" if content.value is not None else "",
    ]
    return {
        "receipt": entry.receipt,
        "at": local_time(entry.at),
        "work": str(entry.key),
        "kind": message(f"ledger.kind_{entry.kind}", lang),
        "said": ", ".join(filter(None, said)) or "–",
        "agency": entry.agency or "–",
    }
