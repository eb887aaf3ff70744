"""`sauro accounts`: who may sign in, with which rights. Works beside a running server: both read the same database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.messages.catalog import Lang, message

if TYPE_CHECKING:
    from knowledge.errors import AccountError
    from knowledge.progress.types import Account
    from knowledge.store.accounts import AccountStore

accounts = typer.Typer(no_args_is_help=True, help=message("account.help"))

Who = Annotated[str, typer.Argument(help=message("account.who_help"))]


@accounts.command("create", help=message("account.create_help"))
def create(
    name: Annotated[str, typer.Option(help=message("account.name_help"))],
    role: Annotated[str, typer.Option(help=message("account.role_help"))],
    agency: Annotated[str | None, typer.Option(help=message("account.agency_help"))] = None,
    print_token: Annotated[bool, typer.Option("--print-token", help=message("account.print_token_help"))] = False,
) -> None:
    """Make an account."""
    with store() as (known, lang):
        account = known.create(name, role, agency)
        if print_token:
            print(known.issue_token(account.id))
            return
        print(message("account.created", lang, **_told(account, lang)))
        print(message("account.created_next", lang, id=account.id))


@accounts.command("list", help=message("account.list_help"))
def list_accounts() -> None:
    """Print every account."""
    with store() as (known, lang):
        found = known.list()
        if not found:
            print(message("account.none", lang))
        for account in found:
            print(message("account.disabled_row" if account.disabled else "account.row", lang, **_told(account, lang)))


@accounts.command("disable", help=message("account.disable_help"))
def disable(who: Who) -> None:
    """Shut an account out."""
    with store() as (known, lang):
        account = known.named(who)
        known.disable(account.id)
        print(message("account.disabled", lang, **_told(account, lang)))


@accounts.command("rotate-token", help=message("account.rotate_token_help"))
def rotate_token(who: Who) -> None:
    """Print a new token; the old ones end."""
    with store() as (known, _):
        print(known.rotate_token(known.named(who).id))


@accounts.command("revoke-all", help=message("account.revoke_all_help"))
def revoke_all() -> None:
    """End every token, code, sign-in and link."""
    with store() as (known, lang):
        known.revoke_all()
        print(message("account.revoked_all", lang))


@accounts.command("link-code", help=message("account.link_code_help"))
def link_code(who: Who) -> None:
    """Print a one-time code with which a Zalo or web user binds themselves."""
    with store() as (known, _):
        print(known.link_code(known.named(who).id))


@accounts.command("erase-name", help=message("account.erase_name_help"))
def erase_name(who: Who) -> None:
    """Forget a name; what the account reported stays."""
    with store() as (known, lang):
        account = known.named(who)
        known.erase_name(account.id)
        print(message("account.erased", lang, id=account.id))


@contextmanager
def store() -> Iterator[tuple[AccountStore, Lang]]:
    """The accounts, and the language to speak; whatever goes wrong ends the command with one line."""
    from bot.cli.stores import opened
    from bot.cli.terminal import fail
    from knowledge.errors import AccountError

    with opened() as (settings, stores):
        try:
            yield stores.accounts, settings.language
        except AccountError as error:
            fail(_refusal(error, settings.language))


def _refusal(error: AccountError, lang: Lang) -> str:
    near = error.details.get("near")
    if near:
        names = "; ".join(near)  # type: ignore[arg-type]
        return message("account.unknown_agency_near", lang, near=names, agency=error.details["agency"])
    reason = error.details.get("reason")
    return message(f"account.{reason or error.code}", lang, **error.details)


def _told(account: Account, lang: Lang) -> dict[str, str]:
    nobody = message("account.nameless", lang)
    return {
        "id": account.id,
        "name": account.name or nobody,
        "role": message(f"account.role_{account.role}", lang),
        "agency": account.agency or message("account.no_agency", lang),
    }
