"""`sauro feedback`: what people thought of the answers."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from bot.messages.catalog import message

feedback = typer.Typer(no_args_is_help=True, help=message("feedback.help"))


@feedback.callback()
def room() -> None:
    """Keep the command's name even while it has one part."""


@feedback.command("list", help=message("feedback.list_help"))
def list_feedback(
    vote: Annotated[Literal["up", "down"] | None, typer.Option(help=message("feedback.vote_help"))] = None,
    limit: Annotated[int, typer.Option(min=1, help=message("feedback.limit_help"))] = 50,
    as_json: Annotated[bool, typer.Option("--json", help=message("feedback.json_help"))] = False,
) -> None:
    """Print the newest opinions with what was asked and answered."""
    import json
    from dataclasses import asdict

    from bot.cli.stores import opened
    from bot.cli.terminal import local_time

    with opened() as (settings, stores):
        found = stores.feedback.latest(limit, vote)
        if as_json:
            print(json.dumps([asdict(opinion) for opinion in found], ensure_ascii=False, indent=1, default=str))
            return
        if not found:
            print(message("feedback.none", settings.language))
        for opinion in found:
            print(
                message(
                    f"feedback.{opinion.vote}",
                    settings.language,
                    at=local_time(opinion.at),
                    turn=opinion.turn,
                    text=opinion.text,
                    answer=" ".join(str(m.get("text", "")) for m in opinion.replies),
                    comment=opinion.comment,
                )
            )
