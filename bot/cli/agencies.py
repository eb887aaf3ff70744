"""`sauro agencies`: the agencies accounts can belong to: those of the plans, and those an operator adds."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.accounts import store
from bot.messages.catalog import message

agencies = typer.Typer(no_args_is_help=True, help=message("agency.help"))


@agencies.command("add", help=message("agency.add_help"))
def add(name: Annotated[str, typer.Argument(help=message("agency.name_help"))]) -> None:
    """Make an agency known that no plan names."""
    with store() as (known, lang):
        print(message("agency.added", lang, agency=known.add_agency(name)))


@agencies.command("list", help=message("agency.list_help"))
def list_agencies(
    added: Annotated[bool, typer.Option("--added", help=message("agency.only_added_help"))] = False,
) -> None:
    """Print the known agencies, one a line."""
    with store() as (known, _):
        for name in known.added_agencies() if added else known.agencies():
            print(name)
