"""Replies in the terminal: text, numbered choices, sources with their quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.messages.catalog import Lang, message

Message = dict[str, Any]


def show(console: Console, replies: Sequence[Message], lang: Lang) -> list[str]:
    """Print the replies and return the payloads of their buttons, in the order of their numbers."""
    payloads: list[str] = []
    for reply in replies:
        custom = reply.get("custom") or {}
        if custom.get("degraded"):
            console.print(Text(message("ask.degraded", lang), style="yellow"))
        if reply.get("text"):
            console.print(Text(reply["text"]))
        for button in reply.get("buttons") or ():
            payloads.append(button["payload"])
            console.print(Text(f"  [{len(payloads)}] {button['title']}", style="cyan"))
        _sources(console, custom.get("citations") or (), lang)
    return payloads


def _sources(console: Console, citations: Sequence[Message], lang: Lang) -> None:
    if not citations:
        return
    console.print(Text(f"\n{message('ask.sources', lang)}", style="bold dim"))
    quotes: dict[str, list[str]] = {}
    for citation in citations:
        quotes.setdefault(citation["label"], []).append(citation["quote"])
    for label, texts in quotes.items():
        console.print(Text(f"· {label}", style="dim"))
        for text in dict.fromkeys(texts):
            console.print(Padding(Text(f"“{text}”", style="dim italic"), (0, 0, 0, 2), expand=False))
