"""`sauro zalo`: the channel's tokens, and the replies that could not be sent. Works beside a running server."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.messages.catalog import message

zalo = typer.Typer(no_args_is_help=True, help=message("zalocli.help"))
tokens = typer.Typer(no_args_is_help=True, help=message("zalocli.tokens_help"))
dead = typer.Typer(no_args_is_help=True, help=message("zalocli.dead_help"))
zalo.add_typer(tokens, name="tokens")
zalo.add_typer(dead, name="dead")


@tokens.command("set", help=message("zalocli.set_help"))
def set_tokens(
    refresh: Annotated[
        str, typer.Option(prompt=message("zalocli.refresh"), hide_input=True, help=message("zalocli.refresh_help"))
    ],
) -> None:
    """Store the first refresh token, sealed. Asked for without an echo, so that it stays out of the shell's history."""
    from bot.cli.stores import opened
    from bot.cli.terminal import fail
    from bot.cli.zalo_channel import client_of, tokens_of
    from bot.gateway.settings import BadSetting, secret_of

    with opened() as (settings, stores):
        try:
            secret = secret_of(settings)
        except BadSetting as error:
            fail(str(error))
        if not refresh.strip():
            fail(message("zalocli.no_token", settings.language))
        tokens_of(settings, stores.zalo_tokens, client_of(settings), secret).put(refresh.strip())
        print(message("zalocli.kept", settings.language))


@tokens.command("show", help=message("zalocli.show_help"))
def show_tokens() -> None:
    """Say how long the tokens still hold, never what they are."""
    from bot.cli.stores import opened
    from bot.cli.terminal import fail
    from bot.cli.zalo_channel import now

    with opened() as (settings, stores):
        pair = stores.zalo_tokens.read()
        if pair is None:
            fail(message("zalocli.none", settings.language))
        hours = max(0, round((pair.access_until - now()).total_seconds() / 3600))
        days = max(0, (pair.refresh_until - now()).days)
        print(message("zalocli.left", settings.language, hours=hours, days=days))


@dead.command("list", help=message("zalocli.list_help"))
def list_dead(limit: Annotated[int, typer.Option(min=1, help=message("zalocli.limit_help"))] = 50) -> None:
    """Print what could not be sent, newest first."""
    from bot.cli.stores import opened
    from bot.cli.terminal import local_time

    with opened() as (settings, stores):
        aside = stores.deliveries.aside(limit)
        if not aside:
            print(message("zalocli.nothing", settings.language))
        for delivery in aside:
            state = message(f"zalocli.{delivery.state}", settings.language)
            print(f"{delivery.turn}  {local_time(delivery.said_at)}  {state}  {delivery.reason}")


@dead.command("resend", help=message("zalocli.resend_help"))
def resend(turns: Annotated[list[str], typer.Argument(help=message("zalocli.turns_help"))]) -> None:
    """Try replies again that were given up."""
    from bot.cli.stores import opened
    from bot.cli.terminal import fail
    from bot.cli.zalo_channel import now

    with opened() as (settings, stores):
        count = stores.deliveries.resend(turns, now())
        if not count:
            fail(message("zalocli.unknown", settings.language))
        print(message("zalocli.resent", settings.language, count=count))
