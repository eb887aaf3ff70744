"""`sauro chat`: a conversation in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.messages.catalog import message

if TYPE_CHECKING:
    from bot.gateway.settings import Settings

QUIT = ("/quit", "/exit")


def chat(url: Annotated[str | None, typer.Option(help=message("ask.url_help"))] = None) -> None:
    """Chat in the terminal."""
    import asyncio

    from bot.cli.asking import AskFailed
    from bot.cli.terminal import StartFailed, fail
    from bot.gateway.logs import set_up_logging
    from bot.gateway.settings import BadSetting, load

    try:
        settings = load(url=url)
        set_up_logging("error", settings.log_format)
        asyncio.run(_talk(settings))
    except (AskFailed, BadSetting, StartFailed) as error:
        fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


async def _talk(settings: Settings) -> None:
    import asyncio

    from rich.console import Console
    from rich.rule import Rule

    from bot.cli.asking import asker
    from bot.cli.showing import show
    from bot.cli.terminal import Teller

    console, lang, say = Console(highlight=False), settings.language, Teller(settings.language)
    async with asker(settings, lambda: say("ask.starting", url=settings.url), say) as sauro:
        console.print(Rule(message("chat.welcome", lang), style="green"))
        payloads: list[str] = []
        while (line := await asyncio.to_thread(_read, console, message("chat.prompt", lang))) not in (None, *QUIT):
            text = line.strip() if line else ""
            if text.isdecimal() and 1 <= int(text) <= len(payloads):
                text = payloads[int(text) - 1]
            with console.status(message("ask.thinking", lang)):
                replies = await sauro.ask(text)
            console.print(f"\n[bold green]{message('chat.assistant', lang)}[/]")
            payloads = show(console, replies, lang)
        console.print(message("chat.bye", lang))


def _read(console: object, prompt: str) -> str | None:
    """One line from the person, or None at the end of input."""
    try:
        return console.input(f"\n[bold blue]{prompt}[/] › ")  # type: ignore[attr-defined,no-any-return]
    except EOFError:
        return None
