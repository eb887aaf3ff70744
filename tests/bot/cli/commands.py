"""`sauro` without a process of its own: starting a Python for each command takes longer than most commands do."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def sauro(*arguments: str, var: Path, typed: str = "", **settings: str) -> Done:
    """Run a command in the folder `var`, with no settings but that folder and those given."""
    with pytest.MonkeyPatch.context() as place:
        for name in [name for name in os.environ if name.startswith("SAURO_")]:
            place.delenv(name)
        for name, value in {"SAURO_VAR": str(var), "COLUMNS": "200", **settings}.items():
            place.setenv(name, value)
        place.chdir(var)
        done = CliRunner().invoke(app, arguments, input=typed)
    return Done(done.exit_code, done.stdout, done.stderr)
