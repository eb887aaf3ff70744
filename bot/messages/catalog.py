"""Every string that is neither a dialog prompt nor an answer: errors, notices and command-line texts."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

Lang = Literal["vi", "en"]
FOLDER = Path(__file__).parent


@cache
def texts(lang: Lang) -> dict[str, str]:
    """All texts of a language by dotted key: table and name of `bot/messages/<lang>.toml`."""
    tables = tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))
    return {f"{table}.{name}": text for table, names in tables.items() for name, text in names.items()}


def message(key: str, lang: Lang = "vi", **values: object) -> str:
    """The text of `key` with `{names}` filled from `values`.

    Raises:
        KeyError: no such key, or a value that the text names is missing.
    """
    return texts(lang)[key].format(**values)


def preferred(accept_language: str | None) -> Lang:
    """English when an Accept-Language header asks for it first, else Vietnamese."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "vi"
