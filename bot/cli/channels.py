"""`sauro channels`: switch a channel off with a notice, and on again, while the server runs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from bot.messages.catalog import message

channels = typer.Typer(no_args_is_help=True, help=message("channels.help"))


class Channel(StrEnum):
    """The channels."""

    rest = "rest"
    web = "web"
    zalo = "zalo"


Which = Annotated[Channel, typer.Argument(help=message("channels.which_help"))]


@channels.command("off", help=message("channels.off_help"))
def off(which: Which, notice: Annotated[str, typer.Option(help=message("channels.notice_help"))] = "") -> None:
    """Switch a channel off."""
    from bot.cli.stores import opened

    with opened() as (settings, stores):
        stores.switches.off(which.value, notice.strip() or message("channels.notice", settings.language))
        print(message("channels.is_off", settings.language, channel=which.value))


@channels.command("on", help=message("channels.on_help"))
def on(which: Which) -> None:
    """Switch a channel on."""
    from bot.cli.stores import opened

    with opened() as (settings, stores):
        changed = stores.switches.on(which.value)
        key = "channels.is_on" if changed else "channels.was_on"
        print(message(key, settings.language, channel=which.value))


@channels.command("list", help=message("channels.list_help"))
def list_channels() -> None:
    """Print every channel and its notice."""
    from bot.cli.stores import opened

    with opened() as (settings, stores):
        notices = stores.switches.notices()
        for channel in Channel:
            state = message("channels.off" if channel.value in notices else "channels.on", settings.language)
            print(f"{channel.value}  {state}  {notices.get(channel.value, '')}".rstrip())
