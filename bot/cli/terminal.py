"""What every command does with the terminal: progress and failures as single lines on standard error."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from bot.messages.catalog import Lang, message
from knowledge.progress.clock import ZONE

if TYPE_CHECKING:
    from bot.gateway.settings import Settings

progress = Console(stderr=True, highlight=False, soft_wrap=True)


class StartFailed(Exception):
    """A service can not start; the text is one line that says what to do."""


class Teller:
    """Prints texts of the catalog in one language."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def __call__(self, key: str, **values: object) -> None:
        """One line of progress."""
        progress.print(f"• {message(key, self._lang, **values)}", markup=False)


def configured() -> Settings:
    """The settings. A bad one ends the command with the line that says which and why."""
    from bot.gateway.settings import BadSetting, load

    try:
        return load()
    except BadSetting as error:
        fail(str(error))


def local_time(moment: datetime) -> str:
    """Day and time in the province, as people there write it."""
    return f"{moment.astimezone(ZONE):%d/%m/%Y %H:%M}"


def fail(line: str) -> NoReturn:
    """End the command with one line that says what to do."""
    progress.print(f"✗ {line}", markup=False, style="red")
    raise typer.Exit(1)
