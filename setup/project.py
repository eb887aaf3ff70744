"""Where things are, and what pyproject.toml says about them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
LOG = TOOLS / "setup.log"
APPLICATION = ROOT / ".venv"
DIALOGUE_PROJECT = ROOT / "bot" / "dialogue"
DIALOGUE = DIALOGUE_PROJECT / ".venv"


@cache
def tool(name: str) -> dict[str, Any]:
    """The `[tool.NAME]` table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][name]
    return table


def version(text: str) -> tuple[int, ...]:
    """The release numbers of a version, for comparing: "2.13.0+cpu" is (2, 13, 0)."""
    release = text.strip().partition("+")[0]
    return tuple(int(piece) for piece in release.split(".") if piece.isdigit())
