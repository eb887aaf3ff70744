"""What the documents tell people to type exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot.cli.main import app

ROOT = Path(__file__).parents[3]
SHOWN = re.compile(r"\bsauro ((?:[a-z-]+ ?)+)([^`\n#]*)")


def shown() -> Iterator[tuple[str, list[str], set[str]]]:
    """Place, words and options of every `sauro ...` in a document."""
    for document in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]):
        text = document.read_text("utf-8")
        for found in SHOWN.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{document.name}:{line}", found[1].split(), set(re.findall(r"--[a-z-]+", found[0]))


def command(words: list[str]) -> TyperCommand | TyperGroup:
    """The command that words begin with.

    Raises:
        KeyError: there is none.
    """
    found: Any = get_command(app)
    for word in words:
        if not isinstance(found, TyperGroup):
            break
        found = found.commands[word]
    assert isinstance(found, TyperCommand | TyperGroup)
    return found


def test_every_command_and_option_that_a_document_shows_exists() -> None:
    wrong, count = [], 0
    for place, words, options in shown():
        count += 1
        try:
            known = {
                name for parameter in command(words).params for name in (*parameter.opts, *parameter.secondary_opts)
            }
        except KeyError as missing:
            wrong.append(f"{place} {missing}")
            continue
        wrong += [f"{place} {option}" for option in options - known]
    assert (wrong, count > 50) == ([], True)


@pytest.mark.parametrize("words", [["nothing"], ["accounts", "nothing"]])
def test_a_command_that_does_not_exist_would_be_found(words: list[str]) -> None:
    with pytest.raises(KeyError):
        command(words)
