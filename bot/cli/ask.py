"""`sauro ask`: one question, one answer with its sources."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.messages.catalog import message


def ask(
    question: Annotated[str, typer.Argument(help=message("ask.question_help"))],
    as_json: Annotated[bool, typer.Option("--json", help=message("ask.json_help"))] = False,
    url: Annotated[str | None, typer.Option(help=message("ask.url_help"))] = None,
) -> None:
    """Ask one question."""
    import asyncio
    import json

    from rich.console import Console

    from bot.cli.asking import AskFailed, asker
    from bot.cli.showing import show
    from bot.cli.terminal import StartFailed, Teller, fail, progress
    from bot.gateway.logs import set_up_logging
    from bot.gateway.settings import BadSetting, Settings, load

    async def replies_of(settings: Settings) -> list[dict[str, object]]:
        with progress.status(message("ask.thinking", settings.language)) as status:

            def say(key: str, **values: object) -> None:
                status.update(message(key, settings.language, **values))

            def starting() -> None:
                Teller(settings.language)("ask.starting", url=settings.url)

            async with asker(settings, starting, say) as sauro:
                say("ask.thinking")
                return await sauro.ask(question)

    try:
        settings = load(url=url)
        set_up_logging("error", settings.log_format)
        replies = asyncio.run(replies_of(settings))
    except (AskFailed, BadSetting, StartFailed) as error:
        fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    if as_json:
        print(json.dumps(replies, ensure_ascii=False, indent=2))
    else:
        show(Console(highlight=False, soft_wrap=False), replies, settings.language)
