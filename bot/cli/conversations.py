"""`sauro conversations`: delete what was said, for one person who asks for it or for all after a time."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.messages.catalog import message

conversations = typer.Typer(no_args_is_help=True, help=message("conversation.help"))


@conversations.command("delete", help=message("conversation.delete_help"))
def delete(turn: Annotated[str, typer.Argument(help=message("conversation.turn_help"))]) -> None:
    """Delete the conversation that a turn belongs to."""
    from bot.cli.stores import opened
    from bot.cli.terminal import fail

    with opened() as (settings, stores):
        conversation = stores.forgetting.conversation_of(turn)
        if conversation is None:
            fail(message("conversation.unknown", settings.language, turn=turn))
        deleted = stores.forgetting.conversation(conversation)
        print(message("conversation.deleted", settings.language, turns=deleted))


@conversations.command("purge", help=message("conversation.purge_help"))
def purge(days: Annotated[int, typer.Option(min=1, help=message("conversation.days_help"))]) -> None:
    """Delete everything said more than some days ago."""
    from datetime import UTC, datetime, timedelta

    from bot.cli.stores import opened

    with opened() as (settings, stores):
        deleted = stores.forgetting.purge(datetime.now(UTC) - timedelta(days=days))
        print(message("conversation.deleted", settings.language, turns=deleted))
