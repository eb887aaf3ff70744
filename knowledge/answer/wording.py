"""The sentences answers are made of, read from `templates/*.toml`: one place to change how the assistant speaks."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

Lang = Literal["vi", "en"]
_NAME = re.compile("“[^”]{3,40}”")
TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=4)
def _table(lang: Lang) -> dict[str, str]:
    flat: dict[str, str] = {}

    def walk(prefix: str, node: object) -> None:
        if isinstance(node, dict):
            for name, child in node.items():
                walk(f"{prefix}.{name}" if prefix else name, child)
        else:
            flat[prefix] = str(node)

    walk("", tomllib.loads((TEMPLATES / f"{lang}.toml").read_text(encoding="utf-8")))
    return flat


def say(lang: Lang, key: str, **values: object) -> str:
    """The sentence `key` in a language, with its `{names}` filled in. A missing key or name raises KeyError."""
    return _table(lang)[key].format(**values)


def keys(lang: Lang) -> frozenset[str]:
    """Every key of a language's templates."""
    return frozenset(_table(lang))


def shorten(text: str, limit: int = 120) -> str:
    """Text cut at a word boundary, with an ellipsis, when it is longer than `limit` characters.

    A name in quotation marks is kept even when it stands further on: it is what people call the thing.
    """
    text = text.rstrip(" .;,")
    if len(text) <= limit:
        return text
    short = text[:limit].rsplit(" ", 1)[0].rstrip(" ,;.(")
    name = _NAME.search(text)
    if name is None or name.group() in short:
        return f"{short}…"
    return f"{short.split('“')[0].rstrip(' ,;.(')}… {name.group()}…"


def sentence(text: str) -> str:
    """Text with its first letter in upper case, for a value that opens a sentence."""
    return text[:1].upper() + text[1:]
